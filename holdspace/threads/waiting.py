"""How long first posts wait for an answer, as the group sees it (T6)."""

from statistics import median
from typing import TYPE_CHECKING

from holdspace.vault.sealing import Unopenable

if TYPE_CHECKING:
    from holdspace.threads.models import Talk

ENOUGH = 3  # waits; fewer would tell of somebody in particular
KEPT = 50


def usual_wait(talk: "Talk") -> float | None:
    """The median of the last hours that first posts waited; None while too few are known."""
    hours = hours_of(talk)
    return float(median(hours)) if len(hours) >= ENOUGH else None


def hours_of(talk: "Talk") -> list[float]:
    """The last waits in hours, oldest first."""
    try:
        return list((talk.waits or {}).get("hours", []))
    except Unopenable:
        return []


def learn(talk: "Talk", hours: float) -> None:
    """One more wait has ended; the caller saves the talk."""
    talk.waits = {"hours": [*hours_of(talk), round(hours, 2)][-KEPT:]}
