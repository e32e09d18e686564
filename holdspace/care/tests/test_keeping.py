"""A coordinator phones lines, puts them right, adds some and takes dead ones down."""

import datetime as dt

import pytest
from django.test import Client

from holdspace.care.actions import confirm_line, keep_line, withdraw_line
from holdspace.care.forms import LineForm
from holdspace.care.models import HelpLine
from holdspace.care.queries import are_confirmed, help_in, line_alarms, lines_kept, universal_lines
from holdspace.care.records import Refused as RecordRefused
from holdspace.care.shelf import written
from holdspace.kit import clock, guard, scope
from holdspace.kit.viewer import StaffPass, Viewer
from holdspace.ledger.acts import SYSTEM, outside_act
from holdspace.ledger.chain import verify
from holdspace.ledger.models import Line as LedgerLine
from holdspace.people import sessions
from holdspace.people.actions.signing import begin_session
from holdspace.people.actions.staff import begin_staff_hashed
from holdspace.staff.actions import take_on
from holdspace.staff.tests.factories import a_client

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 11, 20)
NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
ANSWERS = {
    "name": "Harbour Line",
    "kind": "universal",
    "method": "call",
    "shown": "0800 123 456",
    "hours": "mon-fri 18:00-22:00",
    "cost": "free",
    "languages": "en, cy",
    "phoned_on": "2026-11-20",
    "as_written": "on",
}


@pytest.fixture(autouse=True)
def _today():
    with clock.at(NOW):
        yield


@pytest.fixture
def coordinator(coordinator_viewer):
    return coordinator_viewer


def names(viewer):
    return [line.name for line in help_in("GB", viewer=viewer).lines]


def test_a_phoned_line_says_who_phoned_it_and_when(organisation, coordinator):
    confirm_line(by=coordinator, country="GB", code="samaritans", phoned_on=DAY)
    text = Client().get("/help/").content.decode()
    assert "We phoned this line on 20 November 2026." in text
    kept = {k.line.code: k for k in lines_kept("GB", viewer=coordinator)}
    assert kept["samaritans"].checked_by == coordinator.staff.account
    assert kept["samaritans"].alarm == ""
    assert kept["shout"].alarm == "never"
    assert LedgerLine.objects.filter(kind="care.line_confirmed").count() == 1
    assert list(verify(organisation.scope)) == []


def test_nobody_phones_an_emergency_number_to_try_it(organisation, coordinator):
    with pytest.raises(RecordRefused):
        confirm_line(by=coordinator, country="GB", code="emergency", phoned_on=DAY)


def test_only_coordinators_keep_lines(organisation):
    for viewer in (
        Viewer(organisation=organisation.id),
        Viewer(organisation=organisation.id, staff=StaffPass(7, frozenset({"facilitator"}))),
    ):
        with pytest.raises(guard.Refused):
            confirm_line(by=viewer, country="GB", code="samaritans", phoned_on=DAY)
        with pytest.raises(guard.Unseen):
            line_alarms("GB", viewer=viewer)
        with pytest.raises(guard.Refused):
            withdraw_line(by=viewer, country="GB", code="samaritans", why="silent")


def test_a_line_of_our_own_is_shown_with_its_hours(organisation, coordinator):
    form = LineForm(ANSWERS, country="GB", zone="Europe/London")
    assert form.is_valid(), form.errors
    keep_line(by=coordinator, country="GB", record=form.record, checked_on=DAY, phoned=True)
    text = Client().get("/help/").content.decode()
    assert 'href="tel:0800123456"' in text
    assert "Closed now. Opens Monday at 18:00, their time" in text  # it is a Sunday
    assert "Harbour Line" in [x.name for x in universal_lines("GB", viewer=coordinator)]


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("shown", "+44 800 123 456"),
        ("shown", "call us"),
        ("hours", "24/7"),
        ("phoned_on", "2026-11-23"),
        ("as_written", ""),
        ("kind", "regional and so on"),
    ],
)
def test_what_cannot_be_shown_is_said_in_the_form(organisation, field, wrong):
    form = LineForm({**ANSWERS, field: wrong}, country="GB", zone="Europe/London")
    assert not form.is_valid()


def test_a_dead_line_is_taken_down_and_comes_back_when_phoned(organisation, coordinator):
    withdraw_line(by=coordinator, country="GB", code="shout", why="silent")
    assert "Shout" not in names(coordinator)
    with pytest.raises(ValueError, match="bored"):
        withdraw_line(by=coordinator, country="GB", code="shout", why="bored")
    with pytest.raises(guard.Unseen):
        withdraw_line(by=coordinator, country="GB", code="nothing", why="silent")
    confirm_line(by=coordinator, country="GB", code="shout", phoned_on=DAY)
    assert "Shout" in names(coordinator)


def test_what_one_organisation_keeps_no_other_sees(organisation, coordinator):
    from holdspace.organisations.tests.factories import an_organisation

    withdraw_line(by=coordinator, country="GB", code="shout", why="silent")
    other = an_organisation()
    with scope.entered(other.id):
        assert "Shout" in names(Viewer(organisation=other.id))


def test_the_opening_gate_wants_every_universal_line_phoned_within_a_year(
    organisation, coordinator
):
    here = Viewer(organisation=organisation.id)
    assert not are_confirmed("GB", viewer=here)
    confirm_line(by=coordinator, country="GB", code="samaritans", phoned_on=DAY)
    assert not are_confirmed("GB", viewer=here)
    confirm_line(by=coordinator, country="GB", code="shout", phoned_on=DAY)
    assert are_confirmed("GB", viewer=here)
    with clock.at(dt.datetime(2027, 11, 21, tzinfo=dt.UTC)):
        assert not are_confirmed("GB", viewer=here)
        assert {"samaritans": "aged", "shout": "aged"}.items() <= {
            k.line.code: k.alarm for k in line_alarms("GB", viewer=coordinator)
        }.items()
        assert "This was checked more than a year ago." in Client().get("/help/").content.decode()


