"""What can be seen of groups."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, OuterRef, Prefetch, QuerySet, Subquery
from django.utils.translation import get_language_info

from holdspace.groups import choices, listing, taxonomy
from holdspace.groups.choices import Freshness, State
from holdspace.groups.leading import LEADING, group_and_part, note_part, part_of
from holdspace.groups.models import Agreement, Group, Leadership, Topic
from holdspace.kit import clock
from holdspace.kit.guard import Unseen, sees
from holdspace.kit.prepared import prepared
from holdspace.kit.remembering import once_a_request
from holdspace.kit.viewer import Viewer
from holdspace.organisations.rules import is_open_to_public
from holdspace.staff.rules import may_coordinate, may_work

# The words by which groups say what they are, for who lists groups beside those of others.
ACCESS, AFFIRMING = choices.ACCESS, choices.AFFIRMING
FAMILIES = taxonomy.FAMILIES
GONE_AFTER, freshness_on = listing.GONE_AFTER, listing.freshness


@dataclass(frozen=True, slots=True)
class TopicWord:
    """A topic as people choose it: shipped, or the organisation's own."""

    key: str
    name: Any
    family: str
    also: Any = ""
    tender: bool = False


def _visible(viewer: Viewer) -> QuerySet[Group]:
    groups: QuerySet[Group] = Group.objects.select_related("organisation").filter(
        organisation_id=viewer.organisation
    )
    return groups if viewer.staff else groups.exclude(state=State.DRAFT)


@sees
def group_at(code: str, *, viewer: Viewer) -> Group:
    """The group with this code, its organisation loaded. Raises Unseen.

    Drafts are for staff. Before an organisation first opened its doors its groups are for staff;
    if it closes them again, those who are signed in or visiting still find their groups.
    """
    found = _with_code(code, viewer)
    if not found or (found[0].state == State.DRAFT and not viewer.staff):
        raise Unseen
    group = found[0]
    somebody = viewer.is_somebody or viewer.visit is not None
    was_open = group.organisation.opened_on is not None
    if viewer.staff or (was_open and somebody) or is_open_to_public(group.organisation):
        return group
    raise Unseen


def _with_code(code: str, viewer: Viewer) -> list[Group]:
    """For who works here, their part in the group comes along."""
    if viewer.staff is None:
        return _coded(organisation=viewer.organisation, code=code)
    account = viewer.staff.account
    found = group_and_part(organisation=viewer.organisation, code=code, account=account)
    for group in found:
        note_part(viewer, group)
    return found


@prepared()
def _coded(*, organisation: int, code: str) -> QuerySet[Group]:
    groups: QuerySet[Group] = Group.objects.select_related("organisation")
    return groups.filter(organisation_id=organisation, code=code)


@sees
def group_by_id(group: int, *, viewer: Viewer) -> Group:
    """The group with this id, under the same conditions. Raises Unseen."""
    code = Group.objects.filter(id=group).values_list("code", flat=True).first()
    return group_at(code or "", viewer=viewer)


@sees
def groups_open(*, viewer: Viewer) -> list[Group]:
    """What a directory may list: open or closed for now, confirmed within 180 days, by name.

    Empty for the public while the organisation's doors are closed.
    """
    groups = _visible(viewer).filter(
        state__in=[State.OPEN, State.CLOSED],
        confirmed_on__gte=clock.today() - listing.GONE_AFTER,
    )
    found = list(groups.order_by("name", "id"))
    if found and not viewer.staff and not is_open_to_public(found[0].organisation):
        return []
    return found


@sees
def groups_all(*, viewer: Viewer) -> list[Group]:
    """Every group of the organisation with who leads it (`.led`), for staff. Raises Unseen."""
    if not may_work(viewer):
        raise Unseen
    now = Leadership.objects.filter(until=None, part__in=LEADING).select_related("staff")
    led = Prefetch("leaderships", now.order_by("-part", "id"), to_attr="led")
    return list(_visible(viewer).prefetch_related(led).order_by("name", "id"))


@sees
def groups_led(*, viewer: Viewer) -> list[Group]:
    """The groups that this staff account leads at present, by name; none for others."""
    if viewer.staff is None:
        return []
    led = Leadership.objects.filter(
        staff__account=viewer.staff.account, staff__ended_on=None, until=None, part__in=LEADING
    )
    return list(_visible(viewer).filter(id__in=led.values("group_id")).order_by("name", "id"))


