"""The words of cards and pages: when, how, where, who leads, how one gets in."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from holdspace.directory.feeds.draft import Slot
from holdspace.directory.models import Listing, Standing, Way
from holdspace.directory.times import span_of
from holdspace.kit import clock
from holdspace.kit.days import in_words

LEADS = {
    "peer": lazy("Led by people who have been through it"),
    "professional": lazy("Led by a professional"),
}
FOR_WHOM = {
    "lived": lazy("For people living with it"),
    "family": lazy("For family, friends and carers"),
    "both": lazy("For people living with it, and those close to them"),
}
HOW = {
    "in_person": lazy("In person"),
    "online": lazy("Online"),
    "video": lazy("By video"),
    "text": lazy("In writing"),
    "hybrid": lazy("In person and online"),
    "unstated": lazy("How they meet is not said"),
}
_WEEK = 7
_NAMED_HERE = {"am": "አማርኛ", "mt": "Malti", "so": "Soomaali", "tl": "Tagalog", "zh": "中文"}


def day_words(day: dt.date, today: dt.date) -> str:
    """Today, Tomorrow, Tuesday, Tuesday 24 November."""
    ahead = (day - today).days
    if ahead == 0:
        return _("Today")
    if ahead == 1:
        return _("Tomorrow")
    if 0 < ahead < _WEEK:
        return str(WEEKDAYS[day.weekday()])
    return _("%(weekday)s %(day)d %(month)s") % {
        "weekday": WEEKDAYS[day.weekday()],
        "day": day.day,
        "month": MONTHS[day.month],
    }


def date_words(day: dt.date) -> str:
    """3 November 2026."""
    return in_words(day)


def zone_words(zone: str) -> str:
    """A zone as people say it: London time."""
    if zone in {"UTC", "Etc/UTC", "Etc/GMT"}:
        return _("universal time")
    return _("%(city)s time") % {"city": zone.rpartition("/")[2].replace("_", " ")}


def clock_of(listing: Listing, reader: str) -> str:
    """The zone in which a listing's hours are said: the reader's, or the place's if one goes there.

    The reader's stays where both clocks show the same.
    """
    if listing.mode != "in_person" or not listing.has_next:
        return reader
    there, here = (listing.soonest.astimezone(ZoneInfo(z)) for z in (listing.zone, reader))
    return reader if there.utcoffset() == here.utcoffset() else listing.zone


def next_words(listing: Listing, zone: str) -> tuple[str, str, str]:
    """Day, time and machine-readable moment of the next meeting, by the clock of a zone."""
    here = listing.soonest.astimezone(ZoneInfo(zone))
    today = clock.now().astimezone(ZoneInfo(zone)).date()
    return day_words(here.date(), today), f"{here:%H:%M}", here.isoformat(timespec="minutes")


def way_words(listing: Listing) -> str:
    """How one gets in, as a card says it."""
    if listing.standing == Standing.PAUSED:
        return _("Temporarily closed")
    if listing.way == Way.FULL and listing.wait_days:
        weeks = max(1, round(listing.wait_days / _WEEK))
        said = ngettext(
            "Full. People wait about %(weeks)d week.",
            "Full. People wait about %(weeks)d weeks.",
            weeks,
        )
        return said % {"weeks": weeks}
    return {
        Way.COME: _("You can simply come"),
        Way.ASK: _("Ask first, about 2 days"),
        Way.INVITED: _("By invitation"),
        Way.FULL: _("Full at the moment"),
        Way.ELSEWHERE: _("Ask those who run it"),
    }[Way(listing.way)]


def rhythm_words(times: list[Any], zone: str, reader: str) -> list[str]:
    """Weekly times in the reader's zone: Tuesdays, 19:00 to 20:30."""
    today = clock.today()
    found = []
    for slot in (Slot(*kept) for kept in times[:14]):
        day = today + dt.timedelta(days=(slot.day - today.weekday()) % _WEEK)
        span = span_of(day, slot.start, slot.minutes, ZoneInfo(zone))
        begins, ends = (m.astimezone(ZoneInfo(reader)) for m in (span.begins, span.ends))
        found.append(
            _("Every %(weekday)s, %(begins)s to %(ends)s")
            % {
                "weekday": WEEKDAYS[begins.weekday()],
                "begins": f"{begins:%H:%M}",
                "ends": f"{ends:%H:%M}",
            }
        )
    return found


def language_words(code: str) -> str:
    """A language by its own name; the code where nobody told us."""
    try:
        return str(get_language_info(code)["name_local"]).capitalize()
    except KeyError:
        return _NAMED_HERE.get(code, code)
