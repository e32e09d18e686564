"""Attackers on posts without a name: one guesses the writer, the other a post by the same writer.

As in `linkers`: whoever cannot decide names them all, who learns nothing names everybody. The order
of the posts themselves is no linker's: everybody in the group sees it.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sweeps.linker.copies import MEMBER, Copy
from sweeps.linker.reading import LINE, TASK, pieces_of, sealed_bytes

POST, DRAFT, READER, SUPPORT = (
    "threads_post", "threads_draft", "threads_reader", "threads_support"
)  # fmt: skip
NAMING = (DRAFT, READER, SUPPORT, POST)
Guess = tuple[int, ...]


@dataclass
class Case:
    """One unsigned post, and those of whom one is to be named: members, or other posts."""

    copy: Copy
    post: dict[str, Any]
    among: Guess

    def best(self, score: Callable[[int], float]) -> Guess:
        """The candidates with the highest score."""
        scores = {one: score(one) for one in self.among}
        top = max(scores.values())
        return tuple(one for one, s in scores.items() if s == top)


Linker = Callable[[Case], Guess]


def by_nearness(source: str) -> Linker:
    """Whoever is named by the row written last before the post; by its id, next to it."""

    def link(case: Case) -> Guess:
        mine = case.copy.order.get((POST, source), {}).get(case.post["id"])
        if mine is None:
            return case.among
        near = {
            member: max(-abs(at - mine) for at in when if at <= mine or source == "id")
            for member, when in written_by(case.copy, source).items()
            if min(when) <= mine or source == "id"
        }
        return case.best(lambda one: near.get(one, -9e30))

    # A log speaks only of what was written since it was last folded away.
    link.knows = lambda case: case.post["id"] in case.copy.order.get((POST, source), {})  # type: ignore[attr-defined]
    return link


@cache
def written_by(copy: Copy, source: str) -> dict[int, list[float]]:
    """When, in a count that all tables share, rows were written that name each member."""
    found: dict[int, list[float]] = {}
    for table in NAMING:
        order = copy.order.get((table, source), {})
        for row in copy.rows(table):
            if row["member_id"] is not None and row["id"] in order:
                found.setdefault(row["member_id"], []).append(order[row["id"]])
    return found


def by_locks(case: Case) -> Guess:
    """Whoever's own row was locked next to it: a new row that names somebody does that."""
    mine = case.copy.order[POST, "xmin"][case.post["id"]]
    locks = case.copy.order.get((MEMBER, "xmax"), {})
    return case.best(lambda one: -abs(locks[one] - mine) if one in locks else -9e30)


def by_drafts(case: Case) -> Guess:
    """Whoever has a draft of that day, best in that conversation."""
    day, drafts = str(case.post["day"])[:10], dict[int, int]()
    for row in case.copy.rows(DRAFT):
        if str(row["day"])[:10] == day:
            there = 2 if row["thread_id"] == case.post["thread_id"] else 1
            drafts[row["member_id"]] = max(drafts.get(row["member_id"], 0), there)
    return case.best(lambda one: drafts.get(one, 0))


def by_places(source: str) -> Linker:
    """Whoever's draft lies as far along as the post, each among those of the day."""

    def link(case: Case) -> Guess:
        day = str(case.post["day"])[:10]
        posts = _along(case.copy, POST, source, lambda row: str(row["day"])[:10] == day)
        drafts = _along(case.copy, DRAFT, source, lambda row: str(row["day"])[:10] == day)
        owners = {row["id"]: row["member_id"] for row in case.copy.rows(DRAFT)}
        mine = posts.get(case.post["id"], 0.0)
        near: dict[int, float] = {}
        for draft, at in drafts.items():
            near[owners[draft]] = max(near.get(owners[draft], -9.0), -abs(at - mine))
        return case.best(lambda one: near.get(one, -9.0))

    return link


def _along(
    copy: Copy, table: str, source: str, wanted: Callable[[dict[str, Any]], bool]
) -> dict[int, float]:
    """How far along each row stands among those wanted that name somebody or are unsigned."""
    order = copy.order.get((table, source), {})
    mine = [
        row["id"]
        for row in copy.rows(table)
        if wanted(row) and row["id"] in order and row.get("speaks", "unsigned") == "unsigned"
    ]
    mine.sort(key=lambda one: order[one])
    return {one: (place + 0.5) / len(mine) for place, one in enumerate(mine)}


def by_tags(case: Case) -> Guess:
    """Whoever shares a piece of eight bytes with the post: an id, a scope, a tag."""
    mine = b"\0".join(sealed_bytes(case.post))
    members = pieces_of(case.copy, MEMBER)
    return case.best(lambda one: sum(piece in mine for piece in members.get(one, ())))


