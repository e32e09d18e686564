"""The attackers. Each gets a copy, a membership and the people active that day, and guesses one.

A linker that cannot decide between several names them all, and takes one of those by chance: that
counts as its share of a hit. Who learns nothing names everybody, and does as well as guessing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sweeps.linker.copies import MEMBER, PERSON, Copy
from sweeps.linker.reading import (
    LINE,
    SESSION,
    TASK,
    along,
    days_of_people,
    lengths_of,
    pieces_of,
    ranks,
    sealed_bytes,
)

Guess = tuple[int, ...]
Linker = Callable[["Case"], Guess]


@dataclass
class Case:
    """One membership to be tied to one of the `active` people; `peers` are new with it.

    `whose` says whose a session's pseudonym is. No attacker knows that; it is here to judge one
    who ties a membership to a pseudonym and not to a person.
    """

    copy: Copy
    member: dict[str, Any]
    active: tuple[int, ...]
    peers: tuple[int, ...]
    whose: dict[bytes, int]

    def best(self, score: Callable[[int], float]) -> Guess:
        """The candidates with the highest score."""
        scores = {p: score(p) for p in self.active}
        top = max(scores.values())
        return tuple(p for p, s in scores.items() if s == top)


def by_order(source: str) -> Linker:
    """Whoever stands as far along in the order of people as this one among the memberships."""

    def link(case: Case) -> Guess:
        people = ranks(case.copy, PERSON, source)
        mine = ranks(case.copy, MEMBER, source).get(case.member["id"])
        if mine is None or len(set(people.values())) < 2:
            return case.active
        return case.best(lambda p: -abs(people[p] - mine) if p in people else -9.0)

    return link


def by_indexes(case: Case) -> Guess:
    """Whoever was laid down as late as this one, in the pages of all indexes of both tables."""
    people = along(case.copy, PERSON, case.active)
    mine = along(case.copy, MEMBER, case.peers).get(case.member["id"])
    if mine is None or len(people) < 2:
        return case.active
    return case.best(lambda p: -abs(people[p] - mine) if p in people else -9.0)


def by_nearness(source: str, of_member: str = "") -> Linker:
    """Whoever's row lies nearest to this one's in a count that both tables share.

    Before it (an account is made, then joins) or after it (a way back is kept when one has joined).
    """

    def link(case: Case) -> Guess:
        people = case.copy.order.get((PERSON, source), {})
        mine = case.copy.order.get((MEMBER, of_member or source), {}).get(case.member["id"])
        if mine is None or len(set(people.values())) < 2:
            return case.active
        return case.best(lambda p: -abs(mine - people[p]) if p in people else -9e30)

    return link


def in_the_log(case: Case) -> Guess:
    """Whoever's row came into the write-ahead log next to this one's."""
    return by_nearness("wal")(case)


# A log speaks only of what was written since it was last folded away.
in_the_log.knows = (  # type: ignore[attr-defined]
    lambda case: case.member["id"] in case.copy.order.get((MEMBER, "wal"), {})
)


def by_tags(case: Case) -> Guess:
    """Whoever shares a piece of eight bytes with this membership: an id, a tag, a ciphertext."""
    mine = b"\0".join(sealed_bytes(case.member))
    people = pieces_of(case.copy, PERSON)
    return case.best(lambda p: sum(piece in mine for piece in people.get(p, ())))


def by_lengths(case: Case) -> Guess:
    """Whoever's sealed words are as much longer than the shortest as this membership's."""
    people, mine = lengths_of(case.copy, PERSON), lengths_of(case.copy, MEMBER)[case.member["id"]]
    return case.best(lambda p: -abs(people.get(p, 0) - mine))


def by_days(case: Case) -> Guess:
    """Whoever has any day on any row of theirs that is the day of this membership."""
    tied = days_of_people(case.copy, str(case.member["joined_on"])[:10])
    return case.best(lambda p: tied.get(p, 0))


by_days.among_all = True  # type: ignore[attr-defined]  # a day alone cannot tell apart who shares it


def by_tasks(case: Case) -> Guess:
    """Whoever is named by a task that names this membership."""
    member = str(case.member["id"])
    facts = [str(r["facts"]) for r in case.copy.rows(TASK) if member in str(r["facts"])]
    return case.best(lambda p: sum(str(p) in fact for fact in facts))


def _shared(copy: Copy) -> str:
    """A count that goes up over all tables: PostgreSQL's transactions, else the ids."""
    return "xmin" if (MEMBER, "xmin") in copy.order else "id"


def by_sessions(case: Case) -> Guess:
    """Whose session, by its pseudonym, began last before this membership.

    It names no person, but two memberships of one pseudonym would be tied to each other.
    """
    order = case.copy.order.get((SESSION, _shared(case.copy)), {})
    mine = case.copy.order[MEMBER, _shared(case.copy)][case.member["id"]]
    before = [r for r in case.copy.rows(SESSION) if order.get(r["id"], 9e30) <= mine]
    near = [r for r in before if case.whose.get(bytes(r["whose"])) in case.active]
    if not near:
        return case.active
    return (case.whose[bytes(max(near, key=lambda r: order[r["id"]])["whose"])],)


def by_ledger(case: Case) -> Guess:
    """Whoever's own chain, if one can tell whose it is, got its line next to this joining."""
    order = case.copy.order.get((LINE, _shared(case.copy)), {})
    mine = case.copy.order[MEMBER, _shared(case.copy)][case.member["id"]]
    last = {
        person: max((order[line] for line in lines if order.get(line, 9e30) <= mine), default=-1.0)
        for person, lines in lines_of_people(case.copy).items()
    }
    return case.best(lambda p: last.get(p, -1.0))


@cache
def lines_of_people(copy: Copy) -> dict[int, list[int]]:
    """The lines of every chain that an open column ties to a person."""
    scopes = {r["scope"]: r["id"] for r in copy.rows(PERSON)}
    found: dict[int, list[int]] = {}
    for row in copy.rows(LINE):
        person = scopes.get(row["scope"]) or scopes.get(row["chain"])
        if person is not None:
            found.setdefault(person, []).append(row["id"])
    return found


def by_files(case: Case) -> Guess:
    """Whoever is named by a file that names this membership."""
    names: Iterable[str] = [n for n, _when in case.copy.files if str(case.member["id"]) in n]
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
}
OF_SQLITE: dict[str, Linker] = {
    "files": by_files,
    "row order": by_order("table"),
    "order in indexes": by_indexes,
    "write-ahead log": in_the_log,
}
OF_POSTGRESQL: dict[str, Linker] = {
    "row order": by_order("place"),
    "xmin": by_order("xmin"),
    "nearest xmin": by_nearness("xmin"),
    "nearest xmax": by_nearness("xmax", "xmin"),
    "first of all versions in the pages": by_nearness("first"),
    "order of first versions": by_order("first"),
}
