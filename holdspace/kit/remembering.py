"""Remembering within one reading request: a page that asks the same thing thrice asks once.

Only requests that read remember, and any act makes them forget, so nothing stale is ever shown.
"""

import functools
import inspect
from collections.abc import Callable, Hashable
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_memory: ContextVar[dict[Hashable, Any] | None] = ContextVar("memory", default=None)


def begin(*, reading: bool) -> None:
    """Begin a request with an empty memory, or with none when it may write."""
    _memory.set({} if reading else None)


def forget() -> None:
    """An act is under way: what was read may be different now."""
    memory = _memory.get()
    if memory:
        memory.clear()


def came_along(question: Callable[..., R], *args: Any, answer: R) -> None:
    """Another question brought this answer too: a reading request does not ask for it again."""
    memory = _memory.get()
    if memory is not None:
        memory[(inspect.unwrap(question), args, ())] = answer


def once_a_request(function: Callable[P, R]) -> Callable[P, R]:
    """Answer the same question of a reading request once. Arguments must be hashable."""

    @functools.wraps(function)
    def remembering(*args: P.args, **kwargs: P.kwargs) -> R:
        memory = _memory.get()
        if memory is None:
            return function(*args, **kwargs)
        key = (function, args, tuple(sorted(kwargs.items())))
        if key not in memory:
            memory[key] = function(*args, **kwargs)
        found: R = memory[key]
        return found

    return remembering
