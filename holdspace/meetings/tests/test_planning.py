"""Planning a series, changing it, and single dates; the clock's part."""

import datetime as dt
from collections.abc import Iterator

import pytest

from holdspace.groups.models import Group
from holdspace.kit import clock
from holdspace.kit.guard import Refused
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import SYSTEM
from holdspace.ledger.models import Line
from holdspace.meetings import actions, queries
from holdspace.meetings.models import Change, Meeting, Seat, Series
from holdspace.meetings.rhythm import Chosen, Monthly, Nth, Pause, Weekly
from holdspace.meetings.tasks import end_meetings, forget_meetings, make_meetings_ahead
from holdspace.meetings.tests.factories import (
    SUNDAY,
    TUESDAY,
    a_member,
    a_series,
    first_meeting,
    somebody,
    tuesdays,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _sunday() -> Iterator[None]:
    with clock.at(SUNDAY):
        yield


def days_of(series: Series) -> list[dt.date]:
    rows = Meeting.objects.filter(series=series).order_by("begins")
    return list(rows.values_list("day", flat=True))


def test_sixty_days_are_made_ahead_with_numbers(group: Group):
    series = a_series(group)
    rows = list(Meeting.objects.filter(series=series).order_by("begins"))
    assert [m.day for m in rows[:3]] == [dt.date(2026, 11, d) for d in (17, 24)] + [
        dt.date(2026, 12, 1)
    ]
    assert [m.number for m in rows] == list(range(1, 10))
    assert rows[-1].begins <= SUNDAY + 60 * DAY < rows[-1].begins + 7 * DAY
    assert {m.begins.hour for m in rows} == {19}
    a_series(group, tuesdays(shape=Monthly((Nth(-1, 4),))))
    assert Meeting.objects.order_by("-number")[0].number == 11


def test_making_ahead_again_changes_nothing_and_later_adds(group: Group):
    series = a_series(group)
    before = days_of(series)
    make_meetings_ahead()
    assert days_of(series) == before
    with clock.at(SUNDAY + 7 * DAY):
        make_meetings_ahead()
    assert days_of(series) == [*before, before[-1] + 7 * DAY]


def test_the_rhythm_is_kept_as_it_was_asked(group: Group):
    rhythm = tuesdays(
        shape=Weekly((1, 3), 2),
        until=dt.date(2027, 6, 1),
        pauses=(Pause(dt.date(2026, 12, 20), dt.date(2027, 1, 4)),),
    )
    assert Series.objects.get(pk=a_series(group, rhythm).pk).rhythm == rhythm
    chosen = tuesdays(shape=Chosen((dt.date(2026, 12, 3),)))
    assert Series.objects.get(pk=a_series(group, chosen).pk).rhythm == chosen


def test_only_those_who_run_the_group_plan(group: Group, coordinator_viewer: Viewer):
    member, _row = a_member(group)
    for viewer in (member, somebody(group), Viewer(organisation=group.organisation_id)):
        with pytest.raises(Refused):
            actions.plan_series(by=viewer, group=group, rhythm=tuesdays(), attendance="video")
    planned = actions.plan_series(
        by=coordinator_viewer, group=group, rhythm=tuesdays(), attendance="video"
    )
    assert planned.seats == 12
    assert Line.objects.filter(kind="series.planned", scope=group.scope).exists()


def test_changing_a_series_keeps_seats_on_dates_both_have(group: Group):
    series = a_series(group)
    kept, gone, empty = Meeting.objects.filter(series=series).order_by("begins")[1:4]
    _viewer, member = a_member(group)
    actions.take_seat(by=member, meeting=kept)
    actions.take_seat(by=member, meeting=gone)
    after = actions.change_series_from(
        by=SYSTEM,
        series=series,
        day=dt.date(2026, 11, 24),
        rhythm=tuesdays(shape=Weekly((TUESDAY,), 2), starts=dt.date(2026, 11, 24), at=dt.time(18)),
        words="We meet every second week from now on.",
        place="The back room",
    )
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.series_id, kept.state, kept.begins.hour) == (after.pk, "planned", 18)
    assert Seat.objects.filter(meeting=kept, member=member).exists()
    assert gone.state == "cancelled"
    assert Change.objects.get(meeting=gone).words == "We meet every second week from now on."
    assert Meeting.objects.get(pk=empty.pk).series_id == after.pk
    assert days_of(after)[:2] == [dt.date(2026, 11, 24), dt.date(2026, 12, 8)]
    assert days_of(series)[0] == dt.date(2026, 11, 17)
    assert Meeting.objects.get(pk=kept.pk).exact_place == "The back room"
    make_meetings_ahead()
    assert Meeting.objects.filter(day=dt.date(2026, 11, 24)).count() == 1


def test_changing_from_the_first_day_keeps_the_row(group: Group):
    series = a_series(group, tuesdays(starts=dt.date(2026, 11, 17)))
    after = actions.change_series_from(
        by=SYSTEM,
        series=series,
        day=dt.date(2026, 11, 17),
        rhythm=tuesdays(starts=dt.date(2026, 11, 17), at=dt.time(20)),
        seats=6,
    )
    assert after.pk == series.pk
    assert {(m.begins.hour, m.seats) for m in Meeting.objects.all()} == {(20, 6)}


