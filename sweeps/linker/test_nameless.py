"""A stolen copy ties no unsigned post to its writer, nor two of one writer to each other.

As in `test_linkers`: each attacker against a month of conversation, and against a leaky one.
"""

import datetime as dt
import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from holdspace.threads.unsigned import SPREAD
from sweeps.linker import nameless
from sweeps.linker.copies import Copy
from sweeps.linker.living import lived, more_and_more
from sweeps.linker.nameless import POST, Case, Linker
from sweeps.linker.trials import Guessed, copies_in, tally

pytestmark = [pytest.mark.process, pytest.mark.alone]
ON_POSTGRESQL = connection.vendor == "postgresql"
WRITERS = {
    **nameless.WRITERS,
    **(nameless.WRITERS_POSTGRESQL if ON_POSTGRESQL else nameless.WRITERS_SQLITE),
}
PAIRS = {**nameless.PAIRS, **(nameless.PAIRS_POSTGRESQL if ON_POSTGRESQL else {})}
MONTHS = 2
CASES = ("one_copy", "two_copies", "today")
ALARM = 1 / 2_000 / (len(CASES) * len(WRITERS) + len(PAIRS))  # as in decision 23


@dataclass
class Talked:
    """Both copies of a month of conversation, and the truth."""

    first: Copy
    second: Copy
    posts: list[dict[str, Any]]
    active: dict[str, list[int]]
    went: dict[str, str]

    @classmethod
    def from_folder(cls, folder: Path) -> "Talked":
        return cls(*copies_in(folder), **json.loads((folder / "truth.json").read_text()))

    def one_copy(self) -> Iterator[tuple[Case, set[int]]]:
        """Every unsigned post, with the members who came to its group on its day.

        Words that are here are not of somebody all of whose words have gone: that is no secret.
        """
        rows = nameless.posts_of(self.second)
        for said in self.posts:
            came = self.active[f"{said['group']}|{said['day']}"]
            post = rows[said["post"]]
            if post["state"] == "here":
                came = [one for one in came if not self._has_faded(one)]
            yield Case(self.second, post, tuple(came)), {said["member"]}

    def _has_faded(self, member: int) -> bool:
        """Whether they went so long ago that none of their words is left."""
        last = dt.date.fromisoformat(max(said["day"] for said in self.posts))
        went = self.went.get(str(member))
        return went is not None and dt.date.fromisoformat(went) + SPREAD < last

    def today(self) -> Iterator[tuple[Case, set[int]]]:
        """Those of the day of the theft."""
        last = max(said["day"] for said in self.posts)
        return ((c, right) for c, right in self.one_copy() if str(c.post["day"])[:10] == last)

    def two_copies(self) -> Iterator[tuple[Case, set[int]]]:
        """Those new in the second copy, with those of whom a row is new or changed since."""
        before, changed = nameless.posts_of(self.first), self._changed()
        for case, right in self.one_copy():
            case.among = tuple(one for one in case.among if one in changed)
            if case.post["id"] not in before and right <= set(case.among):
                yield case, right

    def _changed(self) -> set[int]:
        return {
            row["member_id"]
            for table in nameless.NAMING
            for row in self.second.rows(table)
            if row not in self.first.rows(table)
        }

    def pairs(self) -> Iterator[tuple[Case, set[int]]]:
        """Half of the posts, by chance; with the others of their groups, alike here or gone."""
        rows = nameless.posts_of(self.second)
        writer = {said["post"]: said["member"] for said in self.posts}
        group = {said["post"]: said["group"] for said in self.posts}
        for asked in (one for one in writer if one % 2):
            among = tuple(
                one
                for one in writer
                if one % 2 == 0
                and group[one] == group[asked]
                and (rows[one]["state"] == "here") == (rows[asked]["state"] == "here")
            )
            right = {one for one in among if writer[one] == writer[asked]}
            if right and right != set(among):
                yield Case(self.second, rows[asked], among), right


@pytest.fixture(scope="module")
def months(tmp_path_factory):
    return [live_a_month(tmp_path_factory.mktemp("talked")) for _month in range(MONTHS)]


@pytest.fixture(scope="module")
def leaky(tmp_path_factory):
    return more_and_more(lambda: live_a_month(tmp_path_factory.mktemp("leaky-talk"), "--leaky"))


def live_a_month(folder, *extra):
    return Talked.from_folder(lived("sweeps.linker.talking", folder, *extra))


def test_the_months_are_as_large_as_promised(months):
    for month in months:
        assert len(month.posts) >= 200
        assert sum(1 for _ in month.two_copies()) >= 40
        assert sum(1 for _ in month.pairs()) >= 60
        assert len(nameless.gone(nameless.posts_of(month.second).values())) >= 20
        assert sum(1 for _ in month.today()) >= 8
    assert all(row["fresh"] is not None for row in months[0].second.rows(POST))


@pytest.mark.parametrize("name", WRITERS)
def test_no_writer_is_found_better_than_by_guessing(months, name, capsys):
    results = [found(months, case, WRITERS[name], capsys) for case in CASES]
    assert not any(result.beats_guessing(ALARM) for result in results), [str(r) for r in results]


@pytest.mark.parametrize("name", WRITERS)
def test_every_linker_finds_a_leaking_writer(leaky, name, capsys):
    results = []
    for months in leaky():
        results = [found(months, case, WRITERS[name], capsys) for case in CASES]
        if any(result.beats_guessing(ALARM) for result in results):
            return
    pytest.fail(str([str(result) for result in results]))


@pytest.mark.parametrize("name", PAIRS)
def test_no_two_posts_of_a_writer_are_found_better_than_by_guessing(months, name, capsys):
    result = found(months, "pairs", PAIRS[name], capsys)
    assert not result.beats_guessing(ALARM), str(result)


@pytest.mark.parametrize("name", PAIRS)
def test_every_linker_finds_a_leaking_pair(leaky, name, capsys):
    every = (found(months, "pairs", PAIRS[name], capsys) for months in leaky())
    assert any(result.beats_guessing(ALARM) for result in every)


def found(months, case, linker, capsys):
    """What a linker finds in all these months together."""
    every = itertools.chain(*(getattr(month, case)() for month in months))
    result = tally(guesses(every, linker))
    with capsys.disabled():
        print(f"\n  {case} {result}", end="")
    return result


def guesses(cases: Iterator[tuple[Case, set[int]]], linker: Linker) -> Iterator[Guessed]:
    for case, right in cases:
        if getattr(linker, "knows", lambda _case: True)(case):
            yield linker(case), right, case.among
