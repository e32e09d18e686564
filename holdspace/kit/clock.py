"""The one clock of the house, so that tests and the demonstration can set it."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_set_to: ContextVar[dt.datetime | None] = ContextVar("clock", default=None)


def now() -> dt.datetime:
    """This moment, aware, in UTC."""
    return _set_to.get() or dt.datetime.now(dt.UTC)  # noqa: TID251 -- the one place


def today() -> dt.date:
    """This day in UTC; for days as people see them use their zone."""
    return now().date()


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """Set the clock to an aware `moment` for the time of a block.

    Raises ValueError for a moment without a zone.
    """
    if moment.tzinfo is None:
        raise ValueError("the clock needs a moment with a zone")
    token = _set_to.set(moment.astimezone(dt.UTC))
    try:
        yield
    finally:
        _set_to.reset(token)
