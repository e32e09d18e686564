"""How long a listing can be believed (F8): arithmetic on the day somebody last confirmed it."""

import datetime as dt

from holdspace.groups.choices import Freshness

DOUBT_AFTER = dt.timedelta(days=90)
GONE_AFTER = dt.timedelta(days=180)


def freshness(confirmed_on: dt.date | None, today: dt.date) -> Freshness:
    """Fresh for 90 days, in doubt until 180 days, then too old to be listed."""
    if confirmed_on is None or today - confirmed_on > GONE_AFTER:
        return Freshness.STALE
    return Freshness.DOUBT if today - confirmed_on > DOUBT_AFTER else Freshness.FRESH
