"""No group gets fuller than its ceiling, with real parallel connections on either database."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from holdspace.groups.tests.factories import a_group
from holdspace.members import actions
from holdspace.members.models import Member, Ring
from holdspace.members.tests.factories import a_person, joined
from holdspace.members.tests.racing import WHAT_MUST_COME_OF_IT, reach_for_places, together

PROGRAM = """
import django
django.setup()
from holdspace.members.tests.racing import main
main()
"""


@pytest.fixture
def house(organisation):
    if connection.vendor != "postgresql":
        pytest.skip("NOT RUN HERE: needs PostgreSQL; ./check runs it there")
    return organisation


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_on_postgresql(house):
    assert reach_for_places(house) == WHAT_MUST_COME_OF_IT


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_same_person_pressing_ten_times_at_once_on_postgresql(house):
    group, viewer = a_group(), a_person(house)
    fresh = type(group).objects
    told = together(house, [lambda: joined(viewer, fresh.get(id=group.id))] * 10)
    assert told == {"done": 10}
    assert Member.objects.count() == Ring.objects.get().taken == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_coming_going_and_answering_at_once_on_postgresql(house):
    """Joins, leaves, rests, turns and passes of one group at once: no deadlock, sums right."""
    group = a_group(ceiling=6)
    fresh = type(group).objects
    inside = [joined(a_person(house), group) for _ in range(6)]
    waiting = [a_person(house) for _ in range(6)]
    turns = [actions.wait(by=viewer, group=group) for viewer in waiting]
    runs = [lambda m=m: actions.leave_group(by=m) for m in inside[:3]]
    runs += [lambda m=m: actions.rest(by=m) for m in inside]
    runs += [
        lambda v=v, t=t: actions.leave_waiting(by=v, waiting=t)
        for v, t in zip(waiting[:3], turns[:3], strict=True)
    ]
    runs += [lambda v=v: joined(v, fresh.get(id=group.id)) for v in waiting]
    told = together(house, runs)
    assert set(told) <= {"done", "refused"}, told
    ring = Ring.objects.get()
    assert ring.taken == Member.objects.filter(standing__in=Member.CURRENT).count()
    assert ring.taken + ring.kept <= 6


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
    assert json.loads(told.stdout) == WHAT_MUST_COME_OF_IT
