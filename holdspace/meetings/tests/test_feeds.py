"""Calendars of rows: what stands in them, what never does, and when nothing is written at all."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar as Read

from holdspace.groups.actions import change_group, close_group
from holdspace.groups.models import Group
from holdspace.groups.tests.factories import a_group
from holdspace.kit import clock
from holdspace.ledger.acts import SYSTEM
from holdspace.meetings import actions
from holdspace.meetings.models import Meeting, Series
from holdspace.meetings.rhythm import Weekly, occurrences
from holdspace.meetings.tests.factories import (
    LINK,
    PLACE,
    SUNDAY,
    a_series,
    tuesdays,
)
from holdspace.meetings.tests.test_calendar import TWO_YEARS, spans_in

pytestmark = pytest.mark.django_db
THURSDAY = 3


@pytest.fixture(autouse=True)
def _sunday() -> Iterator[None]:
    with clock.at(SUNDAY):
        yield


def asked(group: Group, path: str = "/calendar.ics", **headers: Any) -> HttpResponse:
    browser = Client(headers={"host": f"{group.organisation.slug}.localhost"})
    return browser.get(path, headers=headers)


def events(response: HttpResponse) -> list[Any]:
    assert response.status_code == 200, response.status_code
    return Read.from_ical(response.content).walk("VEVENT")


def meeting_of(series: Series, number: int) -> Meeting:
    return Meeting.objects.filter(series=series).order_by("rule_day")[number]


def test_everybody_sees_the_meetings_of_listed_groups_and_nothing_of_place_or_link(group: Group):
    a_series(group)
    a_series(a_group("Not Yet", opened=False))
    response = asked(group)
    (event,) = events(response)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert event["SUMMARY"] == "Tuesday Circle"
    assert event["LOCATION"] == "Leith, near the library"
    assert str(event["URL"]).endswith(f"/groups/{group.code}/")
    assert "CONFERENCE" not in event
    for hidden in (PLACE, LINK, "Canary", "meet.example"):
        assert hidden.encode() not in response.content


def test_what_was_skipped_moved_called_off_and_added(group: Group):
    series = a_series(group)
    first, second, third = (meeting_of(series, number) for number in range(3))
    actions.skip_meeting(by=SYSTEM, meeting=first)
    day = third.rule_day + dt.timedelta(days=1)
    actions.move_meeting(by=SYSTEM, meeting=third, day=day, at=dt.time(18))
    actions.cancel_meeting(by=SYSTEM, meeting=second)
    extra = {"minutes": 60, "zone": "Europe/London", "attendance": "video"}
    added = actions.add_meeting(
        by=SYSTEM, group=group, day=dt.date(2026, 12, 3), at=dt.time(12), **extra
    )
    found = events(asked(group))
    (rule,) = [one for one in found if "RRULE" in one]
    assert [one.dt.date() for one in rule["EXDATE"].dts] == [first.rule_day]
    instead = {one["RECURRENCE-ID"].dt.date(): one for one in found if "RECURRENCE-ID" in one}
    assert instead.keys() == {second.rule_day, third.rule_day}
    assert instead[second.rule_day]["STATUS"] == "CANCELLED"
    assert instead[second.rule_day]["SUMMARY"] == "Cancelled: Tuesday Circle"
    assert instead[third.rule_day]["DTSTART"].dt.date() == day
    assert instead[third.rule_day]["SEQUENCE"] == 1
    assert {one["UID"] for one in instead.values()} == {rule["UID"]}
    (alone,) = [one for one in found if not {"RRULE", "RECURRENCE-ID"} & set(one)]
    assert alone["DTSTART"].dt.astimezone(dt.UTC) == added.begins


def test_every_instance_is_as_it_is_planned(group: Group):
    """After every kind of change, the expander finds for sixty days just what our rows say."""
    series = a_series(group, tuesdays(shape=Weekly((1, THURSDAY))))
    ahead = [meeting_of(series, number) for number in range(6)]
    actions.skip_meeting(by=SYSTEM, meeting=ahead[0])
    actions.cancel_meeting(by=SYSTEM, meeting=ahead[1])
    actions.restore_meeting(by=SYSTEM, meeting=ahead[0])
    day = ahead[2].rule_day + dt.timedelta(days=2)
    actions.move_meeting(by=SYSTEM, meeting=ahead[2], day=day, at=dt.time(9, 15))
    later = tuesdays(shape=Weekly((THURSDAY,)), at=dt.time(20), minutes=45)
    change_from = dt.date(2026, 12, 10)
    after = actions.change_series_from(by=SYSTEM, series=series, day=change_from, rhythm=later)
    planned = Meeting.objects.filter(state=Meeting.State.PLANNED).order_by("begins")
    calendar = Read.from_ical(asked(group).content)
    found = spans_in(calendar, SUNDAY, SUNDAY + dt.timedelta(days=55))
    until = SUNDAY + dt.timedelta(days=55)
    assert found == [(m.begins, m.ends) for m in planned if m.begins < until]
    far = spans_in(calendar, SUNDAY + dt.timedelta(days=60), SUNDAY + TWO_YEARS)
    rule = occurrences(after.rhythm, SUNDAY + dt.timedelta(days=60), SUNDAY + TWO_YEARS)
    assert far == [(one.begins, one.ends) for one in rule]


def test_a_changed_date_that_is_over_leaves_no_wrong_time_behind(group: Group):
    moved = meeting_of(a_series(group), 0)
    actions.move_meeting(by=SYSTEM, meeting=moved, day=moved.day, at=dt.time(9))
    with clock.at(SUNDAY + dt.timedelta(days=4)):
        actions.end_past(by=SYSTEM)
        (rule,) = events(asked(group))
    assert [one.dt.date() for one in rule["EXDATE"].dts] == [moved.rule_day]


def test_one_group_has_its_own_calendar_for_everybody(group: Group):
    a_series(group)
    other = a_group("Thursday Circle")
    a_series(other)
    (event,) = events(asked(group, f"/groups/{other.code}/calendar.ics"))
    assert event["SUMMARY"] == "Thursday Circle"
    assert len(events(asked(group))) == 2
    close_group(by=SYSTEM, group=other, words="A rest.", back_on=dt.date(2027, 1, 1))
    assert asked(group, f"/groups/{other.code}/calendar.ics").status_code == 404
    assert len(events(asked(group))) == 1


def test_unchanged_is_answered_without_writing(group: Group):
    series = a_series(group)
    first = asked(group)
    with patch("holdspace.meetings.feeds.written") as written:
        again = asked(group, if_none_match=first["ETag"])
    assert (again.status_code, again.content, written.called) == (304, b"", False)
    assert again["ETag"] == first["ETag"]
    with clock.at(SUNDAY + dt.timedelta(days=3)):
        actions.end_past(by=SYSTEM)
        actions.make_ahead(by=SYSTEM, series=series.id)
        assert asked(group, if_none_match=first["ETag"]).status_code == 304


def test_every_change_is_a_change(group: Group):
    series = a_series(group)
    marks = [asked(group)["ETag"]]

    def changes() -> None:
        marks.append(asked(group)["ETag"])
        assert asked(group, if_none_match=marks[-2]).status_code == 200
        assert len(set(marks)) == len(marks)

    meeting = meeting_of(series, 1)
    actions.skip_meeting(by=SYSTEM, meeting=meeting)
    changes()
    actions.restore_meeting(by=SYSTEM, meeting=meeting)
    changes()
    actions.move_meeting(by=SYSTEM, meeting=meeting, day=meeting.day, at=dt.time(17))
    changes()
    actions.cancel_meeting(by=SYSTEM, meeting=meeting_of(series, 2))
    changes()
    actions.change_series_from(
        by=SYSTEM, series=series, day=series.first_day, rhythm=series.rhythm, area="Portobello"
    )
    changes()
    change_group(by=SYSTEM, group=group, name="Evening Circle")
    changes()
    actions.end_series(by=SYSTEM, series=Series.objects.get(), day=dt.date(2026, 12, 20))
    changes()
    a_series(group)
    changes()


@pytest.mark.parametrize("groups", [1, 4])
def test_a_calendar_asks_a_number_of_questions_that_never_grows(group: Group, groups: int):
    for number in range(groups):
        one = a_group(f"Circle {number}")
        series = a_series(one)
        actions.skip_meeting(by=SYSTEM, meeting=meeting_of(series, 0))
        actions.cancel_meeting(by=SYSTEM, meeting=meeting_of(series, 1))
    with CaptureQueriesContext(connection) as questions:
        response = asked(group)
    assert len(events(response)) == 2 * groups
    assert len(questions) <= 5
