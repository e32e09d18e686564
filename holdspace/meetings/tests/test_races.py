"""No meeting gets fuller than its seats, with real parallel connections on either database."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from holdspace.meetings.models import Seat
from holdspace.meetings.tests.racing import RUNNERS, leave_while_taking, race, runners

SEATS = 12
PROGRAM = """
import django
django.setup()
from holdspace.meetings.tests.racing import main
main()
"""


def need_postgres() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("NOT RUN HERE: needs PostgreSQL; ./check runs it there")


@pytest.fixture
def crowd(organisation):
    from holdspace.ledger.acts import SYSTEM
    from holdspace.organisations.actions import open_demonstration

    need_postgres()
    open_demonstration(by=SYSTEM, organisation=organisation)
    return runners(SEATS)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_on_postgresql(crowd):
    meeting, members = crowd
    assert race(meeting, members) == {"seat": SEATS, "full": RUNNERS - SEATS}
    assert Seat.objects.filter(meeting=meeting).count() == SEATS


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_same_person_pressing_five_times_at_once_on_postgresql(crowd):
    meeting, members = crowd
    assert race(meeting, members[:10], presses=5) == {"seat": 50}
    assert Seat.objects.filter(meeting=meeting).count() == 10


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_who_leaves_while_taking_a_seat_keeps_none_on_postgresql(organisation):
    from holdspace.ledger.acts import SYSTEM
    from holdspace.organisations.actions import open_demonstration

    need_postgres()
    open_demonstration(by=SYSTEM, organisation=organisation)
    meeting, members = runners(seats=60)
    told = leave_while_taking(meeting, members[:20])
    assert set(told) <= {"done", "refused"}, told
    assert told["done"] >= 20
    assert not Seat.objects.filter(meeting=meeting).exists()


@pytest.mark.process
def test_fifty_at_once_on_a_sqlite_file(tmp_path: Path):
    for folder in ("content", "keys"):
        (tmp_path / folder).mkdir()
    told = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=settings.ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "HOLDSPACE_DATA": str(tmp_path),
            "HOLDSPACE_TESTING": "1",
        },
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert told.returncode == 0, told.stderr[-2000:]
    assert json.loads(told.stdout) == {"seat": SEATS, "full": RUNNERS - SEATS, "rows": SEATS}