def agreement_numbers(groups: Iterable[int]) -> dict[int, int]:
    """The number of the agreement in force in each of these groups, in one query.

    A fact about groups whose rows were seen already, hence without a viewer.
    """
    rows = Agreement.objects.filter(group__in=list(groups)).values("group_id")
    return dict(rows.annotate(last=Max("number")).values_list("group_id", "last"))


def leading_among(places: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
    """Of these (work account, group), those that lead it at present.

    Asked again and again by open pages that were let in before, hence without a viewer.
    """
    if not places:
        return set()
    ids = [staff for staff, _group in places]
    led = Leadership.objects.filter(staff__in=ids, until=None, part__in=LEADING)
    return set(led.filter(staff__ended_on=None).values_list("staff_id", "group_id"))


@sees
@once_a_request
def group_ids(*, viewer: Viewer) -> list[int]:
    """The ids of all groups of the viewer's organisation, sorted: to find one's own tags among."""
    return _ids(organisation=viewer.organisation)


@prepared()
def _ids(*, organisation: int) -> QuerySet[Group, int]:
    groups = Group.objects.filter(organisation_id=organisation)
    return groups.order_by("id").values_list("id", flat=True)


@sees
@once_a_request
def current_agreement(group: Group, *, viewer: Viewer) -> Agreement | None:
    """The agreement in force: the one with the highest number; None while there is none."""
    if group.organisation_id != viewer.organisation:
        raise Unseen
    found = _in_force(group=group.id)
    return found[0] if found else None


@prepared()
def _in_force(*, group: int) -> QuerySet[Agreement]:
    rows: QuerySet[Agreement] = Agreement.objects.filter(group=group).order_by("-number")[:1]
    return rows


def number_in_force() -> Subquery:
    """For questions about rows of a group: the number of its agreement in force, or nothing.

    Part of a question asked by who has shown that the viewer may, hence without a viewer.
    """
    rows = Agreement.objects.filter(group=OuterRef("group")).order_by("-number")
    return Subquery(rows.values("number")[:1])


@sees
def agreement_numbered(group: Group, number: int, *, viewer: Viewer) -> Agreement:
    """One version of a group's agreement. Raises Unseen."""
    found = _agreements(group, viewer).filter(number=number).first()
    if found is None:
        raise Unseen
    return found


@sees
def agreements_for(group: Group, *, viewer: Viewer) -> list[Agreement]:
    """Every version, newest first."""
    return list(_agreements(group, viewer))


def _agreements(group: Group, viewer: Viewer) -> QuerySet[Agreement]:
    if group.organisation_id != viewer.organisation:
        raise Unseen
    rows: QuerySet[Agreement] = Agreement.objects.filter(group=group).order_by("-number")
    return rows


@sees
def leaders_of(group: Group, *, viewer: Viewer) -> list[Leadership]:
    """Who has which part in a group now, facilitators first, with their staff accounts."""
    if group.organisation_id != viewer.organisation:
        raise Unseen
    now = Leadership.objects.filter(group=group, until=None, staff__ended_on=None)
    order = {part: place for place, part in enumerate(["facilitator", "co-facilitator"])}
    rows = now.select_related("staff").order_by("id")
    return sorted(rows, key=lambda row: (order.get(row.part, 9), row.part))


@sees
def leadership_in(group: Group, *, viewer: Viewer) -> Leadership | None:
    """The part by which this work account leads the group at present, with its account.

    The same question as `rules.may_lead`, for who needs to know as whom; None for others.
    """
    return part_of(viewer, group)


@sees
def topics_for(*, viewer: Viewer) -> list[TopicWord]:
    """Every topic to choose from: the shipped taxonomy and the organisation's own."""
    own = Topic.objects.filter(organisation_id=viewer.organisation, retired_on=None)
    shipped = [TopicWord(t.key, t.name, t.family, t.also, t.tender) for t in taxonomy.SHIPPED]
    mine = [TopicWord(t.key, t.name, t.family, t.also, t.tender) for t in own.order_by("name")]
    return shipped + mine


@sees
def own_topics(*, viewer: Viewer) -> list[Topic]:
    """The organisation's own topics, for coordinators. Raises Unseen to others."""
    if not may_coordinate(viewer):
        raise Unseen
    own = Topic.objects.filter(organisation_id=viewer.organisation, retired_on=None)
    return list(own.order_by("name"))


def freshness(group: Group, today: dt.date | None = None) -> Freshness:
    """Whether a listing is fresh, in doubt, or too old to be listed (F8).

    A fact of a row already seen, hence without a viewer.
    """
    return listing.freshness(group.confirmed_on, today or clock.today())


def language_name(code: str) -> str:
    """A language by its own name, for example "Cymraeg", else its code; without a viewer."""
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code
