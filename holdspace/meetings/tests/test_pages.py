"""The pages: who gets which, one touch for a seat, forms that keep what was typed."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from holdspace.groups.actions import name_leader, publish_agreement
from holdspace.groups.models import Group
from holdspace.kit import clock
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import SYSTEM
from holdspace.meetings import actions
from holdspace.meetings.models import Meeting, Seat, Series
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


PLAN = {
    "pattern": "weekly", "days": ["1"], "every_weeks": "2", "first_day": "2026-11-17",
    "at": "19:00", "minutes": "90", "zone": "Europe/London", "attendance": "in_person",
    "area": "Leith", "place": PLACE, "seats": "10", "month_day": "0",
}  # fmt: skip


def here(group: Group, rest: str = "") -> str:
    return f"/g/{group.code}/meetings/{rest}"


def test_one_touch_takes_a_seat_and_gives_it_up(group: Group, as_viewer: As):
    meeting = first_meeting(a_series(group))
    viewer, _member = a_member(group)
    client = as_viewer(viewer)
    page = client.get(here(group, "1/")).text
    assert "Take a seat" in page
    assert PLACE not in page
    assert LINK not in page
    for _press in range(2):
        answer = client.post(here(group, "1/take/"))
        assert (answer.status_code, answer.url) == (303, here(group, "1/#seat"))
    assert Seat.objects.filter(meeting=meeting).count() == 1
    page = client.get(here(group, "1/")).text
    assert PLACE in page
    assert f'href="{LINK}"' in page
    client.post(here(group, "1/give-up/"))
    assert PLACE not in client.get(here(group, "1/")).text


def test_each_meeting_says_when_confidence_ends_and_who_must_report(group: Group, as_viewer: As):
    meeting = first_meeting(a_series(group, introductory=True))
    reporters = "Ruth, as a registered nurse."
    said = {"clauses": ["We come sober."], "limits": "If a life is in danger.", "change": "Less."}
    publish_agreement(by=SYSTEM, group=group, reporters=reporters, **said)
    member, visitor = a_member(group)[0], a_visit(group, meeting)[0]
    for viewer in (member, visitor):
        page = as_viewer(viewer).get(here(group, "1/")).text
        assert "When confidence ends" in page
        assert page.index("If a life is in danger.") < page.index(reporters)
    colleague = a_staff_account("facilitator")
    name_leader(by=SYSTEM, group=group, staff=colleague)
    lead = viewer_for(colleague)
    page = as_viewer(lead).get(here(group, "1/")).text
    assert f'href="/work/groups/{group.code}/agreements/"' in page
    assert reporters in as_viewer(lead).get(f"/work/groups/{group.code}/agreements/").text


def test_titles_name_no_group_and_no_condition(group: Group, as_viewer: As):
    a_series(group)
    client = as_viewer(a_member(group)[0])
    for path in (here(group), here(group, "1/"), "/week/", "/zone/"):
        page = client.get(path).text
        title = page[page.index("<title>") : page.index("</title>")]
        assert group.name not in title


def test_outsiders_get_404_everywhere(group: Group, as_viewer: As):
    series = a_series(group)
    paths = ["", "1/", "plan/", "add/", "1/move/", "1/skip/", "1/cancel/",
             f"series/{series.pk}/change/", f"series/{series.pk}/end/"]  # fmt: skip
    for viewer in (Viewer(organisation=group.organisation_id), somebody(group)):
        client = as_viewer(viewer)
        assert {client.get(here(group, path)).status_code for path in paths} == {404}
        posts = ["1/take/", "1/give-up/", "1/restore/", *paths[2:]]
        assert {client.post(here(group, path)).status_code for path in posts} == {404}
    member = as_viewer(a_member(group)[0])
    assert {member.get(here(group, path)).status_code for path in paths[:2]} == {200}
    assert {member.get(here(group, path)).status_code for path in paths[2:]} == {404}
    assert member.post(here(group, "1/restore/")).status_code in {403, 404}
    assert Meeting.objects.count() == 9


def test_a_visitor_sees_the_evening(group: Group, as_viewer: As):
    a_series(group)
    evening = first_meeting(a_series(group, introductory=True))
    client = as_viewer(a_visit(group, evening)[0])
    assert client.get(here(group, "1/")).status_code == 404
    page = client.get(here(group, f"{evening.number}/")).text
    assert "You can come once and just listen" in page
    assert client.post(here(group, f"{evening.number}/take/")).status_code == 303
    assert PLACE in client.get(here(group, f"{evening.number}/")).text


def test_a_full_meeting_says_so(group: Group, as_viewer: As):
    meeting = first_meeting(a_series(group, seats=1))
    actions.take_seat(by=a_member(group)[1], meeting=meeting)
    client = as_viewer(a_member(group)[0])
    assert "All seats at this meeting are taken" in client.get(here(group, "1/")).text
    assert client.post(here(group, "1/take/")).status_code == 403


def test_a_series_is_planned_after_its_dates_were_shown(
    group: Group, as_viewer: As, coordinator_viewer: Viewer
):
    client = as_viewer(coordinator_viewer)
    assert client.get(here(group, "plan/")).status_code == 200
    shown = client.post(here(group, "plan/"), {**PLAN, "step": "show"}).text
    assert "Every second Tuesday, 19:00 to 20:30, London time" in shown
    assert "Tuesday 1 December, 19:00 to 20:30" in shown
    assert not Series.objects.exists()
    done = client.post(here(group, "plan/"), {**PLAN, "step": "plan"})
    assert (done.status_code, done.url) == (303, here(group))
    series = Series.objects.get()
    assert (series.rule, series.seats, series.place) == (
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", 10, PLACE,
    )  # fmt: skip
    page = client.get(here(group)).text
    assert "Every second Tuesday" in page
    assert f"/series/{series.pk}/change/" in page


def test_dates_are_shown_as_the_rhythm_is_chosen(
    group: Group, as_viewer: As, coordinator_viewer: Viewer
):
    client, path = as_viewer(coordinator_viewer), here(group, "plan/")
    half = {name: said for name, said in PLAN.items() if name not in {"area", "place"}}
    part = client.post(path, half, headers={"HX-Request": "true"})
    assert part.headers["Vary"].count("HX-Request") == 1
    assert "<html" not in part.text
    assert "Tuesday 1 December, 19:00 to 20:30" in part.text
    assert "Yes, plan it like this" not in part.text  # where it is has not been said
    whole = client.post(path, half).text
    assert "<html" in whole
    assert "Tuesday 1 December, 19:00 to 20:30" in whole
    ready = client.post(path, PLAN, headers={"HX-Request": "true"}).text
    assert "Yes, plan it like this" in ready
    wrong = client.post(path, {**PLAN, "at": "soon"}, headers={"HX-Request": "true"}).text
    assert "No dates can be shown yet" in wrong
    assert not Series.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"zone": "Europe/Atlantis"}, "no longer among the choices"),
        ({"at": "quarter past"}, "Enter a valid time"),
        ({"first_day": "someday"}, "Enter a valid date"),
        ({"last_day": "2026-01-01"}, "The last day is before the first one."),
        ({"last_day": "2027-01-01", "times": "4"}, "not both"),
        ({"pattern": "monthly"}, "Choose at least one."),
        ({"pattern": "chosen", "dates": "2026-12-01\nsoon"}, "“soon” as a date"),
        ({"pattern": "chosen", "dates": ""}, "Write at least one date."),
        ({"pauses": "Christmas"}, "“Christmas” as a pause"),
        ({"seats": "0"}, "greater than or equal to 1"),
        ({"area": ""}, "Say roughly where"),
        ({"link": "javascript:alert(1)"}, "not an address we can open"),
        ({"attendance": "telepathy"}, "no longer among the choices"),
    ],
)
def test_what_is_wrong_stands_beside_the_field_and_nothing_is_lost(
    group: Group, as_viewer: As, coordinator_viewer: Viewer, wrong: dict, said: str
):
    client = as_viewer(coordinator_viewer)
    answer = client.post(here(group, "plan/"), {**PLAN, **wrong, "step": "plan"})
    assert answer.status_code == 422
    assert said in answer.text
    assert PLACE in answer.text
    assert not Series.objects.exists()


def test_changing_and_ending_a_series(group: Group, as_viewer: As, coordinator_viewer: Viewer):
    series = a_series(group)
    client = as_viewer(coordinator_viewer)
    path = here(group, f"series/{series.pk}/change/")
    page = client.get(path).text
    assert 'value="2026-11-17"' in page
    assert PLACE in page
    answer = client.post(path, {**PLAN, "step": "plan", "words": "Every second week."})
    assert answer.status_code == 303
    changed = Series.objects.exclude(pk=series.pk).get()
    end = here(group, f"series/{changed.pk}/end/")
    assert client.get(end).status_code == 200
    assert client.post(end, {"day": "2026-11-16", "words": ""}).status_code == 303
    assert not Meeting.objects.exists()


def test_moving_skipping_cancelling_and_putting_back(
    group: Group, as_viewer: As, coordinator_viewer: Viewer
):
    a_series(group)
    client = as_viewer(coordinator_viewer)
    for act, typed in (
        ("1/move/", {"day": "2026-11-18", "at": "18:00", "words": "The hall is taken."}),
        ("2/skip/", {"words": ""}),
        ("3/cancel/", {"words": "Sam is ill."}),
    ):
        assert client.get(here(group, act)).status_code == 200
        assert client.post(here(group, act), typed).status_code == 303
    assert "It was planned for Tuesday 17 November. The hall is taken." in (
        client.get(here(group, "1/")).text
    )
    assert "Sam is ill." in client.get(here(group, "3/")).text
    assert client.get(here(group, "3/move/")).status_code == 403
    assert client.post(here(group, "3/restore/")).status_code == 303
    assert client.post(here(group, "1/move/"), {"day": "x", "at": "y"}).status_code == 422
    past = client.post(here(group, "1/move/"), {"day": "2020-01-01", "at": "18:00"})
    assert past.status_code == 403


def test_adding_one(group: Group, as_viewer: As, coordinator_viewer: Viewer):
    client = as_viewer(coordinator_viewer)
    assert client.get(here(group, "add/")).status_code == 200
    typed = {name: PLAN[name] for name in
             ("at", "minutes", "zone", "attendance", "area", "place", "seats")}  # fmt: skip
    answer = client.post(here(group, "add/"), {**typed, "day": "2026-11-20"})
    assert (answer.status_code, answer.url) == (303, here(group, "1/"))
    assert Meeting.objects.get().day == dt.date(2026, 11, 20)


def test_my_week_and_whose_clock(group: Group, as_viewer: As):
    viewer, member = a_member(group)
    client = as_viewer(viewer)
    assert "Nothing in the next seven days" in client.get("/week/").text
    actions.take_seat(by=member, meeting=first_meeting(a_series(group)))
    page = client.get("/week/").text
    assert "Tuesday 17 November" in page
    assert "You have a seat" in page
    assert "1 meeting in the next seven days, 1 hour and" not in page
    answer = client.post("/zone/", {"zone": "America/New_York", "back": "/week/"})
    assert (answer.status_code, answer.url) == (303, "/week/")
    page = client.get("/week/").text
    assert "14:00 to 15:30" in page
    assert "19:00, London time" in page
    away = client.post("/zone/", {"zone": "UTC", "back": "//elsewhere.example/"})
    assert away.url == "/"
    assert client.post("/zone/", {"zone": "Nowhere"}).status_code == 422


def test_my_week_is_for_who_is_signed_in(group: Group, as_viewer: As):
    answer = as_viewer(Viewer(organisation=group.organisation_id)).get("/week/")
    assert (answer.status_code, answer.url) == (303, "/sign-in/")


@pytest.mark.parametrize("others", [0, 6])
def test_pages_ask_few_questions(group: Group, as_viewer: As, others: int):
    meeting = first_meeting(a_series(group))
    viewer, member = a_member(group)
    actions.take_seat(by=member, meeting=meeting)
    for _one in range(others):
        actions.take_seat(by=a_member(group)[1], meeting=meeting)
    client = as_viewer(viewer)
    for path in (here(group), here(group, "1/"), "/week/"):
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        assert len(asked) <= 8, (path, [q["sql"] for q in asked])


def test_a_lost_series_is_not_there(group: Group, as_viewer: As, coordinator_viewer: Viewer):
    client = as_viewer(coordinator_viewer)
    assert client.get(here(group, "series/12345/change/")).status_code == 404
    assert client.get(here(group, "999999/")).status_code == 404
    assert client.get(here(group, "99999999999999999999999/")).status_code == 404
