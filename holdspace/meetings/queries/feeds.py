"""Calendars that others read: rows for one reader, in a number of questions that never grows."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from holdspace.groups.queries import groups_led, groups_open
from holdspace.kit import clock
from holdspace.kit.guard import Unseen, sees
from holdspace.kit.viewer import Viewer
from holdspace.meetings import rules
from holdspace.meetings.actions.calendars import calendar_tag
from holdspace.meetings.choosing import NAME, SEATS, Chosen, chosen_from
from holdspace.meetings.feeds import Feed
from holdspace.meetings.models import GroupCalendar, Meeting, Series
from holdspace.meetings.parties import my_places
from holdspace.meetings.queries.seen import HIDDEN, is_mine
from holdspace.meetings.rhythm import Weekly
from holdspace.meetings.telling import Telling
from holdspace.members.rules import has_accepted, is_own
from holdspace.vault.tags import tag

if TYPE_CHECKING:
    from holdspace.groups.models import Group
    from holdspace.members.models import Member


@dataclass(frozen=True, slots=True)
class EachWeek:
    """A series that meets every week, as anybody may know it. Days count from 0, Monday."""

    group: "Group"
    key: str
    days: tuple[int, ...]
    at: dt.time
    minutes: int
    zone: str
    area: str
    in_a_room: bool
    on_a_line: bool
    introductory: bool


@sees
def open_calendar(*, viewer: Viewer, scope: int, name: str, house: str, code: str = "") -> Feed:
    """The meetings of the groups that anybody may find, or of the one with this code.

    No exact place, no link. It is the same for everybody, whoever is looking; `scope` is that of
    the organisation, `house` where its pages are. Raises Unseen for a group that is not listed.
    """
    groups = _listed(viewer)
    if code:
        groups = [group for group in groups if group.code == code]
        if not groups:
            raise Unseen
    how = Telling(is_open=True, house=house)
    secret = tag(scope, "calendar", "open")
    by_id = {group.id: group for group in groups}
    return _feed(by_id, secret=secret, name=groups[0].name if code else name, how=how)


def _listed(viewer: Viewer) -> "list[Group]":
    """The groups whose meetings anybody may know of, the same whoever is looking."""
    anybody = Viewer(organisation=viewer.organisation)
    return [group for group in groups_open(viewer=anybody) if group.state == "open"]


@sees
def each_week(*, viewer: Viewer, scope: int) -> list[EachWeek]:
    """The weekly series of the groups that anybody may find; `scope` is the organisation's."""
    groups = {group.id: group for group in _listed(viewer)}
    rows = lasting(groups, Telling(is_open=True))
    found = [_weekly(series, groups[series.group_id], scope) for series in rows]
    weekly = [one for one in found if one is not None]
    return sorted(weekly, key=lambda one: (one.group.name, one.key))


def _weekly(series: Series, group: "Group", scope: int) -> EachWeek | None:
    rhythm = series.rhythm
    shape = rhythm.shape
    if not isinstance(shape, Weekly) or shape.every != 1:
        return None
    return EachWeek(
        group=group,
        key=tag(scope, "calendar", str(series.id)).hex()[:12],
        days=shape.days,
        at=rhythm.at,
        minutes=rhythm.minutes,
        zone=rhythm.zone,
        area=series.area,
        in_a_room=series.in_a_room,
        on_a_line=series.on_a_line,
        introductory=series.introductory,
    )


@sees
def my_calendar(*, viewer: Viewer, chosen: Chosen, secret: str, house: str) -> Feed:
    """All meetings of my groups, or those where I have a seat; for who works here, of those led.

    Place and link stand there only where they were chosen and the law of seats lets them be seen.
    """
    with translation.override(chosen.spoken):
        if viewer.staff is not None:
            how = chosen.telling(house, leads=True)
            groups = {group.id: group for group in groups_led(viewer=viewer)}
            feed = _feed(groups, secret=secret.encode(), name=_called(chosen), how=how)
            return replace(feed, leading=True)
        return _members_own(viewer, chosen, secret.encode(), house)


