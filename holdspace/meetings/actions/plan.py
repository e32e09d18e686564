"""Planning a series, changing it from a day on, ending it."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from holdspace.kit import clock
from holdspace.kit.guard import demand
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import act
from holdspace.ledger.chain import record
from holdspace.ledger.events import announce
from holdspace.meetings.actions.dates import call_off
from holdspace.meetings.actions.unfold import AHEAD, unfold
from holdspace.meetings.models import Meeting, Series
from holdspace.meetings.models.series import USUAL_SEATS
from holdspace.meetings.parties import actor_in
from holdspace.meetings.rhythm import Rhythm, occurrences, shape_text
from holdspace.meetings.rules import may_plan, may_plan_more

if TYPE_CHECKING:
    from holdspace.groups.models import Group

ONE_DAY = dt.timedelta(days=1)
SEALED = ("place", "link")


@act
def plan_series(
    *,
    by: Viewer | str,
    group: "Group",
    rhythm: Rhythm,
    attendance: str,
    seats: int = USUAL_SEATS,
    introductory: bool = False,
    area: str = "",
    place: str = "",
    link: str = "",
) -> Series:
    """Plan a recurring meeting of a group and make its meetings of the next 60 days.

    Raises Refused for who may not plan in this group.
    """
    demand(may_plan_more(by, group))
    series = Series(
        organisation_id=group.organisation_id,
        group_id=group.id,
        scope=group.scope,
        attendance=attendance,
        seats=seats,
        introductory=introductory,
        area=area,
        place=place or None,
        link=link or None,
        **columns_of(rhythm),
    )
    series.save(force_insert=True)
    unfold(series)
    record(group.scope, "series.planned", actor=actor_in(group, by), subject=series)
    announce("meetings.planned", group=group.id)
    return series


@act
def change_series_from(
    *,
    by: Viewer | str,
    series: Series,
    day: dt.date,
    rhythm: Rhythm,
    words: str = "",
    **details: Any,
) -> Series:
    """From `day` on the series follows `rhythm`; `details` are those of `plan_series`.

    Meetings on dates that both have keep their seats and number. The others are called off with
    `words` if someone has a seat, else they vanish. Returns the series that now holds.
    Raises Refused for who may not plan in this group.
    """
    series = Series.objects.select_for_update().get(pk=series.pk)
    demand(may_plan_more(by, series.group))
    after = _successor(series, day, rhythm, details)
    now = clock.now()
    found = {o.day: o for o in occurrences(after.rhythm, now, now + AHEAD)}
    for meeting in _still_to_come(series, day):
        occurrence = found.get(meeting.rule_day) if meeting.rule_day else None
        if occurrence is None:
            _drop(meeting, by=by, words=words)
            continue
        if meeting.day == meeting.rule_day:  # one that was moved by hand stays where it is
            meeting.begins, meeting.ends = occurrence.begins, occurrence.ends
        meeting.series, meeting.zone = after, after.zone
        meeting.attendance, meeting.area = after.attendance, after.area
        meeting.seats, meeting.introductory = after.seats, after.introductory
        meeting.save()
    unfold(after)
    record(series.scope, "series.changed", actor=actor_in(series.group, by), subject=after)
    announce("meetings.changed", group=series.group_id)
    return after


@act
def end_series(*, by: Viewer | str, series: Series, day: dt.date, words: str = "") -> Series:
    """No meetings of this series from `day` on. Raises Refused for who may not plan here."""
    series = Series.objects.select_for_update().get(pk=series.pk)
    demand(may_plan(by, series.group))
    for meeting in _still_to_come(series, day):
        _drop(meeting, by=by, words=words)
    series.last_day = max(day - ONE_DAY, series.first_day)
    if day <= series.first_day:
        series.pauses = [[series.first_day.isoformat(), series.first_day.isoformat()]]
    series.version += 1
    series.save()
    record(series.scope, "series.ended", actor=actor_in(series.group, by), subject=series)
    announce("meetings.changed", group=series.group_id)
    return series


@act
def end_group_meetings(*, by: Viewer | str, group: int) -> int:
    """A group that ended meets no more; returns how many meetings went. Safe to run again."""
    gone = 0
    today = clock.today()
    mine = Series.objects.filter(group_id=group, group__state="ended")
    for series in mine.select_for_update(of=("self",)).order_by("id"):
        if series.last_day is None or series.last_day > today:
            series.last_day = max(today, series.first_day)
            series.version += 1
            series.save(update_fields=["last_day", "version"])
    ahead = Meeting.objects.filter(
        group_id=group, group__state="ended", begins__gt=clock.now(), state=Meeting.State.PLANNED
    )
    for meeting in ahead.select_for_update(of=("self",)).order_by("id"):
        _drop(meeting, by=by, words="")
        gone += 1
    return gone


def columns_of(rhythm: Rhythm) -> dict[str, Any]:
    """A rhythm, taken apart into the columns of a series."""
    return {
        "rule": shape_text(rhythm.shape),
        "first_day": rhythm.starts,
        "at": rhythm.at,
        "minutes": rhythm.minutes,
        "zone": rhythm.zone,
        "last_day": rhythm.until,
        "times": rhythm.times,
        "pauses": [[p.first.isoformat(), p.last.isoformat()] for p in rhythm.pauses],
    }


def _successor(series: Series, day: dt.date, rhythm: Rhythm, details: dict[str, Any]) -> Series:
    """The same row where nothing of it lies before `day`, else a new one after it."""
    for name in SEALED:
        if name in details:
            details[name] = details[name] or None
    if day <= series.first_day:
        after = series
    else:
        kept = ("organisation_id", "group_id", "scope", "attendance", "seats", "introductory",
                "area", "place", "link")  # fmt: skip
        after = Series(**{name: getattr(series, name) for name in kept})
        series.last_day = min(day - ONE_DAY, series.last_day or day)
        series.version += 1
        series.save()
    for name, value in {**columns_of(rhythm), **details}.items():
        setattr(after, name, value)
    after.first_day = max(day, rhythm.starts)
    after.version += 1
    after.save()
    return after


def _still_to_come(series: Series, day: dt.date) -> list[Meeting]:
    rows = Meeting.objects.select_for_update().filter(
        series=series, rule_day__gte=day, begins__gt=clock.now()
    )
    return list(rows.order_by("id"))


def _drop(meeting: Meeting, *, by: Viewer | str, words: str) -> None:
    """Call it off if somebody meant to come; else nobody misses it."""
    if meeting.state == Meeting.State.PLANNED and meeting.taken.exists():
        call_off(meeting, by=by, words=words)
    elif meeting.state == Meeting.State.PLANNED:
        meeting.delete()
