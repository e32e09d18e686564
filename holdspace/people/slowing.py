"""How long somebody waits after tries that failed: by the tried name, never by address."""

import datetime as dt

FREE, FREE_WHEN_CROWDED = 5, 2
FIRST, LONGEST = dt.timedelta(seconds=5), dt.timedelta(minutes=15)
REMEMBERED = dt.timedelta(days=1)

CROWD, CROWD_WINDOW = 200, dt.timedelta(minutes=10)  # failures anywhere, before all go slower
# Wrong codes anywhere, before short ones rest until the window is over: their 60 bits would stand
# far more, and a recovery key of 130 bits always works at once.
WRONG_CODES = 100


def wait_after(count: int, *, crowded: bool = False) -> dt.timedelta:
    """The wait before the next try, after `count` tries under one name."""
    over = count - (FREE_WHEN_CROWDED if crowded else FREE)
    if over < 0:
        return dt.timedelta(0)
    doubled: int = 2 ** min(over, 20)
    return min(FIRST * doubled, LONGEST)
