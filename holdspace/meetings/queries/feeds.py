"""Calendars that others read: rows for one reader, in a number of questions that never grows."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from holdspace.groups.queries import groups_open
from holdspace.kit import clock
from holdspace.kit.guard import Unseen, sees
from holdspace.kit.viewer import Viewer
from holdspace.meetings.feeds import Feed
from holdspace.meetings.models import Meeting, Series
from holdspace.meetings.queries.seen import HIDDEN
from holdspace.meetings.rhythm import Weekly
from holdspace.meetings.telling import Telling
from holdspace.vault.tags import tag

if TYPE_CHECKING:
    from holdspace.groups.models import Group


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
    return feed_of(groups, secret=secret, name=groups[0].name if code else name, how=how)


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


def feed_of(groups: "Iterable[Group]", *, secret: bytes, name: str, how: Telling) -> Feed:
    """All meetings of these groups as their rules have them, and each that was changed."""
    by_id = {group.id: group for group in groups}
    series = list(lasting(by_id, how))
    return Feed(
        secret=secret,
        name=name or _("Calendar"),
        how=how,
        groups=by_id,
        series=series,
        meetings=list(changed(by_id, series, how)),
    )


def lasting(groups: Iterable[int], how: Telling) -> QuerySet[Series]:
    """The series of these groups that are not over."""
    goes_on = Q(last_day__isnull=True) | Q(last_day__gte=clock.today())
    rows = Series.objects.filter(goes_on, group__in=list(groups)).order_by("id")
    return rows if how.place or how.link else rows.defer(*HIDDEN)


def changed(groups: Iterable[int], series: Iterable[Series], how: Telling) -> QuerySet[Meeting]:
    """Meetings that are not as a rule has them: changed ones, also past, and added ones to come."""
    touched = Q(version__gt=0, series__in=[one.id for one in series])
    apart = Q(version__gt=0, ends__gt=clock.now()) | Q(series=None, ends__gt=clock.now())
    rows = Meeting.objects.filter(touched | apart, group__in=list(groups)).order_by("id")
    return rows if how.place or how.link else rows.defer(*HIDDEN)
