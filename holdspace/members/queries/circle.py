"""Who is in a group, and how full it is."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from holdspace.kit import clock
from holdspace.kit.guard import Unseen, sees
from holdspace.kit.prepared import prepared
from holdspace.kit.viewer import Viewer
from holdspace.members import rules
from holdspace.members.models import Member, Return, Ring
from holdspace.vault.scopes import prefetch

if TYPE_CHECKING:
    from holdspace.groups.models import Group


@sees
def members_in(group: "Group", *, viewer: Viewer) -> list[Member]:
    """Everybody with a place in the group, by alias; for those inside. Raises Unseen."""
    if not rules.may_see_inside(viewer, group):
        raise Unseen
    rows = _present(group=group.id)
    prefetch(member.scope for member in rows)
    return sorted(rows, key=lambda member: (member.alias.casefold(), member.id))


@prepared()
def _present(*, group: int) -> QuerySet[Member]:
    rows: QuerySet[Member] = Member.objects.filter(group=group, standing__in=Member.CURRENT)
    return rows


@sees
def member_in(group: "Group", member: int, *, viewer: Viewer) -> Member:
    """One member of the group by id, for those inside it. Raises Unseen."""
    if not (rules.may_see_inside(viewer, group) or rules.may_vouch(viewer, group)):
        raise Unseen
    found: Member | None = Member.objects.filter(group=group, id=member).first()
    if found is None:
        raise Unseen
    found.group = group
    return found


@sees
def members_to_vouch_for(group: "Group", *, viewer: Viewer) -> list[Member]:
    """Members a lost one may be, here or left, by alias; for those who may vouch. Raises Unseen.

    A coordinator does not look inside groups: they see names only while somebody asks back.
    """
    if not rules.may_vouch(viewer, group):
        raise Unseen
    asked = Return.objects.filter(group=group, until__gte=clock.today())
    if not (rules.may_facilitate(viewer, group) or asked.exists()):
        return []
    rows = list(Member.objects.filter(group=group).exclude(standing=Member.Standing.REMOVED))
    prefetch(member.scope for member in rows)
    return sorted(rows, key=lambda member: (member.alias.casefold(), member.id))


@sees
def places_in(group: "Group", *, viewer: Viewer) -> tuple[int, int]:
    """Places taken (those kept for an offer too) and all places, as the ring shows in public."""
    return places_in_all([group], viewer=viewer)[group.id]


@sees
def places_in_all(groups: Iterable["Group"], *, viewer: Viewer) -> dict[int, tuple[int, int]]:
    """The same for many groups by their ids, in one query."""
    known = {group.id: group.ceiling for group in groups}
    rings = Ring.objects.filter(group_id__in=list(known))
    taken = {ring.group_id: ring.taken + ring.kept for ring in rings}
    return {group: (taken.get(group, 0), ceiling) for group, ceiling in known.items()}
