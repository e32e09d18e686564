"""Evenings that may be visited: told to us by whoever keeps the calendar above."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from holdspace.kit.guard import sees
from holdspace.kit.viewer import Viewer

if TYPE_CHECKING:
    from holdspace.groups.models import Group


@dataclass(frozen=True, slots=True)
class Evening:
    """One introductory session: an opaque id, when it is over, and how it is said ("Tuesday …")."""

    meeting: int
    ends: dt.datetime
    words: str


Source = Callable[["Group", Viewer], list[Evening]]

_sources: list[Source] = []


def evenings_come_from(source: Source) -> None:
    """Register the calendar: called once, in AppConfig.ready of the package that keeps it.

    Registering looks at nothing, so it works without a viewer.
    """
    if source not in _sources:
        _sources.append(source)


@sees
def evenings_of(group: "Group", *, viewer: Viewer) -> list[Evening]:
    """The next introductory sessions of a group, soonest first; empty when none is known."""
    found = [evening for source in _sources for evening in source(group, viewer)]
    return sorted(found, key=lambda evening: (evening.ends, evening.meeting))
