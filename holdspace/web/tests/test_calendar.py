"""My calendar: discreet unless I want otherwise, mine alone, and over when I say so."""

import datetime as dt
import json
import re

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar as Read

from holdspace.consent.actions import carry_on, intend_erasure
from holdspace.consent.bundle import told as in_words
from holdspace.consent.queries import everything_of
from holdspace.groups.actions import end_leadership, name_leader, publish_agreement
from holdspace.groups.tests.factories import a_group
from holdspace.kit import clock
from holdspace.ledger.acts import SYSTEM
from holdspace.meetings import actions
from holdspace.meetings.models import Meeting
from holdspace.meetings.tests.factories import (
    LINK,
    PLACE,
    SUNDAY,
    a_member,
    a_series,
    first_meeting,
    somebody,
)
from holdspace.members.actions import leave_group
from holdspace.members.tests.browser import nobody, signed_in
from holdspace.people.actions import still
from holdspace.people.models import CalendarKey
from holdspace.staff.actions import end_account
from holdspace.staff.tests.factories import a_client, a_coordinator

pytestmark = pytest.mark.django_db
ADDRESS = re.compile(r"http://[^/]+(/calendar/(?:group/)?[A-Za-z0-9_-]{43}\.ics)")
DISCREET = {"spans": "groups", "called": "plain"}
OPEN = {"spans": "groups", "called": "name", "place": "on", "link": "on"}
HIDDEN = ("Tuesday", "Circle", "Leith", "Canary", "meet.example", "Wren", "/g/", "URL")


@pytest.fixture(autouse=True)
def _sunday():
    with clock.at(SUNDAY):
        yield


def turned_on(browser, path="/me/calendar/", **chosen):
    """The address, as it is shown once."""
    assert browser.post(path, chosen or DISCREET).status_code == 303
    return ADDRESS.search(browser.get(path).content.decode())[1]


def asked(group, address, **headers):
    """What a program without any cookie is answered."""
    return nobody(group.organisation).get(address, headers=headers)


def events(response):
    assert response.status_code == 200, response.status_code
    return Read.from_ical(response.content).walk("VEVENT")


@pytest.fixture
def wren(group):
    """Somebody with a place in a group that meets, and their browser."""
    viewer, member = a_member(group, "Wren")
    a_series(group)
    return signed_in(group.organisation, viewer), viewer, member


def test_it_says_nothing_of_the_group_unless_that_is_wanted(group, wren):
    browser, _viewer, _member = wren
    response = asked(group, turned_on(browser))
    (event,) = events(response)
    assert (event["SUMMARY"], event["CLASS"]) == ("Appointment", "PRIVATE")
    assert "LOCATION" not in event
    assert "DESCRIPTION" not in event
    assert [word for word in HIDDEN if word in response.content.decode()] == []
    assert response["Cache-Control"] == "private, no-cache"
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies


def test_its_address_is_shown_once_and_nowhere_kept(group, wren):
    browser, _viewer, _member = wren
    address = turned_on(browser)
    again = browser.get("/me/calendar/").content.decode()
    assert ADDRESS.search(again) is None
    assert "It is on. Its address was shown once." in again
    token = address.rpartition("/")[2].removesuffix(".ics").encode()
    (row,) = CalendarKey.objects.values()
    assert not any(token in bytes(part) for part in row.values() if isinstance(part, bytes))


def test_place_and_link_only_where_they_were_chosen_and_there_is_a_seat(group, wren):
    browser, _viewer, member = wren
    address = turned_on(browser, **OPEN)
    (rule,) = events(asked(group, address))
    assert (rule["SUMMARY"], rule["LOCATION"]) == ("Tuesday Circle", "Leith, near the library")
    assert "CONFERENCE" not in rule
    actions.take_seat(by=member, meeting=first_meeting(Meeting.objects.first().series))
    found = events(asked(group, address))
    (seated,) = [one for one in found if "RECURRENCE-ID" in one]
    (rule,) = [one for one in found if "RRULE" in one]
    assert seated["LOCATION"] == PLACE
    assert seated["CONFERENCE"] == LINK
    assert seated["CONFERENCE"].params["FEATURE"] == ["AUDIO", "VIDEO"]
    assert LINK in seated["DESCRIPTION"]
    assert (rule["LOCATION"], "CONFERENCE" in rule) == ("Leith, near the library", False)


