"""The live line: open pages hear that something changed, in words rendered once for many.

A package gives a `Source`, a view of it admits listeners; the server does the rest. Nothing but
"look" travels between processes: each asks its source what moved.
"""

from holdspace.kit.live.listening import (
    DOOR,
    Listening,
    Said,
    Source,
    admit,
    sessions_by,
    source,
    sources,
)
from holdspace.kit.live.nudging import moved, when_moved

__all__ = [
    "DOOR",
    "Listening",
    "Said",
    "Source",
    "admit",
    "moved",
    "sessions_by",
    "source",
    "sources",
    "when_moved",
]