def test_the_whole_way_through_the_pages(organisation):
    account, _totp, _name = begin_staff_hashed(by=SYSTEM, name="ines", hashed="none")
    said = {"name": "Ines Marsh", "shown_as": "Ines", "roles": ["coordinator"]}
    take_on(by=SYSTEM, organisation=organisation.id, account=account, **said)
    client = Client()
    client.cookies[sessions.cookie_name()] = begin_session(by=SYSTEM, account=account, stay=False)[
        0
    ]
    text = client.get("/work/help/").content.decode()
    assert "Never phoned by us" in text
    assert client.get("/work/help/nothing/").status_code == 404
    assert "When you phone" in client.get("/work/help/samaritans/").content.decode()
    assert "Nobody phones" in client.get("/work/help/emergency/").content.decode()
    told = client.post("/work/help/samaritans/", {"phoned_on": "2026-11-20"})
    assert told.status_code == 422
    done = client.post("/work/help/samaritans/", {"phoned_on": "2026-11-20", "as_written": "on"})
    assert (done.status_code, done["Location"]) == (303, "/work/help/")
    assert client.get("/work/help/shout/change/").status_code == 200
    assert client.post("/work/help/add/", {**ANSWERS, "shown": "help"}).status_code == 422
    assert client.post("/work/help/add/", ANSWERS).status_code == 303
    assert client.post("/work/help/shout/withdraw", {}).status_code == 422
    assert client.post("/work/help/shout/withdraw", {"why": "silent"}).status_code == 303
    text = Client().get("/help/").content.decode()
    assert "Harbour Line" in text
    assert "Shout" not in text
    for path in ("/work/help/", "/work/help/add/", "/work/help/samaritans/"):
        assert Client().get(path).status_code in {302, 303, 403, 404}


@pytest.mark.parametrize("name", ["Emergency", "emergency", "Samaritans", "Add"])
def test_a_new_line_displaces_none_that_is_there(coordinator_client, coordinator, name):
    sent = {**ANSWERS, "name": name}
    told = coordinator_client.post("/work/help/add/", sent)
    assert told.status_code == 422
    assert "There is a line of this name." in told.content.decode()
    record = LineForm(sent, country="GB", zone="Europe/London")
    assert record.is_valid()
    if record.record["code"] == "emergency":
        with pytest.raises(RecordRefused):
            keep_line(
                by=coordinator, country="GB", record=record.record, checked_on=DAY, phoned=True
            )
    assert 'href="tel:999"' in Client().get("/help/").content.decode()


def test_nobody_takes_down_an_emergency_number(coordinator_client, coordinator):
    with pytest.raises(RecordRefused):
        withdraw_line(by=coordinator, country="GB", code="emergency", why="silent")
    told = coordinator_client.post("/work/help/emergency/withdraw", {"why": "silent"})
    assert told.status_code == 404
    assert 'href="tel:999"' in Client().get("/help/").content.decode()


@pytest.mark.parametrize(
    ("field", "wrong", "said"),
    [
        ("shown", "+44 800 123 456", "as people dial it inside the country"),
        ("hours", "24/7", "hours like mon-fri 09:00-18:00"),
        ("languages", "english", "as its code"),
        ("where", "Leeds", "You named a part of the country."),
        ("kind", "regional", "which part of the country"),
        ("word", "HELLO", "Only a text message begins with a word."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(
    coordinator_client, field, wrong, said
):
    told = coordinator_client.post("/work/help/add/", {**ANSWERS, field: wrong})
    assert told.status_code == 422
    text = told.content.decode()
    assert text.count(said) == 2, "in the summary, and beside the field"
    assert 'value="Harbour Line"' in text


def test_the_page_says_who_phoned_and_the_board_what_has_aged(
    organisation, coordinator_client, coordinator
):
    board = coordinator_client.get("/work/").content.decode()
    assert "4 lines of help need a look." in board
    for code in ("samaritans", "shout", "lifeline-ni", "nhs-111"):
        path = f"/work/help/{code}/"
        sent = {"phoned_on": "2026-11-20", "as_written": "on"}
        assert coordinator_client.post(path, sent).status_code == 303, code
    shown = coordinator_client.get("/work/help/").content.decode()
    assert shown.count(f"{coordinator_client.staff.name} phoned it on 20 November 2026.") == 4
    assert "need a look" not in coordinator_client.get("/work/").content.decode()
    with clock.at(dt.datetime(2027, 11, 21, tzinfo=dt.UTC)):
        client = a_client("coordinator")
        assert "of help need a look." in client.get("/work/").content.decode()
        assert "Checked more than a year ago" in client.get("/work/help/").content.decode()


def test_when_our_files_change_the_page_says_both(coordinator_client, organisation):
    changed = written("GB", "samaritans")
    record = {**{k: v for k, v in changed.items() if k != "source"}}
    way = {**record["way"][0], "dial": "116124", "shown": "116 124", "target": "tel:116124"}
    with outside_act("an older file"):
        HelpLine.objects.create(
            organisation_id=organisation.id, country="GB", code="samaritans", checked_on=DAY,
            record={**record, "way": [way]}, checked_by=0, phoned=True,
        )  # fmt: skip
    shown = coordinator_client.get("/work/help/samaritans/").content.decode()
    assert "Our files say something else now" in shown
    assert shown.index('href="tel:116124"') < shown.index("Call 116 123")
    assert "116 123" not in Client().get("/help/").content.decode().split("Shout")[0]
