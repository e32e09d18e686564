"""Every read through one guard: rules and queries announce themselves, the tripwire listens."""

import functools
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar

from django.http import Http404
from django.utils.functional import Promise

from holdspace.kit.verdicts import Verdict

P = ParamSpec("P")
R = TypeVar("R")

_asked: ContextVar[bool] = ContextVar("asked", default=False)
_RULES: list[Callable[..., Verdict]] = []
_QUERIES: list[Callable[..., Any]] = []


class Refused(Exception):
    """A rule said no to something the viewer may know about; carries the reason."""

    def __init__(self, reason: str | Promise) -> None:
        super().__init__("refused")
        self.reason = reason


class Unseen(Http404):
    """What the viewer may not see is not there: the same 404 as for what never was."""


def may(rule: Callable[P, Verdict]) -> Callable[P, Verdict]:
    """Mark a rule: asking it satisfies the tripwire."""

    @functools.wraps(rule)
    def asking(*args: P.args, **kwargs: P.kwargs) -> Verdict:
        _asked.set(True)
        return rule(*args, **kwargs)

    _RULES.append(asking)
    return asking


def sees(query: Callable[P, R]) -> Callable[P, R]:
    """Mark a query: it must be told who is looking, and asking it satisfies the tripwire.

    The wrapped function raises TypeError when `viewer=` is missing.
    """

    @functools.wraps(query)
    def looking(*args: P.args, **kwargs: P.kwargs) -> R:
        if "viewer" not in kwargs:
            raise TypeError(f"{query.__name__} must be told who is looking: viewer=")
        _asked.set(True)
        return query(*args, **kwargs)

    _QUERIES.append(looking)
    return looking


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Mark one of the few views that anybody may see without a question asked."""
    view.holdspace_public = True  # type: ignore[attr-defined]
    return view


def demand(verdict: Verdict) -> None:
    """Go on only with a yes. Raises Refused with the rule's reason otherwise."""
    if not verdict:
        raise Refused(verdict.reason)


def was_asked() -> bool:
    """Whether a rule or a query was asked since `forget`."""
    return _asked.get()


def forget() -> None:
    """Begin a new request: nothing was asked yet."""
    _asked.set(False)