def by_lengths(case: Case) -> Guess:
    """Whoever's words under their name are most nearly as long."""
    mine = _length(case.post)
    usual = lengths_of_members(case.copy)
    if mine is None:
        return case.among
    return case.best(lambda one: -abs(usual[one] - mine) if one in usual else -9e9)


@cache
def lengths_of_members(copy: Copy) -> dict[int, float]:
    """How long a member's sealed words are on the average."""
    found: dict[int, list[int]] = {}
    for row in copy.rows(POST):
        length = _length(row)
        if row["member_id"] is not None and length is not None:
            found.setdefault(row["member_id"], []).append(length)
    return {member: sum(all_) / len(all_) for member, all_ in found.items()}


def _length(row: dict[str, Any]) -> int | None:
    return len(row["words"]) if row["words"] is not None else None


def by_tasks(case: Case) -> Guess:
    """Whoever is named by a task that names the post."""
    facts = [
        str(r["facts"]) for r in case.copy.rows(TASK) if str(case.post["id"]) in str(r["facts"])
    ]
    return case.best(lambda one: sum(str(one) in fact for fact in facts))


def by_ledger(case: Case) -> Guess:
    """Whoever's own chain has a line of that day."""
    day = str(case.post["day"])[:10]
    scopes = {row["scope"]: row["id"] for row in case.copy.rows(MEMBER)}
    named = [
        scopes.get(line["scope"]) or scopes.get(line["chain"])
        for line in case.copy.rows(LINE)
        if str(line["day"])[:10] == day
    ]
    return case.best(lambda one: one in named)


def near_in(source: str) -> Linker:
    """The post whose row was written nearest to this one's."""

    def link(case: Case) -> Guess:
        order = case.copy.order.get((POST, source), {})
        mine = order.get(case.post["id"])
        if mine is None:
            return case.among
        return case.best(lambda one: -abs(order[one] - mine) if one in order else -9e30)

    return link


def alike_in(*columns: str) -> Linker:
    """The posts that hold the same as this one in one of these columns."""

    def link(case: Case) -> Guess:
        rows = posts_of(case.copy)

        def same(one: int) -> int:
            return sum(
                case.post[name] is not None and str(rows[one][name]) == str(case.post[name])
                for name in columns
            )

        return case.best(same)

    link.knows = lambda case: any(case.post[name] is not None for name in columns)  # type: ignore[attr-defined]
    return link


@cache
def posts_of(copy: Copy) -> dict[int, dict[str, Any]]:
    """Posts by their ids."""
    return {row["id"]: row for row in copy.rows(POST)}


def same_lengths(case: Case) -> Guess:
    """The posts whose words are most nearly as long."""
    mine, rows = _length(case.post), posts_of(case.copy)
    if mine is None:
        return case.among
    return case.best(lambda one: -abs((_length(rows[one]) or 0) - mine))


def same_tasks(case: Case) -> Guess:
    """The posts that tasks name beside the same others."""
    named: dict[int, set[int]] = {}
    for row in case.copy.rows(TASK):
        facts: Any = row["facts"]
        facts = json.loads(facts) if isinstance(facts, str) else facts
        numbers = {one for one in facts.values() if isinstance(one, int)}
        for one in numbers:
            named.setdefault(one, set()).update(numbers - {one})
    mine = named.get(case.post["id"], set())
    return case.best(lambda one: len(named.get(one, set()) & mine))


def gone(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those whose words were taken back."""
    return [row for row in rows if row["state"] != "here"]


WRITERS: dict[str, Linker] = {
    "nearest ids": by_nearness("id"),
    "drafts": by_drafts,
    "tags": by_tags,
    "lengths": by_lengths,
    "tasks": by_tasks,
    "ledger": by_ledger,
}
WRITERS_SQLITE: dict[str, Linker] = {
    "write-ahead log": by_nearness("wal"),
    "row order": by_places("table"),
}
WRITERS_POSTGRESQL: dict[str, Linker] = {
    "nearest xmin": by_nearness("xmin"),
    "nearest lock": by_locks,
    "row order": by_places("place"),
}
PAIRS: dict[str, Linker] = {
    "pairs: tags and scopes": alike_in("owner", "scope"),
    "pairs: days of going": alike_in("state_on"),
    "pairs: lengths": same_lengths,
    "pairs: tasks": same_tasks,
}
PAIRS_POSTGRESQL: dict[str, Linker] = {"pairs: nearest xmin": near_in("xmin")}
