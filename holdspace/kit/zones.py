"""Whose clock: the reader's zone, and moments as their wall shows them."""

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from holdspace.kit.asks import Request

ZONE = "zone"
FALLBACK = "UTC"


def is_zone(name: object) -> bool:
    """Whether this is the name of a zone we know."""
    return isinstance(name, str) and name in _names()


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    return frozenset(available_timezones())


def reader_zone(request: Request) -> str:
    """The zone someone chose for this visit, else their organisation's."""
    chosen = request.jar.get(ZONE)
    if is_zone(chosen):
        return str(chosen)
    house = getattr(request, "organisation", None)
    zone = getattr(house, "zone", FALLBACK)
    return zone if is_zone(zone) else FALLBACK


def keep_zone(request: Request, name: str) -> bool:
    """Keep a zone for this visit, in a sealed cookie; whether it was one we know."""
    if not is_zone(name):
        return False
    request.jar[ZONE] = name
    return True


def on_the_wall(moment: dt.datetime, zone: str) -> dt.datetime:
    """An instant as the clocks of `zone` show it (aware)."""
    return moment.astimezone(ZoneInfo(zone))
