"""Whom a viewer is to a group's meetings: a member, a visitor of one evening, or nobody."""

from typing import TYPE_CHECKING

from holdspace.kit.viewer import Viewer
from holdspace.members.queries import member_for, memberships_of, visit_of

if TYPE_CHECKING:
    from holdspace.groups.models import Group
    from holdspace.members.models import Member, Visit


def who_in(group: "Group", viewer: Viewer) -> "Member | Visit | None":
    """The viewer as this group knows them."""
    visit = visit_of(viewer=viewer)
    if visit is not None and visit.group_id == group.id and visit.standing in visit.LIVE:
        return visit
    return member_for(group, viewer=viewer)


def seat_of(who: "Member | Visit") -> dict[str, int]:
    """The column of a seat that names this person, as a filter."""
    return {f"{who._meta.model_name}_id": who.pk}


def seated_as(who: "Member | Visit | None") -> tuple[list[int], list[int]]:
    """The ids of members and of visits whose seats are this person's."""
    if who is None:
        return [], []
    return ([who.pk], []) if who._meta.model_name == "member" else ([], [who.pk])


def my_places(viewer: Viewer) -> "dict[int, Member]":
    """The viewer's memberships with their groups, by the group's id."""
    return {one.group_id: one for one in memberships_of(viewer=viewer)}


def actor_in(group: "Group", by: Viewer | str) -> object:
    """Who acts, as the group's chain may name them: staff, the clock, or a member by alias."""
    if isinstance(by, str) or by.staff is not None:
        return by
    return who_in(group, by) or by