def _members_own(viewer: Viewer, chosen: Chosen, secret: bytes, house: str) -> Feed:
    mine = my_places(viewer)
    how = chosen.telling(house)
    groups = {group: member.group for group, member in mine.items()}
    only_seated = chosen.spans == SEATS
    tells_seats = only_seated or how.place or how.link
    members = [member.pk for member in mine.values()] if tells_seats else []
    series = [] if only_seated else list(lasting(groups, how))
    meetings = list(changed(groups, series, how, members=members, only_seated=only_seated))
    for meeting in meetings:
        meeting.group = groups[meeting.group_id]
    return Feed(
        secret=secret,
        name=_called(chosen),
        how=how,
        groups=groups,
        series=series,
        meetings=meetings,
        since={group: member.joined_on for group, member in mine.items()},
        opened=frozenset(_opened(meetings, mine, viewer)) if how.place or how.link else frozenset(),
    )


def _opened(meetings: list[Any], mine: "dict[int, Member]", viewer: Viewer) -> Iterator[int]:
    """The meetings of which the exact place and the link may be seen, as on their own pages."""
    reads = {group: has_accepted(viewer, one.group, one) for group, one in mine.items()}
    for meeting in meetings:
        seated = bool(meeting.is_mine)
        member = mine[meeting.group_id]
        if reads[meeting.group_id] and rules.may_see_place(member, meeting, seated=seated):
            yield meeting.pk


def _called(chosen: Chosen) -> str:
    return _("My groups") if chosen.called == NAME else _("Calendar")


@sees
def group_calendar_at(token: str, *, viewer: Viewer, scope: int, house: str) -> Feed:
    """One group's meetings for the member whose secret address this is.

    Never an exact place or a link: this address knows no seat. Raises Unseen, also when its member
    has left; `scope` is the organisation's.
    """
    rows = GroupCalendar.objects.select_related("member__group")
    kept = rows.filter(token_tag=calendar_tag(scope, token)).first()
    if kept is None or not kept.member.is_current:
        raise Unseen
    chosen, group = chosen_from(kept.chosen), kept.member.group
    with translation.override(chosen.spoken):
        name = group.name if chosen.called == NAME else _("Calendar")
        feed = _feed({group.id: group}, secret=token.encode(), name=name, how=chosen.telling(house))
        return replace(feed, since={group.id: kept.member.joined_on})


@sees
def group_calendar_of(member: "Member", *, viewer: Viewer) -> Chosen | None:
    """What the viewer's own calendar of a group says; None while its address is off."""
    if not is_own(viewer, member):
        raise Unseen
    kept = GroupCalendar.objects.filter(member=member).first()
    return chosen_from(kept.chosen) if kept is not None else None


def _feed(groups: "dict[int, Group]", *, secret: bytes, name: str, how: Telling) -> Feed:
    """All meetings of these groups as their rules have them, and each that was changed."""
    series = list(lasting(groups, how))
    return Feed(
        secret=secret,
        name=name,
        how=how,
        groups=groups,
        series=series,
        meetings=list(changed(groups, series, how)),
    )


def lasting(groups: Iterable[int], how: Telling) -> QuerySet[Series]:
    """The series of these groups that are not over."""
    goes_on = Q(last_day__isnull=True) | Q(last_day__gte=clock.today())
    rows = Series.objects.filter(goes_on, group__in=list(groups)).order_by("id")
    return rows if how.place or how.link else rows.defer(*HIDDEN)


def changed(
    groups: Iterable[int],
    series: Iterable[Series],
    how: Telling,
    *,
    members: Iterable[int] = (),
    only_seated: bool = False,
) -> QuerySet[Any]:
    """Meetings that are not as a rule has them: changed ones, also past, and added ones to come.

    Those come along where one of these members has a seat; each knows it in `is_mine`.
    """
    now = clock.now()
    rows: QuerySet[Any] = Meeting.objects.annotate(is_mine=is_mine(list(members), []))
    touched = Q(version__gt=0, series__in=[one.id for one in series])
    apart = Q(version__gt=0, ends__gt=now) | Q(series=None, ends__gt=now)
    seated = Q(is_mine=True, ends__gt=now)
    wanted = seated if only_seated else touched | apart | seated
    rows = rows.filter(wanted, group__in=list(groups)).order_by("id")
    return rows.select_related("series") if how.place or how.link else rows.defer(*HIDDEN)
