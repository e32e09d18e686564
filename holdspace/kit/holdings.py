"""What we hold on someone: each package says in its `privacy.py` how to export and erase it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Export = Callable[[Any], dict[str, Any]]
Erase = Callable[[Any], list[int]]
Pieces = Callable[[Any], list[int]]
Ends = Callable[[Any], list[str]]


@dataclass(frozen=True, slots=True)
class Holding:
    """One package's part: `export` gives plain JSON, `erase` ends it and returns its scopes.

    `erase` must be safe to run twice; the caller shreds the scopes it returns. Where there are
    `pieces` (memberships, by an id), they may be erased one by one over some days by `erase_piece`
    before `erase` ends the rest.

    Somebody who keeps their account may stop taking part: `ends` names what that ends, for its
    person to read before; `leave_piece` ends one piece and `leave` whatever is none, both like
    `erase`.
    """

    name: str
    export: Export
    erase: Erase
    pieces: Pieces | None = None
    erase_piece: Erase | None = None
    ends: Ends | None = None
    leave: Erase | None = None
    leave_piece: Erase | None = None


_words: dict[str, Any] = {}
_of_a_person: dict[str, Holding] = {}
_of_a_member: dict[str, Holding] = {}


def of_a_person(
    name: str,
    *,
    export: Export,
    erase: Erase,
    pieces: Pieces | None = None,
    erase_piece: Erase | None = None,
    ends: Ends | None = None,
    leave: Erase | None = None,
    leave_piece: Erase | None = None,
) -> None:
    """Register what hangs on an account; `…_piece` gets a piece, the others its opaque id."""
    _of_a_person[name] = Holding(name, export, erase, pieces, erase_piece, ends, leave, leave_piece)


def of_a_member(name: str, *, export: Export, erase: Erase) -> None:
    """Register what hangs on a membership; both functions get the Member's id."""
    _of_a_member[name] = Holding(name, export, erase)


def person_holdings() -> Iterator[Holding]:
    """Every registered part of what hangs on an account."""
    yield from _of_a_person.values()


def member_holdings() -> Iterator[Holding]:
    """Every registered part of what hangs on a membership."""
    yield from _of_a_member.values()


def say(words: Mapping[str, Any]) -> None:
    """How keys and values of an export are said to people; the JSON keeps its own."""
    _words.update(words)


def said(key: str) -> str | None:
    """A key or value in words, if somebody gave it some."""
    words = _words.get(key)
    return None if words is None else str(words)
