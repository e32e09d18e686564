"""The first page of those who work here: the operator's installation, the coordinator's board."""

import datetime as dt

import pytest

from holdspace.groups.tests.factories import a_group
from holdspace.kit import clock
from holdspace.ledger.actions import note_backup, note_rehearsal
from holdspace.ledger.acts import SYSTEM
from holdspace.staff.tests.factories import a_client

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
