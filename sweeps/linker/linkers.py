"""The attackers. Each gets a copy, a membership and the people active that day, and guesses one.

A linker that learns nothing guesses at random among them, as anybody could.
"""

import datetime as dt
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sweeps.linker.copies import Copy

Linker = Callable[["Case"], int]
PERSON, MEMBER, SESSION, LINE, TASK = (
    "people_person",
    "members_member",
    "people_session",
    "ledger_line",
    "ledger_task",
)


@dataclass
class Case:
    """One membership to be tied to one of the `active` people; `peers` joined on the same day."""

    copy: Copy
    member: dict[str, Any]
    active: list[int]
    peers: list[int]
    chance: random.Random

    def guess(self) -> int:
        return self.chance.choice(self.active)

    def best(self, score: Callable[[int], float]) -> int:
        """The candidate with the highest score; among equals a random one."""
        scores = {p: score(p) for p in self.active}
        top = max(scores.values())
        return self.chance.choice([p for p, s in scores.items() if s == top])


def _rank(value: float, all_values: Iterable[float]) -> float:
    """Where a value stands among others, from 0 to 1."""
    values = sorted(all_values)
    below = sum(1 for v in values if v < value)
    same = sum(1 for v in values if v == value)
    return (below + same / 2) / max(len(values), 1)


def by_order(source: str, index: str = "") -> Linker:
    """Whoever stands as far along in the order of people as this one among the memberships."""

    def link(case: Case) -> int:
        members = case.copy.order.get((MEMBER, source), {})
        people = case.copy.order.get((PERSON, index or source), {})
        mine = members.get(case.member["id"])
        if mine is None or len(set(people.values())) < 2:
            return case.guess()
        rank = _rank(mine, members.values())
        return case.best(
            lambda p: -abs(_rank(people[p], people.values()) - rank) if p in people else -9.0
        )

    return link


def by_nearness(source: str) -> Linker:
    """Whoever's row lies nearest before this one's in a count that both tables share."""

    def link(case: Case) -> int:
        people = case.copy.order.get((PERSON, source), {})
        mine = case.copy.order.get((MEMBER, source), {}).get(case.member["id"])
        if mine is None or len(set(people.values())) < 2:
            return case.guess()
        return case.best(
            lambda p: -abs(mine - people[p]) if p in people and people[p] <= mine else -9e30
        )

    return link


def _bytes_of(row: dict[str, Any]) -> list[bytes]:
    found = [bytes(v) for v in row.values() if isinstance(v, bytes | memoryview)]
    return found + [str(v).encode() for k, v in row.items() if isinstance(v, int) and v > 10**12]


def by_tags(case: Case) -> int:
    """Whoever shares a piece of eight bytes with this membership: an id, a tag, a ciphertext."""
    mine = b"\0".join(_bytes_of(case.member))
    people = {r["id"]: r for r in case.copy.rows(PERSON)}

    def shares(person: int) -> float:
        parts = _bytes_of(people[person]) if person in people else []
        return sum(part[i : i + 8] in mine for part in parts for i in range(0, len(part) - 7, 4))

    return case.best(shares)


def by_lengths(case: Case) -> int:
    """Whoever's sealed columns are as long as this membership's."""

    def length(row: dict[str, Any]) -> int:
        return sum(len(v) for v in row.values() if isinstance(v, bytes | memoryview))

    people = {r["id"]: length(r) for r in case.copy.rows(PERSON)}
    lengths = [length(r) for r in case.copy.rows(MEMBER)]
    low, mine = min(lengths), length(case.member)
    floor = min(people.values())
    return case.best(lambda p: -abs((people.get(p, 0) - floor) - (mine - low)))


def by_days(case: Case) -> int:
    """Whoever has any day on any row of theirs that is the day of this membership."""
    day = str(case.member["joined_on"])[:10]
    tied: dict[int, int] = {}
    for table, rows in case.copy.tables.items():
        for row in rows:
            owner = row["id"] if table == PERSON else row.get("person_id")
            if isinstance(owner, int) and any(_near(v, day) for v in row.values()):
                tied[owner] = tied.get(owner, 0) + 1
    return case.best(lambda p: tied.get(p, 0))


by_days.among_all = True  # type: ignore[attr-defined]  # a day alone cannot tell apart who shares it


def _near(value: Any, day: str) -> bool:
    """A date that is this day, or this day and a usual number of days."""
    text = value.isoformat() if isinstance(value, dt.date) else str(value)
    try:
        there, here = dt.date.fromisoformat(text[:10]), dt.date.fromisoformat(day)
    except ValueError:
        return False
    return (there - here).days in {0, 7, 14, 28, 30, 60, 90}


def by_tasks(case: Case) -> int:
    """Whoever is named by a task that names this membership."""
    member = str(case.member["id"])
    facts = [str(r["facts"]) for r in case.copy.rows(TASK) if member in str(r["facts"])]
    return case.best(lambda p: sum(str(p) in fact for fact in facts))


def by_sessions(case: Case) -> int:
    """Whoever's session, if one can tell whose it is, began last before this membership."""
    order = case.copy.order.get((SESSION, "xmin")) or case.copy.order.get((SESSION, "id"), {})
    mine = (case.copy.order.get((MEMBER, "xmin")) or case.copy.order.get((MEMBER, "id"), {})).get(
        case.member["id"], 0
    )
    last: dict[int, float] = {}
    for row in case.copy.rows(SESSION):
        text = b"\0".join(_bytes_of(row))
        for person in case.active:
            if str(person).encode() in text and order.get(row["id"], 9e30) <= mine:
                last[person] = max(last.get(person, -1), order[row["id"]])
    return case.best(lambda p: last.get(p, -1))


def by_ledger(case: Case) -> int:
    """Whoever's own chain, if one can tell whose it is, got its line next to this joining."""
    order = case.copy.order.get((LINE, "xmin")) or case.copy.order.get((LINE, "id"), {})
    scopes = {r["scope"]: r["id"] for r in case.copy.rows(PERSON)}
    mine = (case.copy.order.get((MEMBER, "xmin")) or case.copy.order.get((MEMBER, "id"), {})).get(
        case.member["id"], 0
    )
    last: dict[int, float] = {}
    for row in case.copy.rows(LINE):
        person = scopes.get(row["scope"]) or scopes.get(row["chain"])
        if person is not None and order.get(row["id"], 9e30) <= mine:
            last[person] = max(last.get(person, -1), order[row["id"]])
    return case.best(lambda p: last.get(p, -1))


def by_files(case: Case) -> int:
    """Whoever is named by a file that names this membership."""
    names = [name for name, _when in case.copy.files if str(case.member["id"]) in name]
    return case.best(lambda p: sum(str(p) in name for name in names))


COMMON: dict[str, Linker] = {
    "ids": by_order("id"),
    "nearest ids": by_nearness("id"),
    "tags": by_tags,
    "lengths": by_lengths,
    "days": by_days,
    "tasks": by_tasks,
    "sessions": by_sessions,
    "ledger": by_ledger,
    "files": by_files,
}
OF_SQLITE: dict[str, Linker] = {
    "row order": by_order("table"),
    "order in indexes": by_order("scope"),
    "write-ahead log": by_nearness("wal"),
}
OF_POSTGRESQL: dict[str, Linker] = {
    "row order": by_order("place"),
    "xmin": by_order("xmin"),
    "nearest xmin": by_nearness("xmin"),
}