def test_without_a_yes_to_what_was_agreed_since_there_is_no_place(group, wren):
    browser, _viewer, member = wren
    address = turned_on(browser, **OPEN)
    actions.take_seat(by=member, meeting=Meeting.objects.order_by("begins").first())
    before = asked(group, address)
    publish_agreement(by=SYSTEM, group=group, clauses=["New."], limits="As before.", change="One.")
    after = asked(group, address, if_none_match=before["ETag"])
    assert PLACE.partition(",")[0].encode() in before.content
    assert after.status_code == 200
    assert not any(word.encode() in after.content for word in (PLACE.partition(",")[0], LINK))


def test_a_place_can_be_told_without_the_group(group, wren):
    browser, _viewer, member = wren
    address = turned_on(browser, spans="seats", called="own", own="Choir", place="on")
    assert events(asked(group, address)) == []
    meeting = Meeting.objects.order_by("begins").first()
    actions.take_seat(by=member, meeting=meeting)
    (event,) = events(asked(group, address))
    assert (event["SUMMARY"], event["LOCATION"]) == ("Choir", PLACE)
    assert event["DTSTART"].dt.astimezone(dt.UTC) == meeting.begins
    assert "CONFERENCE" not in event
    actions.cancel_meeting(by=SYSTEM, meeting=meeting)
    (event,) = events(asked(group, address))
    assert (event["STATUS"], event["SUMMARY"]) == ("CANCELLED", "Cancelled: Choir")
    assert "LOCATION" not in event or event["LOCATION"] == "Leith, near the library"


def test_what_is_wrong_is_said_and_nothing_is_turned_on(group, wren):
    browser, _viewer, _member = wren
    answer = browser.post("/me/calendar/", {"spans": "groups", "called": "own", "own": ""})
    assert answer.status_code == 422
    assert "Please write what it is to be called." in answer.content.decode()
    assert not CalendarKey.objects.exists()


def test_a_new_address_ends_the_old_one_and_can_be_compared_with_nothing(group, wren):
    browser, _viewer, _member = wren
    old = turned_on(browser)
    (before,) = events(asked(group, old))
    assert browser.post("/me/calendar/renew/").status_code == 303
    new = ADDRESS.search(browser.get("/me/calendar/").content.decode())[1]
    (after,) = events(asked(group, new))
    assert after["UID"] != before["UID"]
    assert asked(group, old).status_code == 404
    assert browser.post("/me/calendar/end/").status_code == 303
    never = asked(group, f"/calendar/{'A' * 43}.ics")
    for gone in (old, new):
        answer = asked(group, gone)
        assert answer.status_code == never.status_code == 404
        assert answer.content.replace(gone.encode(), b"") == never.content.replace(
            f"/calendar/{'A' * 43}.ics".encode(), b""
        )


def test_no_two_calendars_share_an_id_or_a_mark(group, wren):
    browser, _viewer, _member = wren
    other, _member = a_member(group, "Heron")
    mine, theirs = turned_on(browser), turned_on(signed_in(group.organisation, other))
    of_group = turned_on(browser, f"/g/{group.code}/meetings/calendar/", called="plain")
    answers = [asked(group, one) for one in (mine, theirs, of_group, "/calendar.ics")]
    assert len({str(events(one)[0]["UID"]) for one in answers}) == 4
    assert len({one["ETag"] for one in answers}) == 4


def test_leaving_a_group_takes_its_meetings_out_at_once(group, wren):
    browser, viewer, member = wren
    other = a_group("Thursday Circle")
    a_member(other, viewer=viewer)
    a_series(other)
    mine = turned_on(browser, **OPEN)
    of_group = turned_on(browser, f"/g/{group.code}/meetings/calendar/", called="name")
    assert {str(one["SUMMARY"]) for one in events(asked(group, mine))} == {
        "Tuesday Circle", "Thursday Circle",
    }  # fmt: skip
    mark = asked(group, mine)["ETag"]
    leave_group(by=member)
    (left,) = events(asked(group, mine, if_none_match=mark))
    assert left["SUMMARY"] == "Thursday Circle"
    assert asked(group, of_group).status_code == 404


def test_the_account_ends_it_and_so_does_stillness(group, wren):
    browser, viewer, _member = wren
    address = turned_on(browser)
    still(by=SYSTEM, account=viewer.holder.account)
    assert asked(group, address).status_code == 404
    still(by=SYSTEM, account=viewer.holder.account, on=False)
    assert asked(group, address).status_code == 200
    carry_on(intend_erasure(by=viewer, spread=False))
    assert asked(group, address).status_code == 404
    assert not CalendarKey.objects.exists()


def test_both_are_in_what_is_kept_about_me_without_their_address(group, wren):
    browser, viewer, _member = wren
    addresses = [
        turned_on(browser, spans="seats", called="own", own="Choir"),
        turned_on(browser, f"/g/{group.code}/meetings/calendar/", called="name"),
    ]
    told = json.dumps(everything_of(viewer=viewer))
    assert '"calendar_own": "Choir"' in told
    assert '"calendar_called": "name"' in told
    assert not any(one.rpartition("/")[2].removesuffix(".ics") in told for one in addresses)
    assert in_words("calendar_spans", "seats") == "those where you have a seat"


