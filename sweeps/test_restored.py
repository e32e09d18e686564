"""A week-old backup put back after erasures: nothing of them is readable, and the counts are true.

And the day that people are told (N37): from then on no root key that is left opens a key copy
of before. On the database that the tests run on, in databases of its own.
"""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

from holdspace.ledger.rehearsal import empty_databases
from sweeps.restored.weeks import GOES, STAYS

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    place = tmp_path_factory.mktemp("weeks")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("HOLDSPACE_", "DJANGO_"))}
    with empty_databases() as urls:
        env = {**kept, **urls, "HOLDSPACE_DATA": str(place / "var")}
        commands = (["-W", "ignore", "manage", "prepare"],
                    ["-m", "sweeps.restored.weeks", str(place / "backups")])  # fmt: skip
        for words in commands:
            done = subprocess.run(
                [sys.executable, *words],
                cwd=settings.ROOT,
                env=env,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def test_before_it_was_all_readable(found):
    assert found["before"].count(GOES) >= 6
    assert found["before"].count(STAYS) >= 6


@pytest.mark.parametrize("when", ["restored", "cleared"])
def test_nothing_of_who_was_erased_is_readable(found, when):
    assert GOES not in found[when]
    assert STAYS in found[when]


def test_the_rows_are_gone_and_the_line_moved_up_in_order(found):
    counted = found["counted"]
    assert counted["rows"] == {
        "Application": 1,
        "Delivery": 0,
        "Member": 2,
        "Person": 6,
        "Return": 1,
        "Visit": 0,
    }
    assert (counted["taken"], counted["kept"]) == (2, 1)
    assert counted["line"] == [[2, "offered"], [4, "waiting"]]
    assert found["broken"] == 0


def test_what_people_are_told_is_true_to_the_day(found):
    assert found["promised"] == "2026-12-14"
    openable = found["openable"]
    assert openable["2026-11-30"] > 0  # four weeks are kept: it is no sooner than it has to be
    assert [day for day, keys in openable.items() if day >= found["promised"] and keys] == []
    assert all(day >= "20261116" for day in found["key copies"])
