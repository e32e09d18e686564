"""What is next, tonight, and my week: across groups, in the reader's zone, in few queries."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from holdspace.groups.models import Group
from holdspace.groups.tests.factories import a_group
from holdspace.kit import clock
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import SYSTEM
from holdspace.meetings import actions, queries
from holdspace.meetings.models import Meeting
from holdspace.meetings.rhythm import Weekly
from holdspace.meetings.tests.factories import (
    SUNDAY,
    a_member,
    a_series,
    first_meeting,
    somebody,
    tuesdays,
)
from holdspace.meetings.when import when

pytestmark = pytest.mark.django_db
THURSDAY = 3


@pytest.fixture(autouse=True)
def _sunday() -> Iterator[None]:
    with clock.at(SUNDAY):
        yield


def test_my_week_across_my_groups(group: Group):
    viewer = somebody(group)
    other = a_group("Thursday Circle")
    a_member(group, viewer=viewer)
    _viewer, here = a_member(other, viewer=viewer)
    a_series(group)
    series = a_series(other, tuesdays(shape=Weekly((THURSDAY,), 2), starts=dt.date(2026, 11, 19)))
    a_series(a_group("Not mine"))
    actions.take_seat(by=here, meeting=first_meeting(series))
    week = queries.my_week(viewer=viewer, zone="Europe/London")
    assert [(d.name, [(m.meeting.group.name, m.mine) for m in d.meetings]) for d in week.days] == [
        ("Today", []),
        ("Tomorrow", []),
        ("Tuesday 17 November", [("Tuesday Circle", False)]),
        ("Wednesday 18 November", []),
        ("Thursday 19 November", [("Thursday Circle", True)]),
        ("Friday 20 November", []),
        ("Saturday 21 November", []),
        ("Sunday 22 November", []),
    ]
    assert week.sentence == "2 meetings in the next seven days, 3 hours in all."
    assert week.table == [("Tuesday Circle", "1 h 30 min"), ("Thursday Circle", "45 minutes")]


def test_my_week_is_in_the_readers_days(group: Group):
    viewer, _member = a_member(group)
    a_series(group)
    week = queries.my_week(viewer=viewer, zone="Pacific/Auckland")
    assert [day.name for day in week.days if day.meetings] == ["Wednesday 18 November"]


def test_nothing_of_mine_is_nothing(group: Group):
    a_series(group)
    for viewer in (somebody(group), Viewer(organisation=group.organisation_id)):
        assert queries.my_week(viewer=viewer, zone="UTC").is_empty
        assert queries.my_next_meetings(viewer=viewer) == []


def test_tonight_lasts_until_four_in_the_morning(group: Group):
    nobody = Viewer(organisation=group.organisation_id)
    every_day = tuesdays(shape=Weekly(tuple(range(7))), at=dt.time(1, 30))
    a_series(group, every_day)
    a_series(group)
    a_series(a_group("Draft", opened=False), every_day)
    tonight = queries.tonight(viewer=nobody, zone="Europe/London")
    assert [one.meeting.begins.hour for one in tonight] == [1]
    with clock.at(dt.datetime(2026, 11, 17, 19, 5, tzinfo=dt.UTC)):
        tonight = queries.tonight(viewer=nobody, zone="Europe/London")
        assert [one.meeting.begins.hour for one in tonight] == [19, 1]
    with clock.at(dt.datetime(2026, 11, 18, 1, 0, tzinfo=dt.UTC)):
        tonight = queries.tonight(viewer=nobody, zone="Europe/London")
        assert [one.meeting.begins.hour for one in tonight] == [1]


def test_the_next_of_many_groups_in_one_query(group: Group):
    groups = [group, a_group("Second"), a_group("Third")]
    for one in groups:
        a_series(one)
    actions.cancel_meeting(by=SYSTEM, meeting=Meeting.objects.filter(group=group, number=1).get())
    nobody = Viewer(organisation=group.organisation_id)
    with CaptureQueriesContext(connection) as asked:
        found = queries.next_of_groups([one.id for one in groups], viewer=nobody)
    assert len(asked) == 1
    assert {k: v.meeting.day.day for k, v in found.items()} == {
        groups[0].id: 24, groups[1].id: 17, groups[2].id: 17,
    }  # fmt: skip


@pytest.mark.parametrize("groups", [1, 3])
def test_my_week_asks_few_questions(group: Group, groups: int):
    viewer = somebody(group)
    for number in range(groups):
        one = a_group(f"Group {number}")
        a_member(one, viewer=viewer)
        a_series(one)
    with CaptureQueriesContext(connection) as asked:
        queries.my_week(viewer=viewer, zone="Europe/London")
    assert len(asked) <= 4


def test_times_are_said_in_the_readers_zone_with_the_own_one_beside(group: Group):
    meeting = first_meeting(a_series(group))
    assert when(meeting, "Europe/London").line == (
        "Tuesday 17 November, 19:00 to 20:30, London time"
    )
    assert when(meeting, "Europe/London").own == ""
    far = when(meeting, "America/New_York")
    assert (far.line, far.own) == (
        "Tuesday 17 November, 14:00 to 15:30, New York time",
        "19:00, London time",
    )
    assert when(meeting, "Pacific/Auckland").own == "Tuesday 19:00, London time"
    assert when(meeting, "Europe/Lisbon").own == ""


def test_the_rule_is_said(group: Group):
    a_series(group)
    nobody = Viewer(organisation=group.organisation_id)
    assert queries.rhythms_of(group, viewer=nobody) == [
        "Every Tuesday, 19:00 to 20:30, London time"
    ]
