"""Siblings listen, they do not call: what was announced becomes a task for each listener."""

from collections.abc import Callable
from typing import Any, TypeVar

from holdspace.kit import clock
from holdspace.ledger.models import Task

Listener = TypeVar("Listener", bound=Callable[..., None])

_AFTER: dict[str, list[str]] = {}
_TASKS: dict[str, Callable[..., None]] = {}
_EVERY: dict[str, str] = {}


def _name(function: Callable[..., None]) -> str:
    return f"{function.__module__}.{function.__qualname__}"


def after(event: str) -> Callable[[Listener], Listener]:
    """Call the function, later and perhaps twice, with the open facts of each `event`."""

    def listen(function: Listener) -> Listener:
        _TASKS[_name(function)] = function
        _AFTER.setdefault(event, []).append(_name(function))
        return function

    return listen


def every(rhythm: str) -> Callable[[Listener], Listener]:
    """Call the function by the clock: "10m", "6h", "day 03:00" (UTC), "week mon 03:00"."""

    def listen(function: Listener) -> Listener:
        _TASKS[_name(function)] = function
        _EVERY[_name(function)] = rhythm
        return function

    return listen


def later(function: Listener) -> Listener:
    """A function that `do_later` may queue by itself."""
    _TASKS[_name(function)] = function
    return function


def announce(event: str, **facts: Any) -> None:
    """Queue one task for each listener of `event`, in the transaction of the act.

    `facts` are open: ids, days and numbers, never words, never a person.
    """
    due = clock.now()
    tasks = [Task(name=name, facts=facts, due=due) for name in _AFTER.get(event, [])]
    Task.objects.bulk_create(tasks)


def do_later(function: Callable[..., None], *, due: Any = None, **facts: Any) -> None:
    """Queue one call of a `@later` function, at `due` (an aware moment) or as soon as can be."""
    Task.objects.create(name=_name(function), facts=facts, due=due or clock.now())


def registered() -> tuple[dict[str, Callable[..., None]], dict[str, str], dict[str, list[str]]]:
    """All tasks by name, those of the clock with their rhythm, and listeners by event."""
    return dict(_TASKS), dict(_EVERY), {event: list(names) for event, names in _AFTER.items()}
