"""How well an attacker does, against guessing: hits, what guessing would give, standard errors."""

import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sweeps.linker.copies import MEMBER, PERSON, Copy, read_postgresql, read_sqlite
from sweeps.linker.linkers import Case, Linker

Guessed = tuple[tuple[int, ...], set[int], tuple[int, ...]]  # named, right, in question


@dataclass(frozen=True)
class Result:
    """Of `tried` memberships `hits` were tied to the right person; guessing gives `expected`."""

    tried: int
    hits: float
    expected: float
    error: float

    def beats_guessing(self, alarm: float) -> bool:
        """Whether guessing has so many hits less often than `alarm` says."""
        return self.tried > 0 and self.hits >= most_by_chance(self.expected, alarm)

    def __str__(self) -> str:
        return f"{self.hits:.1f} of {self.tried}, guessing {self.expected:.1f} ± {self.error:.1f}"


def copies_in(folder: Path) -> tuple[Copy, Copy]:
    """The two copies that a month left."""
    if (folder / "first.pickle").exists():
        first, second = (read_postgresql(folder / f"{n}.pickle") for n in ("first", "second"))
    else:
        first, second = (read_sqlite(folder / n) for n in ("first", "second"))
    return first, second


def most_by_chance(expected: float, alarm: float) -> float:
    """The number of hits that guessing reaches with a chance of at most `alarm`.

    Chernoff's bound, P(hits >= h) <= exp(h - m - h log(h/m)) with m expected: it holds for any sum
    of independent shares between 0 and 1, however few are expected, so it needs no bell curve.
    """
    low, high = expected, expected + 10.0 * math.sqrt(expected + 1) + 60.0
    while high - low > 1e-6:
        middle = (low + high) / 2
        chance = math.exp(middle - expected - middle * math.log(middle / expected))
        low, high = (low, middle) if chance <= alarm else (middle, high)
    return high


@dataclass
class Stolen:
    """Both copies and the truth."""

    first: Copy
    second: Copy
    truth: list[dict[str, object]]
    active: dict[str, list[int]]
    whose: dict[bytes, int]

    @classmethod
    def from_folder(cls, folder: Path) -> "Stolen":
        known = json.loads((folder / "truth.json").read_text())
        first, second = copies_in(folder)
        whose = {bytes.fromhex(one): person for one, person in known["whose"].items()}
        return cls(first, second, known["truth"], known["active"], whose)

    def one_copy(self) -> Iterator[tuple[Case, int]]:
        """Every membership of the month, with whoever was active on its day."""
        rows = {r["id"]: r for r in self.second.rows(MEMBER)}
        for entry in self.truth:
            day = str(entry["day"])
            peers = tuple(int(str(t["member"])) for t in self.truth if t["day"] == day)
            row, active = rows[entry["member"]], tuple(self.active[day])
            yield (
                Case(self.second, row, active, peers, self.whose),
                int(str(entry["person"])),
            )

    def today(self) -> Iterator[tuple[Case, int]]:
        """Those of them who joined on the day of the theft, before anything settled."""
        last = max(str(entry["day"]) for entry in self.truth)
        return ((c, p) for c, p in self.one_copy() if str(c.member["joined_on"])[:10] == last)

    def two_copies(self) -> Iterator[tuple[Case, int]]:
        """Memberships new in the second copy, with the people whose rows are new or changed."""
        before = {r["id"]: _content(r) for r in self.first.rows(PERSON)}
        now = {r["id"]: _content(r) for r in self.second.rows(PERSON)}
        changed = tuple(one for one, content in now.items() if before.get(one) != content)
        old = {r["id"] for r in self.first.rows(MEMBER)}
        rows = {r["id"]: r for r in self.second.rows(MEMBER) if r["id"] not in old}
        truth = {t["member"]: int(str(t["person"])) for t in self.truth}
        for member, row in rows.items():
            if truth[member] in changed:
                yield (
                    Case(self.second, row, changed, tuple(rows), self.whose),
                    truth[member],
                )


def _content(row: dict[str, object]) -> dict[str, object]:
    """A row without what the database or the night adds by itself."""
    return {k: v for k, v in row.items() if not k.startswith("_") and k != "fresh"}


def _always(_case: Case) -> bool:
    return True


def trial(cases: Iterator[tuple[Case, int]], linker: Linker) -> Result:
    """One linker against every case."""
    return tally(_guesses(cases, linker))


def _guesses(cases: Iterator[tuple[Case, int]], linker: Linker) -> Iterator[Guessed]:
    for case, person in cases:
        if getattr(linker, "among_all", False):
            case.active = tuple(row["id"] for row in case.copy.rows(PERSON))
        if getattr(linker, "knows", _always)(case):
            yield linker(case), {person}, case.active


def tally(guesses: Iterable[Guessed]) -> Result:
    """Guesses against what is true, and against naming anybody of those in question."""
    tried = 0
    hits = expected = variance = 0.0
    for guess, right, among in guesses:
        tried += 1
        hits += len(right.intersection(guess)) / len(guess)
        share = len(right.intersection(among)) / len(among)
        expected += share
        variance += share * (1 - share)
    return Result(tried, hits, expected, math.sqrt(variance) or 1.0)
