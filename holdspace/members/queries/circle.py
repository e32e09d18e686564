"""Who is in a group, and how full it is."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from holdspace.groups.queries import number_in_force
from holdspace.kit import clock
from holdspace.kit.guard import Unseen, sees
from holdspace.kit.prepared import prepared
from holdspace.kit.viewer import Viewer
from holdspace.members import rules
from holdspace.members.models import Member, Return, Ring, Visit
from holdspace.members.naming import skeleton
from holdspace.members.tokens import return_tag
from holdspace.vault.scopes import prefetch
from holdspace.vault.tags import tag

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
    if not rules.may_see_inside(viewer, group):
        raise Unseen
    found: Member | None = Member.objects.filter(group=group, id=member).first()
    if found is None:
        raise Unseen
    found.group = group
    return found


@sees
def members_numbered(
    group: "Group", members: Iterable[int], *, viewer: Viewer
) -> dict[int, Member]:
    """Who wrote here, by id and in any standing: only what a page shows of them.

    For those inside. One query, with the names ready to be opened. Raises Unseen.
    """
    if not rules.may_see_inside(viewer, group):
        raise Unseen
    rows = Member.objects.filter(group=group, id__in=set(members)).only(
        "scope", "alias", "seed", "role", "standing", "group", "organisation"
    )
    found = {member.id: member for member in rows}
    prefetch(member.scope for member in found.values())
    return found


def roles_among(places: Collection[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """Of these (member, group), those who are still there, with their role.

    Not who has yet to accept what the group agreed since.
    Asked again and again by open pages that were let in before, hence without a viewer.
    """
    found = _roles(members=sorted({member for member, _group in places}))
    return {(member, group): role for member, group, role in found}


@prepared()
def _roles(*, members: list[int]) -> QuerySet[Member, tuple[int, int, str]]:
    rows = Member.objects.filter(id__in=members, standing__in=Member.CURRENT)
    rows = rows.filter(agreement__gte=Coalesce(number_in_force(), 0))
    return rows.values_list("id", "group_id", "role")


def visiting_among(places: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
    """Of these (visit, group), those that are still expected.

    Asked as `roles_among` is, hence without a viewer.
    """
    if not places:
        return set()
    ids = [visit for visit, _group in places]
    rows = Visit.objects.filter(id__in=ids, standing=Visit.Standing.EXPECTED)
    return set(rows.values_list("id", "group_id"))


def keys_of(member: int) -> tuple[int, int]:
    """The group and the scope of a membership; zeros for one that is gone.

    Asked by what exports and erases the words of an account, without a viewer.
    """
    found = Member.objects.filter(id=member).values_list("group_id", "scope").first()
    return found or (0, 0)


@sees
def members_to_vouch_for(group: "Group", *, viewer: Viewer) -> list[Member]:
    """Members a lost one may be, here or left, by alias; for facilitators. Raises Unseen."""
    if not rules.may_facilitate(viewer, group):
        raise Unseen
    rows = list(_may_be_lost(group))
    prefetch(member.scope for member in rows)
    return sorted(rows, key=lambda member: (member.alias.casefold(), member.id))


@sees
def member_to_vouch_for(group: "Group", *, code: str, alias: str, viewer: Viewer) -> Member:
    """The member of this name, while an open request in this group has this code. Raises Unseen.

    For those who may vouch and do not see inside: a coordinator is told the name by whoever asks
    back, and is never shown the names of others. A wrong code and a wrong name answer alike.
    """
    if not rules.may_vouch(viewer, group):
        raise Unseen
    open_ = Return.objects.filter(group=group, until__gte=clock.today())
    asked = open_.filter(code_tag=return_tag(group, code)).exists()
    mark = tag(group.scope, "alias", skeleton(alias))
    found: Member | None = _may_be_lost(group).filter(alias_tag=mark).first()
    if not asked or found is None:
        raise Unseen
    found.group = group
    return found


def _may_be_lost(group: "Group") -> Any:
    return Member.objects.filter(group=group).exclude(standing=Member.Standing.REMOVED)


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
