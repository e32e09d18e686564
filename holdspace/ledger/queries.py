"""What can be asked of the installation's own chain."""

import datetime as dt

from holdspace.ledger.models import Line
from holdspace.vault.scopes import INSTALLATION


def last_day_of(kind: str) -> dt.date | None:
    """The day of the newest line of a kind in the installation's chain, or None."""
    line = Line.objects.filter(chain=INSTALLATION, kind=kind).order_by("-number").first()
    return line.day if line else None
