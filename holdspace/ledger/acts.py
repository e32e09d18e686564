"""Acts: every change to what we keep is a function with `by=`, in one transaction."""

import functools
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar

from django.db import transaction

from holdspace.kit import remembering
from holdspace.kit.live import moved
from holdspace.ledger.stirring import stir_touched

P = ParamSpec("P")
R = TypeVar("R")

SYSTEM = "clock"  # who acts when a task does

_inside: ContextVar[str] = ContextVar("act", default="")
_ACTS: dict[str, Callable[..., Any]] = {}
_WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|TRUNCATE)\b", re.IGNORECASE)


class OutsideAct(RuntimeError):
    """Something was written although no act was under way."""


def act(function: Callable[P, R]) -> Callable[P, R]:
    """Make a function an act: keyword-only, `by=` required, one transaction.

    The wrapped function raises TypeError when it is not told who acts.
    """
    name = f"{function.__module__}.{function.__qualname__}"

    @functools.wraps(function)
    def acting(*args: P.args, **kwargs: P.kwargs) -> R:
        if "by" not in kwargs:
            raise TypeError(f"{name} must be told who acts: by=")
        outermost, token = not _inside.get(), _inside.set(name)
        try:
            remembering.forget()
            with transaction.atomic():
                done = function(*args, **kwargs)
                if outermost:
                    stir_touched()
                    transaction.on_commit(moved)
                return done
        finally:
            _inside.reset(token)
            remembering.forget()  # also what the act itself read before it wrote

    _ACTS[name] = acting
    return acting


def acts() -> dict[str, Callable[..., Any]]:
    """Every act of the house by its full name (for the sweeps and the generated list)."""
    return dict(_ACTS)


@contextmanager
def outside_act(reason: str) -> Iterator[None]:
    """Allow writing without an act: the queue's own book-keeping, fixtures. Say why."""
    token = _inside.set(f"outside: {reason}")
    try:
        yield
    finally:
        _inside.reset(token)


def refuse_writes_outside_acts(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    """An execute wrapper for tests. Raises OutsideAct on a write while no act is under way."""
    if not _inside.get() and _WRITES.match(sql):
        raise OutsideAct(sql.split("VALUES", maxsplit=1)[0][:200])
    return execute(sql, params, many, context)
