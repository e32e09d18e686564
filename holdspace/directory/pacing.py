"""How many questions may come, so that nobody drowns those who read them.

We know no network address and want none. One browser is slowed by what it carries itself, in a
sealed cookie: whoever throws that away is held by the counts for the place that is asked and for
the whole organisation, which are numbers and go within the hour. No puzzles, no proof of work.
"""

import datetime as dt
from typing import Any

from django.utils.translation import ngettext

from holdspace.kit import clock

HOUR = dt.timedelta(hours=1)
MOST_A_PLACE, MOST_IN_ALL = 20, 60  # questions within an hour: of one group or desk, and of all

FREE = 3  # questions of one browser before it waits
FIRST, LONGEST = dt.timedelta(minutes=5), dt.timedelta(hours=1)
REMEMBERED = dt.timedelta(days=1)

Carried = dict[str, Any]


def wait_of(carried: Carried) -> dt.timedelta:
    """How long this browser waits before its next question; nothing if it need not."""
    until = carried.get("until")
    left = dt.datetime.fromisoformat(until) - clock.now() if until else dt.timedelta(0)
    return max(left, dt.timedelta(0))


def one_more(carried: Carried) -> Carried:
    """What the browser carries after it asked: a count of a day, and when it may ask again."""
    now = clock.now()
    old = not carried or dt.datetime.fromisoformat(carried["goes"]) <= now
    count = 1 if old else int(carried["count"]) + 1
    goes = now + REMEMBERED if old else dt.datetime.fromisoformat(carried["goes"])
    over = count - FREE
    wait = min(FIRST * 2 ** min(over, 10), LONGEST) if over >= 0 else dt.timedelta(0)
    return {
        "count": count,
        "goes": goes.isoformat(timespec="seconds"),
        "until": (now + wait).isoformat(timespec="seconds"),
    }


def please_wait(left: dt.timedelta) -> str:
    """What somebody reads who asked often, or while many do."""
    minutes = max(1, -(-int(left.total_seconds()) // 60))
    return ngettext(
        "Your question is still here, and not sent yet. People read each one, and many came at "
        "once. Please press Send again in %(n)d minute.",
        "Your question is still here, and not sent yet. People read each one, and many came at "
        "once. Please press Send again in %(n)d minutes.",
        minutes,
    ) % {"n": minutes}
