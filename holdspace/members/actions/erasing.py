"""Erasing: what one account has in one group ends; the place goes to whoever is next."""

import datetime as dt
from typing import TYPE_CHECKING

from holdspace.consent.actions import erase_unused
from holdspace.kit import clock
from holdspace.ledger.acts import SYSTEM, act
from holdspace.ledger.chain import name_of, record
from holdspace.members import places
from holdspace.members.models import Application, Member, Return, Visit, Waiting
from holdspace.members.unused import is_used, viewer_of
from holdspace.people.queries import stays
from holdspace.vault.scopes import shred, without_key

if TYPE_CHECKING:
    from holdspace.groups.models import Group

LEFT_STAYS = dt.timedelta(days=365)
REMOVED_STAYS = dt.timedelta(days=730)


@act
def erase_member(*, by: object, member: Member) -> list[int]:
    """Delete a membership with all that hangs on it; returns the scopes to shred afterwards.

    The chain keeps that a member was erased, with a number that leads nowhere. Twice is once.
    """
    ring = places.lock(member.group)
    found = Member.objects.select_for_update().filter(id=member.id).first()
    if found is None:
        return [member.scope]
    who, current = name_of(found), found.is_current
    found.delete()
    record(member.group.scope, "members.erased", actor="self", subject=who)
    if current:
        places.free(ring, member.group)
    return [member.scope]


@act
def clear_unused(*, by: object, account: int) -> int | None:
    """End an account that never joined and that nobody can come back to.

    It is held first, so that a joining under way is either seen here or finds it gone. Returns the
    row whose keys are still to be shredded, None for an account that something hangs on.
    """
    viewer = viewer_of(account)
    if not stays(viewer=viewer) or is_used(viewer):
        return None
    erasing: int = erase_unused(by=by, account=account)
    return erasing


@act
def forget_those_who_left(*, by: object) -> int:
    """The clock's: memberships left a year ago, removals two years ago; their keys go too."""
    today = clock.today()
    over = Member.objects.filter(standing=Member.Standing.LEFT, since__lt=today - LEFT_STAYS)
    over |= Member.objects.filter(standing=Member.Standing.REMOVED, since__lt=today - REMOVED_STAYS)
    rows = list(over.select_related("group").order_by("group_id", "id"))
    who = [name_of(member) for member in rows]
    Member.objects.filter(id__in=[member.id for member in rows]).delete()
    for member, name in zip(rows, who, strict=True):
        record(member.group.scope, "members.forgotten", actor=SYSTEM, subject=name)
    if rows:
        shred(member.scope for member in rows)
    return len(rows)


@act
def erase_ways(*, by: object, group: "Group", holder: bytes) -> list[int]:
    """Delete an account's application, turn and request to return; returns scopes to shred."""
    ring = places.lock(group)
    turn = Waiting.objects.filter(group=group, holder=holder).first()
    scopes = []
    if turn is not None:
        places.give_up(ring, group, turn)
        scopes.append(turn.scope)
    for model in (Return, Application):
        rows = model.objects.filter(group=group, holder=holder)
        scopes += rows.values_list("scope", flat=True)
        rows.delete()
    return scopes


@act
def clear_ways(*, by: object) -> int:
    """Delete visits, applications and requests whose keys are gone: erased, or answered, since.

    They came back with an old backup. Returns how many there were.
    """
    gone = 0
    for model in (Visit, Application, Return):
        keyless = without_key(model.objects.values_list("scope", flat=True))
        gone += model.objects.filter(scope__in=keyless).delete()[0] if keyless else 0
    return gone
