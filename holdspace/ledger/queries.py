"""What can be asked of chains without looking into what they say."""

import datetime as dt

from holdspace.ledger.models import Line
from holdspace.vault.scopes import INSTALLATION


def last_day_of(kind: str) -> dt.date | None:
    """The day of the newest line of a kind in the installation's chain, or None."""
    line = Line.objects.filter(chain=INSTALLATION, kind=kind).order_by("-number").first()
    return line.day if line else None


def chains_with_lines_before(day: dt.date) -> list[int]:
    """The chains that have lines of an earlier day, for the clock."""
    old = Line.objects.filter(day__lt=day)
    return list(old.order_by("chain").values_list("chain", flat=True).distinct())