def test_ending_a_series_calls_off_what_people_meant_to_come_to(group: Group):
    series = a_series(group)
    meeting = first_meeting(series)
    actions.take_seat(by=a_member(group)[1], meeting=meeting)
    actions.end_series(by=SYSTEM, series=series, day=dt.date(2026, 11, 16), words="Thank you all.")
    assert [m.state for m in Meeting.objects.all()] == ["cancelled"]
    make_meetings_ahead()
    assert Meeting.objects.count() == 1


def test_skip_cancel_restore(group: Group):
    series = a_series(group)
    meeting = first_meeting(series)
    viewer, member = a_member(group)
    actions.take_seat(by=member, meeting=meeting)
    actions.cancel_meeting(by=SYSTEM, meeting=meeting, words="Sam is ill. We meet on the 24th.")
    seen = queries.meeting_for(group, meeting.number, viewer=viewer)
    assert (seen.words, seen.place, seen.mine) == ("Sam is ill. We meet on the 24th.", "", True)
    with pytest.raises(Refused):
        actions.skip_meeting(by=SYSTEM, meeting=meeting)
    actions.restore_meeting(by=SYSTEM, meeting=meeting)
    assert queries.meeting_for(group, meeting.number, viewer=viewer).words == ""
    actions.skip_meeting(by=SYSTEM, meeting=meeting)
    listed = queries.next_meetings(group, viewer=Viewer(organisation=group.organisation_id))
    assert listed[0].meeting.state == "skipped"


def test_a_moved_meeting_keeps_its_seats_and_is_not_made_twice(group: Group):
    series = a_series(group)
    meeting = first_meeting(series)
    viewer, member = a_member(group)
    actions.take_seat(by=member, meeting=meeting)
    actions.move_meeting(
        by=SYSTEM, meeting=meeting, day=dt.date(2026, 11, 19), at=dt.time(18), words="The hall."
    )
    make_meetings_ahead()
    assert Meeting.objects.filter(series=series).count() == 9
    seen = queries.meeting_for(group, meeting.number, viewer=viewer)
    assert (seen.meeting.day, seen.moved_from) == (dt.date(2026, 11, 19), dt.date(2026, 11, 17))
    assert (seen.mine, seen.words) == (True, "The hall.")
    assert seen.meeting.ends - seen.meeting.begins == dt.timedelta(minutes=90)
    with pytest.raises(Refused):
        actions.move_meeting(by=SYSTEM, meeting=meeting, day=dt.date(2026, 11, 1), at=dt.time(18))


def test_one_more_meeting(group: Group):
    details = {"group": group, "at": dt.time(19), "minutes": 60, "zone": "Asia/Kolkata"}
    added = actions.add_meeting(by=SYSTEM, day=dt.date(2026, 11, 20), attendance="video", **details)
    assert added.begins == dt.datetime(2026, 11, 20, 13, 30, tzinfo=dt.UTC)
    with pytest.raises(Refused):
        actions.add_meeting(by=SYSTEM, day=dt.date(2026, 11, 14), attendance="video", **details)


def test_exact_times_go_when_it_is_over_and_seats_after_a_week(group: Group):
    meeting = first_meeting(a_series(group))
    actions.take_seat(by=a_member(group)[1], meeting=meeting)
    with clock.at(meeting.ends + dt.timedelta(hours=1)):
        end_meetings()
        assert Meeting.objects.get(pk=meeting.pk).begins is not None
    with clock.at(meeting.ends + dt.timedelta(hours=3)):
        end_meetings()
        end_meetings()
    meeting.refresh_from_db()
    assert (meeting.state, meeting.begins, meeting.ends) == ("done", None, None)
    assert meeting.day == dt.date(2026, 11, 17)
    with clock.at(SUNDAY + 9 * DAY):
        forget_meetings()
    assert Seat.objects.count() == 1
    with clock.at(SUNDAY + 10 * DAY):
        forget_meetings()
    assert Seat.objects.count() == 0
    with clock.at(SUNDAY + 733 * DAY):
        forget_meetings()
    assert not Meeting.objects.filter(pk=meeting.pk).exists()


def test_a_cancelled_meeting_stays_cancelled_when_it_is_over(group: Group):
    meeting = first_meeting(a_series(group))
    actions.cancel_meeting(by=SYSTEM, meeting=meeting)
    with clock.at(meeting.ends + dt.timedelta(hours=3)):
        end_meetings()
    meeting.refresh_from_db()
    assert (meeting.state, meeting.begins) == ("cancelled", None)


def test_a_group_that_ended_meets_no_more(group: Group):
    from holdspace.groups.actions import end_group
    from holdspace.meetings.tasks import call_off_what_ended

    series = a_series(group)
    actions.take_seat(by=a_member(group)[1], meeting=first_meeting(series))
    call_off_what_ended(group=group.id, organisation=group.organisation_id)
    assert Meeting.objects.count() == 9
    end_group(by=SYSTEM, group=group, words="Thank you all.")
    call_off_what_ended(group=group.id, organisation=group.organisation_id)
    make_meetings_ahead()
    assert [m.state for m in Meeting.objects.all()] == ["cancelled"]
