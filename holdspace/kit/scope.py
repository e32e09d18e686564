"""The second lock: rows of an organisation can be asked for only inside that organisation."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from typing import Any

EVERYWHERE = -1

_current: ContextVar[int | None] = ContextVar("organisation", default=None)
_held_open: ContextVar[Any] = ContextVar("held_open", default=None)


class OutsideOrganisation(RuntimeError):
    """A query on an organisation's rows while no organisation was entered."""


def current() -> int:
    """The id of the organisation we are in, or EVERYWHERE.

    Raises OutsideOrganisation when none was entered.
    """
    organisation = _current.get()
    if organisation is None:
        raise OutsideOrganisation("no organisation was entered before its rows were asked for")
    return organisation


def is_everywhere() -> bool:
    """Whether we walk all organisations."""
    return _current.get() == EVERYWHERE


def lock() -> Any:
    """What an organisation's rows are compared with: where we are, or what is held in its place.

    Raises OutsideOrganisation when none was entered.
    """
    held = _held_open.get()
    return current() if held is None else held


@contextmanager
def held_open(placeholder: Any) -> Iterator[None]:
    """While a question is prepared, whose text serves every organisation (kit.prepared)."""
    token = _held_open.set(placeholder)
    try:
        yield
    finally:
        _held_open.reset(token)


def enter(organisation: int) -> Token[int | None]:
    """Enter for the rest of this context (a request); give the token to `leave`."""
    return _current.set(organisation)


def leave(token: Token[int | None]) -> None:
    """Go back to where we were before `enter`."""
    _current.reset(token)


@contextmanager
def entered(organisation: int) -> Iterator[None]:
    """Be inside one organisation for the time of a block."""
    token = _current.set(organisation)
    try:
        yield
    finally:
        _current.reset(token)


@contextmanager
def everywhere(reason: str) -> Iterator[None]:
    """Walk all organisations, as the clock and the operator's commands must; say why."""
    if not reason:
        raise ValueError("walking all organisations needs a reason")
    token = _current.set(EVERYWHERE)
    try:
        yield
    finally:
        _current.reset(token)
