"""How long ago somebody looked at a line, and what follows from it."""

import datetime as dt
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from holdspace.care.records import Line
from holdspace.kit import clock

WARN_AFTER = 12  # months: staff are told
FAIL_AFTER = 24  # months: may not be shipped; said beside the number where it still stands


class Age(StrEnum):
    """What a line's last check is worth."""

    FRESH = "fresh"
    AGED = "aged"
    EXPIRED = "expired"


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day of the month so many months on, or the last day that month has."""
    return day + relativedelta(months=months)


def age_of(line: Line) -> Age:
    """Judged today, by the clock of the house."""
    today = clock.today()
    if today > months_after(line.checked, FAIL_AFTER):
        return Age.EXPIRED
    if today > months_after(line.checked, WARN_AFTER):
        return Age.AGED
    return Age.FRESH
