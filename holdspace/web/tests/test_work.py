"""The first page of those who work here: the operator's installation, the coordinator's board."""

import datetime as dt
import re

import pytest

from holdspace.care.actions import confirm_line
from holdspace.care.queries import line_alarms, lines_kept
from holdspace.groups.tests.factories import a_group
from holdspace.kit import clock
from holdspace.ledger.actions import note_backup, note_rehearsal
from holdspace.ledger.acts import SYSTEM
from holdspace.members.actions import leave_group, leave_waiting, wait
from holdspace.members.queries import turn_in
from holdspace.members.tests.factories import a_member, a_person, joined
from holdspace.organisations.actions import open_demonstration
from holdspace.people.actions import begin_session
from holdspace.people.sessions import cookie_name
from holdspace.staff.tests.factories import a_client, viewer_for

pytestmark = pytest.mark.django_db


def test_an_operator_sees_how_the_installation_stands_and_no_group(group):
    shown = a_client("operator").get("/work/").content.decode()
    assert "This installation" in shown
    assert "None yet" in shown
    assert "./manage backup" in shown
    assert group.name not in shown


def test_an_old_backup_and_an_old_rehearsal_are_said(organisation):
    long_ago = clock.now() - dt.timedelta(days=120)
    with clock.at(long_ago):
        note_backup(by=SYSTEM, content="a", keys="b")
        note_rehearsal(by=SYSTEM, content="a", keys="b")
    operator = a_client("operator")
    shown = operator.get("/work/").content.decode()
    assert "More than two days ago" in shown
    assert "More than three months ago" in shown
    note_backup(by=SYSTEM, content="c", keys="d")
    assert "More than two days ago" not in operator.get("/work/").content.decode()


def test_what_needs_somebody_stands_first_on_the_board(organisation, coordinator_client):
    a_group(name="Aspen")
    first, second = a_group(name="Birch"), a_group(name="Cedar")
    shown = coordinator_client.get("/work/").content.decode()
    places = [shown.index(name) for name in ("Aspen", first.name, second.name)]
    assert places == sorted(places)
    assert "This installation" not in shown


def _in_days(days):
    return clock.at(clock.now() + dt.timedelta(days=days))


def _work(client):
    """The page after signing in on this day."""
    cookie, _session = begin_session(by=SYSTEM, account=client.staff.account, stay=False)
    client.cookies[cookie_name()] = cookie
    return client.get("/work/").content.decode()


def _board(client):
    shown = _work(client)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", shown[shown.index("<main") :]))


def test_the_board_shows_how_long_the_first_has_waited(organisation, coordinator_client):
    open_demonstration(by=SYSTEM, organisation=organisation)
    group = a_group("Aspen", ceiling=2)
    a_group("Birch")
    _viewer, member = a_member(organisation, group)
    a_member(organisation, group)
    first, last = a_person(organisation), a_person(organisation)
    wait(by=first, group=group)
    with _in_days(9):
        wait(by=last, group=group)
        assert "Longest wait 9 days" in _board(coordinator_client)
        assert "Longest wait nobody waits" in _board(coordinator_client)
    with _in_days(37):
        assert "Longest wait 5 weeks" in _board(coordinator_client)
        leave_group(by=member)  # the first is offered the place and takes it
        joined(first, group)
        assert "Longest wait 4 weeks" in _board(coordinator_client)
    with _in_days(37):
        leave_waiting(by=last, waiting=turn_in(group, viewer=last))
        assert "weeks" not in _board(coordinator_client)


def test_lines_of_help_that_need_a_look_alarm_where_staff_begin_their_day(
    organisation, coordinator_client, facilitator_client
):
    coordinator = viewer_for(coordinator_client.staff)
    every, never = (len(f("GB", viewer=coordinator)) for f in (lines_kept, line_alarms))
    assert f"{never} were never phoned by you." in _board(coordinator_client)
    for one in line_alarms("GB", viewer=coordinator):
        code, today = one.line.code, clock.today()
        confirm_line(by=coordinator, country="GB", code=code, phoned_on=today)
    assert "need a look" not in _board(coordinator_client)
    with _in_days(370):
        board = _board(coordinator_client)
        assert f"{every} were last checked more than a year ago." in board
        assert "two years" not in board
        assert 'href="/work/help/"' in _work(coordinator_client)
    with _in_days(740):
        assert "were last checked more than two years ago." in _board(coordinator_client)
        assert 'class="notice alert"' in _work(coordinator_client)
        assert "need a look" not in _board(facilitator_client)  # whose duty it is not
