"""Seats: one each, never too many, and the exact place only for those who have one."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import IntegrityError, transaction

from holdspace.groups.models import Group
from holdspace.groups.tests.factories import a_group
from holdspace.kit import clock
from holdspace.kit.guard import Refused, Unseen
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import SYSTEM, outside_act
from holdspace.meetings import actions, queries
from holdspace.meetings.models import Meeting, Seat
from holdspace.meetings.tests.factories import (
    LINK,
    PLACE,
    SUNDAY,
    a_member,
    a_series,
    a_visit,
    first_meeting,
    somebody,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _sunday() -> Iterator[None]:
    with clock.at(SUNDAY):
        yield


@pytest.fixture
def meeting(group: Group) -> Meeting:
    return first_meeting(a_series(group, seats=2))


def test_a_seat_is_taken_once_however_often_it_is_pressed(group: Group, meeting: Meeting):
    _viewer, member = a_member(group)
    first = actions.take_seat(by=member, meeting=meeting)
    second = actions.take_seat(by=member, meeting=meeting)
    assert first == second
    assert Seat.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic(), outside_act("a race"):
        Seat(organisation_id=group.organisation_id, meeting=meeting, member=member).save()


def test_seats_end_and_free_again(group: Group, meeting: Meeting):
    members = [a_member(group)[1] for _ in range(3)]
    for member in members[:2]:
        actions.take_seat(by=member, meeting=meeting)
    with pytest.raises(Refused):
        actions.take_seat(by=members[2], meeting=meeting)
    assert actions.give_up_seat(by=members[0], meeting=meeting)
    assert not actions.give_up_seat(by=members[0], meeting=meeting)
    assert actions.take_seat(by=members[2], meeting=meeting)


def test_the_exact_place_is_for_those_with_a_seat(group: Group, meeting: Meeting):
    viewer, member = a_member(group)
    before = queries.meeting_for(group, meeting.number, viewer=viewer)
    assert (before.place, before.link, before.shows_place) == ("", "", False)
    assert before.may_take
    actions.take_seat(by=member, meeting=meeting)
    after = queries.meeting_for(group, meeting.number, viewer=viewer)
    assert (after.place, after.link, after.mine) == (PLACE, LINK, True)
    assert not after.may_take
    actions.give_up_seat(by=member, meeting=meeting)
    assert queries.meeting_for(group, meeting.number, viewer=viewer).place == ""


def test_the_exact_place_ends_with_the_meeting_also_when_no_task_has_run(
    group: Group, meeting: Meeting
):
    viewer, member = a_member(group)
    guest, visit = a_visit(group, first_meeting(a_series(group, introductory=True)))
    evening = Meeting.objects.get(pk=visit.meeting)
    actions.take_seat(by=member, meeting=meeting)
    actions.take_seat(by=visit, meeting=evening)
    for who, one in ((viewer, meeting), (guest, evening)):
        for after, shown in ((-1, PLACE), (119, PLACE), (120, ""), (60 * 24 * 5, "")):
            with clock.at(one.ends + dt.timedelta(minutes=after)):
                seen = queries.meeting_for(group, one.number, viewer=who)
                assert (seen.place, bool(seen.link)) == (shown, bool(shown)), (who, after)
    with clock.at(meeting.ends + dt.timedelta(hours=3)):
        seen = queries.meeting_for(group, meeting.number, viewer=viewer)
        assert "over" in str(seen.hidden)
        actions.end_past(by=SYSTEM)
        seen = queries.meeting_for(group, meeting.number, viewer=viewer)
        assert (seen.mine, seen.place, seen.link) == (True, "", "")


def test_the_exact_place_follows_a_move_and_ends_with_a_cancellation(
    group: Group, meeting: Meeting
):
    viewer, member = a_member(group)
    actions.take_seat(by=member, meeting=meeting)
    later = meeting.day + dt.timedelta(days=2)
    actions.move_meeting(by=SYSTEM, meeting=meeting, day=later, at=dt.time(19))
    with clock.at(meeting.ends + dt.timedelta(hours=3)):
        assert queries.meeting_for(group, meeting.number, viewer=viewer).place == PLACE
        actions.cancel_meeting(by=SYSTEM, meeting=meeting)
        seen = queries.meeting_for(group, meeting.number, viewer=viewer)
        assert (seen.mine, seen.place, seen.link) == (True, "", "")
    with clock.at(meeting.ends + dt.timedelta(days=2, hours=2)):
        assert queries.meeting_for(group, meeting.number, viewer=viewer).place == ""


def test_who_left_finds_no_place_even_with_a_seat_still_there(group: Group, meeting: Meeting):
    from holdspace.members.actions import leave_group

    viewer, member = a_member(group)
    actions.take_seat(by=member, meeting=meeting)
    leave_group(by=member)
    assert Seat.objects.filter(member=member).exists()  # the task that frees it has not run
    with pytest.raises(Unseen):
        queries.meeting_for(group, meeting.number, viewer=viewer)


def test_public_lists_never_load_what_is_sealed(group: Group, meeting: Meeting):
    nobody = Viewer(organisation=group.organisation_id)
    listed = queries.next_meetings(group, viewer=nobody)
    assert listed[0].meeting.area == "Leith, near the library"
    assert {"place", "link"} <= listed[0].meeting.get_deferred_fields()
    assert listed[0].free == 2


def test_others_do_not_find_the_page(group: Group, meeting: Meeting):
    outsiders = [
        Viewer(organisation=group.organisation_id),
        somebody(group),
        a_member(a_group("Another"))[0],
        a_visit(a_group("A third"))[0],
    ]
    for viewer in outsiders:
        with pytest.raises(Unseen):
            queries.meeting_for(group, meeting.number, viewer=viewer)
        with pytest.raises(Unseen):
            queries.board_of(group, viewer=viewer)


def test_a_visitor_comes_to_introductory_sessions_only(group: Group, meeting: Meeting):
    evening = first_meeting(a_series(group, introductory=True))
    viewer, visit = a_visit(group, evening)
    with pytest.raises(Unseen):
        queries.meeting_for(group, meeting.number, viewer=viewer)
    with pytest.raises(Refused):
        actions.take_seat(by=visit, meeting=meeting)
    assert queries.meeting_for(group, evening.number, viewer=viewer).may_take
    actions.take_seat(by=visit, meeting=evening)
    assert queries.meeting_for(group, evening.number, viewer=viewer).place == PLACE


def test_evenings_are_offered_while_they_have_seats(group: Group):
    from holdspace.members.queries import evenings_of

    nobody = Viewer(organisation=group.organisation_id)
    a_series(group)
    assert evenings_of(group, viewer=nobody) == []
    evening = first_meeting(a_series(group, introductory=True, seats=1))
    offered = evenings_of(group, viewer=nobody)
    assert (len(offered), offered[0].meeting) == (5, evening.pk)
    assert offered[0].words == "Tuesday 17 November, 19:00 to 20:30, London time"
    actions.take_seat(by=a_member(group)[1], meeting=evening)
    assert evenings_of(group, viewer=nobody)[0].meeting != evening.pk


def test_a_visitor_who_is_expected_is_given_the_seat(group: Group):
    evening = first_meeting(a_series(group, introductory=True, seats=1))
    _viewer, visit = a_visit(group, evening)
    seat = actions.seat_visit(by=SYSTEM, visit=visit.pk)
    assert seat is not None
    assert actions.seat_visit(by=SYSTEM, visit=visit.pk) == seat
    _viewer, late = a_visit(group, evening)
    assert actions.seat_visit(by=SYSTEM, visit=late.pk) is None


def test_who_left_takes_no_seat(group: Group, meeting: Meeting):
    _viewer, member = a_member(group)
    actions.take_seat(by=member, meeting=meeting)
    assert actions.release_seats(by=SYSTEM, member=member.pk) == 1
    with outside_act("left"):
        member.standing = "left"
        member.save()
    with pytest.raises(Refused):
        actions.take_seat(by=member, meeting=meeting)


@pytest.mark.parametrize("state", ["skipped", "cancelled"])
def test_no_seat_at_what_does_not_take_place(group: Group, meeting: Meeting, state: str):
    with outside_act("fixture"):
        meeting.state = state
        meeting.save()
    with pytest.raises(Refused):
        actions.take_seat(by=a_member(group)[1], meeting=meeting)


def test_no_seat_when_it_is_over(group: Group, meeting: Meeting):
    _viewer, member = a_member(group)
    with clock.at(meeting.ends + dt.timedelta(minutes=1)), pytest.raises(Refused):
        actions.take_seat(by=member, meeting=meeting)


def test_facilitators_see_who_comes_and_coordinators_do_not(
    group: Group, meeting: Meeting, coordinator_viewer: Viewer
):
    from holdspace.groups.actions import name_leader
    from holdspace.staff.tests.factories import a_staff_account, viewer_for

    sam = a_staff_account("facilitator")
    name_leader(by=coordinator_viewer, group=group, staff=sam)
    actions.take_seat(by=a_member(group, "Wren")[1], meeting=meeting)
    coming = queries.coming_to(meeting, viewer=viewer_for(sam))
    assert [(one.alias, one.is_new, one.note) for one in coming] == [("Wren", True, "new here")]
    with pytest.raises(Unseen):
        queries.coming_to(meeting, viewer=coordinator_viewer)
    seen = queries.meeting_for(group, meeting.number, viewer=coordinator_viewer)
    assert (seen.runs, seen.sees_coming) == (True, False)


def test_what_is_held_on_a_member_is_exported_and_goes(group: Group, meeting: Meeting):
    from holdspace.kit.holdings import member_holdings

    _viewer, member = a_member(group)
    actions.take_seat(by=member, meeting=meeting)
    held = next(one for one in member_holdings() if one.name == "meetings")
    assert held.export(member.pk) == {"seats": [{"number": 1, "day": "2026-11-17"}]}
    assert held.erase(member.pk) == []
    assert not Seat.objects.exists()
