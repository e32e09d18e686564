"""Visitors and seats: members keep theirs, and whoever visits is told the truth."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from holdspace.groups.actions import change_group, name_leader
from holdspace.groups.models import Group
from holdspace.kit import clock
from holdspace.kit.guard import Refused
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import SYSTEM
from holdspace.meetings import actions, tasks
from holdspace.meetings.models import Meeting, Seat
from holdspace.meetings.tests.factories import PLACE, SUNDAY, a_member, a_series, a_visit
from holdspace.members import actions as members
from holdspace.members.models import Visit
from holdspace.members.queries import date_of, evenings_of
from holdspace.members.rules import may_visit
from holdspace.people import sessions
from holdspace.staff.tests.factories import a_staff_account, viewer_for

pytestmark = pytest.mark.django_db
As = Callable[[Viewer], Client]


@pytest.fixture(autouse=True)
def _sunday() -> Iterator[None]:
    with clock.at(SUNDAY):
        yield


@pytest.fixture
def as_viewer(monkeypatch: pytest.MonkeyPatch) -> As:
    """A browser in which that viewer is looking."""

    def make(viewer: Viewer) -> Client:
        monkeypatch.setattr("holdspace.people.middleware.viewer_of", lambda _r, _c: viewer)
        client = Client(headers={"host": "localhost"})
        client.cookies[sessions.cookie_name()] = "somebody"
        return client

    return make


def dates(group: Group, **details: object) -> list[Meeting]:
    """The next introductory sessions of a new series."""
    series = a_series(group, introductory=True, **details)
    return list(Meeting.objects.filter(series=series).order_by("begins"))


def seated(group: Group, meeting: Meeting) -> tuple[Viewer, Visit]:
    """A visitor with a seat there."""
    viewer, visit = a_visit(group, meeting)
    assert actions.seat_visit(by=SYSTEM, visit=visit.pk) is not None
    return viewer, visit


def lead_of(group: Group) -> Viewer:
    staff = a_staff_account("facilitator")
    name_leader(by=SYSTEM, group=group, staff=staff)
    return viewer_for(staff)


def fill(group: Group, meeting: Meeting, leave: int = 0) -> None:
    """Members take the seats that are free."""
    free = meeting.seats - Seat.objects.filter(meeting=meeting).count() - leave
    for _ in range(free):
        actions.take_seat(by=a_member(group)[1], meeting=meeting)


def test_a_crowd_of_visitors_closes_nothing(group: Group):
    first, second, *_rest = dates(group, seats=8)
    nobody = Viewer(organisation=group.organisation_id)
    came = 0
    for _ in range(12):
        try:
            seated(group, first)
            came += 1
        except Refused:
            continue
    assert came == group.visitor_seats == 3
    assert may_visit(nobody, group)
    assert evenings_of(group, viewer=nobody)[0].meeting == second.pk
    fill(group, first)
    assert Seat.objects.filter(meeting=first, member__isnull=False).count() == 5
    assert Seat.objects.filter(meeting=first).count() == 8


def test_visitors_take_half_a_small_circle_at_most(group: Group):
    first = dates(group, seats=4)[0]
    for _ in range(2):
        seated(group, first)
    _viewer, third = a_visit(group, first)
    assert actions.seat_visit(by=SYSTEM, visit=third.pk) is None
    offered = evenings_of(group, viewer=Viewer(organisation=group.organisation_id))
    assert first.pk not in {one.meeting for one in offered}


def test_nobody_is_asked_to_an_evening_that_has_begun(group: Group):
    first, second, *_rest = dates(group)
    assert first.begins is not None
    with clock.at(first.begins + dt.timedelta(minutes=10)):
        offered = evenings_of(group, viewer=Viewer(organisation=group.organisation_id))
    assert offered[0].meeting == second.pk


def test_when_all_dates_are_taken_the_way_in_says_so(group: Group, client: Client):
    change_group(by=SYSTEM, group=group, visitor_seats=1)
    group.refresh_from_db()
    for meeting in dates(group):
        a_visit(group, meeting)
    shown = client.get(f"/groups/{group.code}/visit/").content.decode()
    assert "are taken on the dates ahead" in shown
    assert "Ask to come" not in shown


def test_who_has_no_seat_is_told_and_offered_another_date(group: Group, as_viewer: As):
    first, second, *_rest = dates(group, seats=6)
    viewer, visit = a_visit(group, first)
    fill(group, first)
    assert actions.seat_visit(by=SYSTEM, visit=visit.pk) is None
    browser = as_viewer(viewer)
    shown = browser.get("/visit/").content.decode()
    assert "There is no seat on this date" in shown
    assert "You are expected" not in shown
    assert "When and where" not in shown
    assert browser.post("/visit/another/", {}).status_code == 422
    assert browser.post("/visit/another/", {"meeting": first.pk}).status_code == 422
    assert browser.post("/visit/another/", {"meeting": second.pk}).status_code == 303
    tasks.seat_a_visit(group=group.id, visit=visit.pk)
    shown = browser.get("/visit/").content.decode()
    assert "You are expected" in shown
    assert "Tuesday 24 November" in shown
    page = browser.get("/visit/place/", follow=True).content.decode()
    assert PLACE.split(",")[0] in page


def test_another_date_frees_the_seat_at_the_first(group: Group):
    first, second, *_rest = dates(group)
    viewer, visit = seated(group, first)
    said = {"meeting": second.pk, "ends": second.ends, "evening": "Tuesday 24 November"}
    members.move_visit(by=viewer, visit=visit, **said)
    tasks.seat_a_visit(group=group.id, visit=visit.pk)
    assert [seat.meeting_id for seat in Seat.objects.filter(visit=visit)] == [second.pk]
    with pytest.raises(Refused):
        members.move_visit(by=a_visit(group, second)[0], visit=visit, **said)


def test_a_facilitator_cannot_say_yes_to_a_date_without_a_seat(group: Group, as_viewer: As):
    first = dates(group, seats=6)[0]
    fill(group, first)
    change_group(by=SYSTEM, group=group, way_in="approval", questions=["Why?"])
    group.refresh_from_db()
    _viewer, visit = a_visit(group, first)
    lead = lead_of(group)
    with pytest.raises(Refused):
        members.confirm_visit(by=lead, visit=visit)
    page = as_viewer(lead).get(f"/g/{group.code}/lead/visits/{visit.pk}/").content.decode()
    assert "no seat left on this date" in page
    assert "Yes, we expect them" not in page
    assert "Send these words" in page


def test_who_is_dropped_loses_seat_and_place_at_once(group: Group, as_viewer: As):
    first = dates(group)[0]
    viewer, visit = seated(group, first)
    browser = as_viewer(viewer)
    address = f"/g/{group.code}/meetings/{first.number}/"
    assert PLACE.split(",")[0] in browser.get(address).content.decode()
    members.decline_visit(by=lead_of(group), visit=visit, words="We are too many this time.")
    assert browser.get(address).status_code == 404
    assert "We are too many this time." in browser.get("/visit/").content.decode()
    tasks.seat_a_visit(group=group.id, visit=visit.pk)
    assert not Seat.objects.filter(visit=visit).exists()


def test_a_moved_or_cancelled_evening_says_so(group: Group, as_viewer: As):
    first = dates(group)[0]
    viewer, visit = seated(group, first)
    day = first.day + dt.timedelta(days=20)
    moved = actions.move_meeting(by=SYSTEM, meeting=first, day=day, at=dt.time(18))
    tasks.tell_its_visits(group=group.id, meeting=first.pk)
    visit.refresh_from_db()
    assert visit.ends == moved.ends
    assert "Monday 7 December, 18:00" in as_viewer(viewer).get("/visit/").content.decode()
    actions.cancel_meeting(by=SYSTEM, meeting=moved, words="")
    shown = as_viewer(viewer).get("/visit/").content.decode()
    assert "This date does not take place" in shown
    assert "When and where" not in shown
    assert date_of(visit, viewer=viewer).seat == "off"
