"""A stolen copy ties nobody to a membership: each linker against a month, and against leaks.

House.md, "The linker test". Runs on the database that the tests run on, in files or databases of
its own. The leaky month shows that every one of these linkers would find what is there to find.
"""

import itertools
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from sweeps.linker.linkers import COMMON, OF_POSTGRESQL, OF_SQLITE
from sweeps.linker.trials import Stolen, trial

ON_POSTGRESQL = connection.vendor == "postgresql"
LINKERS = {**COMMON, **(OF_POSTGRESQL if ON_POSTGRESQL else OF_SQLITE)}
LIMIT = 3  # standard errors


def live_a_month(folder: Path, *extra: str) -> Stolen:
    """Run the month in a process and databases of its own, and read the stolen copies."""
    env = {**os.environ, "HOLDSPACE_DATA": str(folder / "var"), "HOLDSPACE_DEMONSTRATION": ""}
    with scratch_databases() as urls:
        done = subprocess.run(
            [sys.executable, "-m", "sweeps.linker.month", str(folder), *extra],
            cwd=settings.ROOT,
            env={**env, **urls},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr[-2000:]
    return Stolen.from_folder(folder)


def scratch_databases():
    from holdspace.ledger.rehearsal import empty_databases

    return empty_databases()


@pytest.fixture(scope="module")
def month(tmp_path_factory):
    return live_a_month(tmp_path_factory.mktemp("month"))


@pytest.fixture(scope="module")
def another_month(tmp_path_factory):
    return live_a_month(tmp_path_factory.mktemp("another"))


@pytest.fixture(scope="module")
def another_leaky(tmp_path_factory):
    return live_a_month(tmp_path_factory.mktemp("another-leaky"), "--leaky")


@pytest.fixture(scope="module")
def leaky(tmp_path_factory):
    return live_a_month(tmp_path_factory.mktemp("leaky"), "--leaky")


def test_the_month_is_as_large_as_promised(month):
    assert len({entry["person"] for entry in month.truth}) == 200
    assert len(month.truth) >= 550
    assert sum(1 for _ in month.two_copies()) >= 15
    assert len(month.second.rows("members_member")) - len(month.first.rows("members_member")) >= 30


@pytest.mark.parametrize("name", LINKERS)
def test_no_linker_does_better_than_guessing(month, name, capsys, request):
    """Chance alone exceeds three standard errors once in many runs; but not in two months."""
    if not holds(month, name, capsys):
        assert holds(request.getfixturevalue("another_month"), name, capsys)


def holds(stolen, name, capsys):
    """Whether a linker does no better than guessing, with one copy and with two."""
    results = [trial(stolen.one_copy(), LINKERS[name]), trial(stolen.two_copies(), LINKERS[name])]
    with capsys.disabled():
        print(f"\n  {name}: one copy {results[0]}; two copies {results[1]}", end="")
    return all(
        result.hits - result.expected <= LIMIT * max(result.error, 1.0) for result in results
    )


@pytest.mark.parametrize("name", LINKERS)
def test_every_linker_finds_a_leak(leaky, name, capsys, request):
    """Those that find little at once (few joins lie between the copies) get a second month."""
    results = found([leaky], name, capsys)
    if max(result.errors_off for result in results) <= LIMIT:
        results = found([leaky, request.getfixturevalue("another_leaky")], name, capsys)
    assert max(result.errors_off for result in results) > LIMIT, [str(r) for r in results]


def found(months, name, capsys):
    """What a linker finds in leaky months, with one copy and with two."""
    results = [
        trial(itertools.chain(*(month.one_copy() for month in months)), LINKERS[name]),
        trial(itertools.chain(*(month.two_copies() for month in months)), LINKERS[name]),
    ]
    with capsys.disabled():
        print(f"\n  {name}, leaky: one copy {results[0]}; two copies {results[1]}", end="")
    return results
