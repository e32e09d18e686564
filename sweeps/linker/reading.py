"""What an attacker works out once from a copy, before guessing at single memberships."""

import datetime as dt
import itertools
from collections.abc import Iterable
from functools import cache
from typing import Any

from sweeps.linker.copies import PERSON, Copy

SESSION, LINE, TASK = "people_session", "ledger_line", "ledger_task"
USUAL = {0, 7, 14, 28, 30, 60, 90}  # days between something and its end


@cache
def ranks(copy: Copy, table: str, source: str) -> dict[int, float]:
    """Where each row stands in an order, from 0 to 1; equals share the middle of their places."""
    order = copy.order.get((table, source), {})
    places: dict[float, list[int]] = {}
    for place, value in enumerate(sorted(order.values())):
        places.setdefault(value, []).append(place)
    return {
        row: (sum(places[value]) / len(places[value]) + 0.5) / len(order)
        for row, value in order.items()
    }


@cache
def along(copy: Copy, table: str, among: tuple[int, ...]) -> dict[int, float]:
    """How late each row was laid down among some, from 0 to 1, by the pages of all indexes.

    Rows that share a page of an index have an order there; all indexes together have nearly
    every pair. (A page that was split is written anew in the order of its keys: that misleads.)
    """
    wanted = set(among)
    votes: dict[tuple[int, int], int] = {}
    for index in copy.leaves.get(table, []):
        for leaf in index:
            here = [row for row in leaf if row in wanted]
            for earlier, later in itertools.combinations(here, 2):
                votes[later, earlier] = votes.get((later, earlier), 0) + 1
                votes[earlier, later] = votes.get((earlier, later), 0) - 1
    order = _by_votes(among, votes)
    return {row: (place + 0.5) / len(order) for place, row in enumerate(order)}


def _by_votes(among: tuple[int, ...], votes: dict[tuple[int, int], int]) -> list[int]:
    """Rows by the share of the others that they come after; neighbours then as their pair votes."""
    after: dict[int, list[bool]] = {row: [] for row in among}
    for (row, _other), vote in votes.items():
        if vote:
            after[row].append(vote > 0)
    order = sorted(among, key=lambda row: (sum(after[row]) + 0.5) / (len(after[row]) + 1))
    for _round in range(20):
        for at in range(len(order) - 1):
            if votes.get((order[at], order[at + 1]), 0) > 0:
                order[at], order[at + 1] = order[at + 1], order[at]
    return order


def sealed_bytes(row: dict[str, Any]) -> list[bytes]:
    """Every column that is bytes, and every large number as text."""
    found = [bytes(v) for v in row.values() if isinstance(v, bytes | memoryview)]
    return found + [str(v).encode() for v in row.values() if isinstance(v, int) and v > 10**12]


@cache
def pieces_of(copy: Copy, table: str) -> dict[int, list[bytes]]:
    """For every row of a table the pieces of eight bytes of its columns."""
    return {
        row["id"]: [
            part[i : i + 8] for part in sealed_bytes(row) for i in range(0, len(part) - 7, 4)
        ]
        for row in copy.rows(table)
    }


@cache
def lengths_of(copy: Copy, table: str) -> dict[int, int]:
    """For every row how much longer than the shortest that column of bytes is that varies most."""
    lengths: dict[str, dict[int, int]] = {}
    for row in copy.rows(table):
        for name, value in row.items():
            if isinstance(value, bytes | memoryview):
                lengths.setdefault(name, {})[row["id"]] = len(value)
    column = max(lengths.values(), key=lambda one: max(one.values()) - min(one.values()))
    return {row: length - min(column.values()) for row, length in column.items()}


@cache
def days_of_people(copy: Copy, day: str) -> dict[int, int]:
    """How many rows of each person bear this day, or one a usual number of days after it."""
    here = dt.date.fromisoformat(day)
    tied: dict[int, int] = {}
    for owner, days in _days(copy):
        if any((there - here).days in USUAL for there in days):
            tied[owner] = tied.get(owner, 0) + 1
    return tied


@cache
def _days(copy: Copy) -> list[tuple[int, list[dt.date]]]:
    """Every row that is a person or names one, with the days that stand open on it."""
    found = []
    for table, rows in copy.tables.items():
        for row in rows:
            owner = row["id"] if table == PERSON else row.get("person_id")
            if isinstance(owner, int) and (days := list(_dates(row.values()))):
                found.append((owner, days))
    return found


def _dates(values: Iterable[Any]) -> Iterable[dt.date]:
    for value in values:
        text = value.isoformat() if isinstance(value, dt.date) else value
        if isinstance(text, str):
            try:
                yield dt.date.fromisoformat(text[:10])
            except ValueError:
                continue
