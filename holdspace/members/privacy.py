"""From an account to its memberships, found by tag, and on to what hangs on each of them."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from holdspace.groups.queries import group_ids
from holdspace.kit import holdings
from holdspace.ledger.acts import SYSTEM
from holdspace.members import actions
from holdspace.members.models import Application, Member, Return, Waiting
from holdspace.members.queries.mine import tags_of
from holdspace.members.unused import viewer_of

NAME = "members"


def _tags(account: int) -> list[bytes]:
    viewer = viewer_of(account)
    return tags_of(viewer.holder, group_ids(viewer=viewer)) if viewer.holder else []


def members_of(account: int) -> Iterator[Member]:
    """Every membership of an account, in any standing, inside the organisation we are in."""
    found = Member.objects.filter(holder__in=_tags(account)).select_related("group")
    yield from found.order_by("id")


def export(account: int) -> dict[str, Any]:
    """Memberships with all that hangs on each, turns on waiting lists, applications."""
    tags = _tags(account)
    turns = Waiting.objects.filter(holder__in=tags).select_related("group")
    applications = Application.objects.filter(holder__in=tags).select_related("group")
    return {
        "memberships": [_membership(member) for member in members_of(account)],
        "waiting": [
            {"group": t.group.name, "since": t.since.isoformat(), "standing": t.standing}
            for t in turns
        ],
        "applications": [
            {"group": a.group.name, "since": a.since.isoformat(), "answers": a.answers}
            for a in applications
        ],
    }


def _membership(member: Member) -> dict[str, Any]:
    parts = {holding.name: holding.export(member.id) for holding in holdings.member_holdings()}
    return {"group": member.group.name, **parts}


def pieces(account: int) -> list[int]:
    """The memberships of an account by id, so that each goes in a transaction of its own."""
    return [member.id for member in members_of(account)]


def erase_piece(member: int) -> list[int]:
    """One membership: what hangs on it first, then itself. Twice is once."""
    last = sorted(holdings.member_holdings(), key=lambda holding: holding.name == NAME)
    return [scope for holding in last for scope in holding.erase(member)]


def erase(account: int) -> list[int]:
    """End every membership, turn and application of an account; returns the scopes to shred.

    What hangs on a membership goes before the membership itself. Twice is once.
    """
    return [gone for member in pieces(account) for gone in erase_piece(member)] + leave(account)


def leave(account: int) -> list[int]:
    """End what is no membership: turns, applications, requests to be let back. Twice is once."""
    scopes: list[int] = []
    tags = _tags(account)
    for model in (Waiting, Application, Return):
        for row in model.objects.filter(holder__in=tags).select_related("group"):
            holder = bytes(row.holder)
            scopes += actions.erase_ways(by=SYSTEM, group=row.group, holder=holder)
    return scopes


def ends(account: int) -> list[str]:
    """What ends for who takes part no longer, by the names of the groups."""
    here = [member for member in members_of(account) if member.is_current]
    tags = _tags(account)
    turns = Waiting.objects.filter(holder__in=tags).select_related("group")
    asked = Application.objects.filter(holder__in=tags).select_related("group")
    return [
        *sorted(member.group.name for member in here),
        *(_("Your turn on a waiting list: %(name)s") % {"name": t.group.name} for t in turns),
        *(_("Your answers to a group: %(name)s") % {"name": a.group.name} for a in asked),
    ]


def leave_piece(member: int) -> list[int]:
    """One membership ends, and what was said of oneself there goes. Twice is once."""
    row = Member.objects.select_related("group").filter(id=member).first()
    if row is not None:
        actions.end_taking_part(by=SYSTEM, member=row)
    return []


def export_member(member: int) -> dict[str, Any]:
    """One membership itself, as plain JSON."""
    row = Member.objects.get(id=member)
    return {
        "alias": row.alias,
        "picture": row.seed,
        "role": row.role,
        "standing": row.standing,
        "since": row.since.isoformat(),
        "joined_on": row.joined_on.isoformat(),
        "agreement": row.agreement,
        "said": row.said,
        "farewell": row.farewell,
    }


def erase_member(member: int) -> list[int]:
    """One membership: the row goes now, its key when the caller shreds the scope returned."""
    row = Member.objects.select_related("group").filter(id=member).first()
    return actions.erase_member(by=SYSTEM, member=row) if row else []


holdings.of_a_person(
    NAME,
    export=export,
    erase=erase,
    pieces=pieces,
    erase_piece=erase_piece,
    ends=ends,
    leave=leave,
    leave_piece=leave_piece,
)
holdings.of_a_member(NAME, export=export_member, erase=erase_member)
holdings.say(
    {
        "members": lazy("Your groups"),
        "memberships": lazy("Places you have or had"),
        "waiting": lazy("Turns on waiting lists"),
        "applications": lazy("Applications"),
        "answers": lazy("Your answers"),
        "alias": lazy("Your name there"),
        "picture": lazy("Your picture there"),
        "standing": lazy("How it stands"),
        "standing=joined": lazy("here"),
        "standing=resting": lazy("resting"),
        "standing=left": lazy("left"),
        "standing=removed": lazy("asked to stay away"),
        "standing=waiting": lazy("waiting"),
        "standing=offered": lazy("a place is kept for you"),
        "joined_on": lazy("Came on"),
        "agreement": lazy("Version of the agreement you accepted"),
        "said": lazy("What you said about yourself"),
        "hello": lazy("Hello"),
        "needs": lazy("What helps you"),
        "hope": lazy("What you hope for"),
        "camera_off": lazy("Keeps the camera off"),
        "reads": lazy("Would rather read for now"),
        "farewell": lazy("What you were told"),
        "reason": lazy("The reason"),
        "words": lazy("The words"),
        "write_to": lazy("Whom to write to"),
    }
)