def test_unchanged_is_not_written_and_every_choice_is_a_change(group, wren, monkeypatch):
    browser, _viewer, member = wren
    address = turned_on(browser)
    first = asked(group, address)
    with monkeypatch.context() as patched:
        patched.setattr("holdspace.meetings.feeds.written", None)
        assert asked(group, address, if_none_match=first["ETag"]).status_code == 304
        actions.take_seat(by=member, meeting=Meeting.objects.order_by("begins").first())
        same = asked(group, address, if_none_match=first["ETag"])
        assert same.status_code == 304, "a discreet calendar does not tell that a seat was taken"
    assert browser.post("/me/calendar/", OPEN).status_code == 303
    changed = asked(group, address, if_none_match=first["ETag"])
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


@pytest.mark.parametrize(("spans", "each"), [("groups", 3), ("seats", 1)])
@pytest.mark.parametrize("groups", [1, 4])
def test_it_asks_a_number_of_questions_that_never_grows(group, groups, spans, each):
    viewer = somebody(group)
    for number in range(groups):
        one = a_group(f"Circle {number}")
        _viewer, member = a_member(one, viewer=viewer)
        a_series(one)
        meetings = Meeting.objects.filter(group=one).order_by("begins")
        actions.take_seat(by=member, meeting=meetings[0])
        actions.move_meeting(by=SYSTEM, meeting=meetings[1], day=meetings[1].day, at=dt.time(9))
    chosen = {**OPEN, "spans": spans}
    address = turned_on(signed_in(group.organisation, viewer), **chosen)
    asked(group, address)
    with (
        CaptureQueriesContext(connections["default"]) as content,
        CaptureQueriesContext(connections["keys"]) as keys,
    ):
        found = events(asked(group, address))
    assert len(found) == each * groups
    assert all(one["LOCATION"] for one in found)
    assert len(content) + len(keys) <= 10


def test_a_facilitators_own_says_how_to_lead_and_ends_with_the_part(group):
    a_coordinator()
    browser = a_client("facilitator")
    leads = name_leader(by=SYSTEM, group=group, staff=browser.staff)
    a_series(group)
    a_series(a_group("Not Mine"))
    address = turned_on(browser, called="plain", place="on", link="on")
    (event,) = events(asked(group, address))
    assert (event["SUMMARY"], event["LOCATION"]) == ("Appointment", PLACE)
    assert event["CONFERENCE"].params["FEATURE"] == ["AUDIO", "VIDEO", "MODERATOR"]
    assert "MODERATOR" not in asked(group, "/calendar.ics").content.decode()
    end_leadership(by=SYSTEM, leadership=leads)
    assert events(asked(group, address)) == []
    end_account(by=SYSTEM, staff=browser.staff)
    assert asked(group, address).status_code == 404


def test_one_address_of_a_group_for_each_member_with_no_place_and_no_link(group, wren):
    browser, _viewer, member = wren
    actions.take_seat(by=member, meeting=Meeting.objects.order_by("begins").first())
    page = f"/g/{group.code}/meetings/calendar/"
    address = turned_on(browser, page, called="name")
    response = asked(group, address)
    (event,) = events(response)
    assert event["SUMMARY"] == "Tuesday Circle"
    assert not any(word in response.content for word in (b"Canary", b"meet.example", b"MODERATOR"))
    assert browser.post(page, {"called": "plain"}).status_code == 303
    (event,) = events(asked(group, address))
    assert event["SUMMARY"] == "Appointment"
    assert browser.post(f"{page}renew/").status_code == 303
    assert asked(group, address).status_code == 404
    assert browser.post(f"{page}end/").status_code == 303
    assert "Turn it on" in browser.get(page).content.decode()


def test_many_new_addresses_in_a_week_are_too_many_and_the_last_one_goes_on(
    group, wren, monkeypatch
):
    monkeypatch.setattr("holdspace.web.calendars.A_WEEK", 2)
    browser, _viewer, _member = wren
    turned_on(browser)
    browser.post("/me/calendar/renew/")
    address = ADDRESS.search(browser.get("/me/calendar/").content.decode())[1]
    browser.post("/me/calendar/renew/")
    assert "Please come back next week." in browser.get("/me/calendar/").content.decode()
    assert asked(group, address).status_code == 200
    browser.post("/me/calendar/end/")
    assert asked(group, address).status_code == 404
