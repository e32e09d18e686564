"""What is mine: found by computing my tag, never by a list of who is where."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from holdspace.groups.queries import group_ids, number_in_force
from holdspace.kit.guard import Unseen, sees
from holdspace.kit.prepared import prepared
from holdspace.kit.remembering import once_a_request
from holdspace.kit.viewer import Holder, Viewer
from holdspace.members import steps
from holdspace.members.fresh import W, afresh
from holdspace.members.models import Application, Member, Visit, Waiting
from holdspace.members.steps import Step
from holdspace.members.tokens import digest
from holdspace.members.use import LAPSED
from holdspace.members.who import record_of
from holdspace.vault.scopes import prefetch

if TYPE_CHECKING:
    from holdspace.groups.models import Group


@sees
def member_for(group: "Group", *, viewer: Viewer) -> Member | None:
    """The viewer's own membership of this group, resting included; None without one."""
    own = own_record(group, viewer=viewer)
    return own if own is not None and own.is_current else None


@sees
def own_record(group: "Group", *, viewer: Viewer) -> Member | None:
    """The viewer's own membership in any standing: also left, or asked to stay away."""
    return record_of(viewer, group)


def as_it_stands(who: W) -> W:
    """The member or visit as they are now, locked for the act of a package above. Raises Unseen.

    The act was told who acts, so this is asked without a viewer.
    """
    return afresh(who)


@sees
def memberships_of(*, viewer: Viewer) -> list[Member]:
    """The viewer's present memberships with their groups, by the group's name.

    Two queries however many: the ids of all groups, and the rows whose tags are mine.
    """
    found = [member for member in _mine(viewer, _memberships) if member.is_current]
    prefetch(member.scope for member in found)
    return sorted(found, key=lambda member: (member.group.name, member.id))


@sees
def farewells_to(*, viewer: Viewer) -> list[Member]:
    """Memberships that others ended: asked to stay away and not yet read why, or never used."""
    over = [member for member in _mine(viewer, _memberships) if not member.is_current]
    if over:
        prefetch(member.scope for member in over)
    waits = [member for member in over if _waits_to_be_read(member)]
    return sorted(waits, key=lambda member: (member.group.name, member.id))


def _waits_to_be_read(member: Member) -> bool:
    if member.standing == Member.Standing.LEFT:
        return bool(member.about.get(LAPSED))
    return not (member.farewell or {}).get("read")


@sees
def turns_of(*, viewer: Viewer) -> list[Waiting]:
    """The viewer's turns on waiting lists, offers first."""
    return sorted(_mine(viewer, _turns), key=lambda w: (not steps.has_offer(w), w.group.name, w.id))


@sees
def applications_of(*, viewer: Viewer) -> list[Application]:
    """The viewer's applications: being read, or answered with a kind no."""
    return sorted(_mine(viewer, _applications), key=lambda a: (a.group.name, a.id))


@once_a_request
def _mine(viewer: Viewer, those: Callable[..., list[Any]]) -> list[Any]:
    return those(holders=_my_tags(viewer)) if viewer.holder is not None else []


@once_a_request
def _my_tags(viewer: Viewer) -> list[bytes]:
    return tags_of(viewer.holder, group_ids(viewer=viewer)) if viewer.holder is not None else []


@prepared()
def _memberships(*, holders: list[bytes]) -> QuerySet[Member]:
    """Present ones, and those that ended: a page that shows both asks once.

    Each brings `.in_force`, the number of its group's agreement in force, or None.
    """
    rows: QuerySet[Member] = Member.objects.filter(holder__in=holders)
    return rows.select_related("group").annotate(in_force=number_in_force())


@prepared()
def _turns(*, holders: list[bytes]) -> QuerySet[Waiting]:
    rows: QuerySet[Waiting] = Waiting.objects.filter(holder__in=holders, standing__in=Waiting.LIVE)
    return rows.select_related("group")


@prepared()
def _applications(*, holders: list[bytes]) -> QuerySet[Application]:
    rows: QuerySet[Application] = Application.objects.filter(holder__in=holders)
    return rows.select_related("group")


def tags_of(holder: Holder, groups: list[int]) -> list[bytes]:
    """The holder's tags for many groups, the key derived once where the holder can.

    Not looked up: computed, without a viewer.
    """
    many = getattr(holder, "tags", None)
    return many(groups) if many else [holder.tag(group) for group in groups]


@sees
def step_into(group: "Group", *, viewer: Viewer, invited: bool = False) -> Step:
    """What this viewer can do next about this group: see `Step`."""
    return steps.next_step(viewer, group, invited=invited)


@sees
def turn_in(group: "Group", *, viewer: Viewer) -> Waiting:
    """The viewer's own turn on this group's list. Raises Unseen."""
    turn = steps.footing(viewer, group).waiting
    if turn is None:
        raise Unseen
    turn.group = group
    return turn


@sees
def turn_draft(group: "Group", *, viewer: Viewer) -> dict[str, Any]:
    """The name and picture that came with an approved application; empty without one."""
    turn = steps.footing(viewer, group).waiting
    return dict(turn.draft or {}) if turn is not None else {}


@sees
def application_in(group: "Group", *, viewer: Viewer) -> Application:
    """The viewer's own application to this group. Raises Unseen."""
    application = steps.footing(viewer, group).application
    if application is None:
        raise Unseen
    application.group = group
    return application


@sees
def visit_at(token: str, *, viewer: Viewer) -> Visit:
    """The visit a private link opens. Raises Unseen."""
    visit: Visit | None = Visit.objects.filter(digest=digest(token)).first()
    if visit is None:
        raise Unseen
    return visit


@sees
def visit_of(*, viewer: Viewer) -> Visit | None:
    """The visit whose private link this browser holds, with its group."""
    if viewer.visit is None:
        return None
    visit: Visit | None = (
        Visit.objects.select_related("group__organisation").filter(id=viewer.visit).first()
    )
    return visit
