"""A stolen copy ties nobody to a membership: each linker against a month, and against leaks.

Runs on the database that the tests run on, in files or databases of its own. The leaky month shows
that every one of these linkers would find what is there to find. How it is judged: decision 23.
"""

import itertools
import math
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection

from sweeps.linker.copies import MEMBER
from sweeps.linker.linkers import COMMON, OF_POSTGRESQL, OF_SQLITE
from sweeps.linker.living import lived, more_and_more
from sweeps.linker.trials import Stolen, most_by_chance, trial

pytestmark = [pytest.mark.process, pytest.mark.alone]
ON_POSTGRESQL = connection.vendor == "postgresql"
LINKERS = {**COMMON, **(OF_POSTGRESQL if ON_POSTGRESQL else OF_SQLITE)}
MONTHS = 3
# Chance alone fails a run on one database once in 2,000, on both once in 1,000: decision 23.
CASES = ("one_copy", "two_copies", "today")
ALARM = 1 / 2_000 / (len(CASES) * len(LINKERS))


def live_a_month(folder: Path, *extra: str) -> Stolen:
    """A month that never was before, and the copies."""
    return Stolen.from_folder(lived("sweeps.linker.month", folder, *extra))


@pytest.fixture(scope="module")
def months(tmp_path_factory):
    return [live_a_month(tmp_path_factory.mktemp("month")) for _month in range(MONTHS)]


@pytest.fixture(scope="module")
def leaky(tmp_path_factory):
    return more_and_more(lambda: live_a_month(tmp_path_factory.mktemp("leaky"), "--leaky"))


def test_the_months_are_as_large_as_promised_and_not_the_same(months):
    for month in months:
        assert len({entry["person"] for entry in month.truth}) == 200
        assert len(month.truth) >= 550
        assert sum(1 for _ in month.two_copies()) >= 15
        new = len(month.second.rows(MEMBER)) - len(month.first.rows(MEMBER))
        assert new >= 30
    days = [Counter(str(entry["day"]) for entry in month.truth) for month in months]
    assert len({tuple(sorted(one.items())) for one in days}) == MONTHS


@pytest.mark.parametrize("expected", [0.5, 1.3, 4.0, 24.0, 72.0])
def test_the_bound_is_one_and_not_a_wide_one(expected):
    """Against the exact tail of a Poisson count: rarer than said, and never by much."""
    most = math.ceil(most_by_chance(expected, ALARM))
    assert _poisson_tail(most, expected) <= ALARM
    assert _poisson_tail(most - max(3, most // 8), expected) > ALARM


def _poisson_tail(least: int, mean: float) -> float:
    below = (math.exp(n * math.log(mean) - mean - math.lgamma(n + 1)) for n in range(least))
    return 1.0 - sum(below)


@pytest.mark.parametrize("name", LINKERS)
def test_no_linker_does_better_than_guessing(months, name, capsys):
    """All months pooled, judged once, with one copy, with two, and on the day of the theft."""
    results = found(months, name, capsys)
    assert not any(result.beats_guessing(ALARM) for result in results), [str(r) for r in results]


@pytest.mark.parametrize("name", LINKERS)
def test_every_linker_finds_a_leak(leaky, name, capsys):
    """By the same measure. Those to which a month gives few joins get more."""
    results = []
    for months in leaky():
        results = found(months, name, capsys)
        if any(result.beats_guessing(ALARM) for result in results):
            return
    pytest.fail(str([str(result) for result in results]))


def found(months, name, capsys):
    """What a linker finds in all these months together: with one copy, with two, of its day."""
    results = [
        trial(itertools.chain(*(getattr(month, case)() for month in months)), LINKERS[name])
        for case in CASES
    ]
    with capsys.disabled():
        said = "; ".join(f"{case} {result}" for case, result in zip(CASES, results, strict=True))
        print(f"\n  {name}: {said}", end="")
    return results
