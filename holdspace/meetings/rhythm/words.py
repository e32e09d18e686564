"""A rhythm in words for people: "Every second Tuesday, 19:00 to 20:30, London time"."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from babel.dates import get_timezone_location
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdspace.kit import days
from holdspace.kit.days import locale
from holdspace.kit.speaking import language
from holdspace.meetings.rhythm.shapes import Chosen, Monthly, Nth, Other, Rhythm, Weekly

WHOLE_WEEK = 7
FEW_DATES = 3
SECOND = 2


def in_words(rhythm: Rhythm) -> str:
    """The whole rule as one phrase in the reader's language; times as the zone's clocks show."""
    parts = [_days(rhythm), _hours(rhythm), zone_words(rhythm.zone)]
    if rhythm.times is not None and not isinstance(rhythm.shape, Chosen):
        parts.append(
            ngettext("%(times)d time in all", "%(times)d times in all", rhythm.times)
            % {"times": rhythm.times}
        )
    if rhythm.until is not None:
        parts.append(_("until %(day)s") % {"day": days.in_words(rhythm.until)})
    return joined(parts)


def joined(parts: list[str]) -> str:
    """Parts of a phrase, set one after another."""
    text = parts[0]
    for part in parts[1:]:
        text = _("%(before)s, %(after)s") % {"before": text, "after": part}
    return text


def listed(parts: list[str]) -> str:
    """Joined as people list things: a, b and c."""
    if len(parts) == 1:
        return parts[0]
    return _("%(before)s and %(last)s") % {"before": joined(parts[:-1]), "last": parts[-1]}


def zone_words(zone: str) -> str:
    """Say the zone by its city: London time for Europe/London."""
    return _zone_words(language(), zone)


@lru_cache(maxsize=2048)
def _zone_words(_language: str, zone: str) -> str:
    return _("%(city)s time") % {"city": zone_city(zone)}


@lru_cache(maxsize=2048)
def _city(zone: str, spoken: str) -> str:
    try:
        city = get_timezone_location(zone, locale=spoken, return_city=True)
    except (LookupError, ValueError):
        city = ""
    return (city or zone.replace("_", " ")).rpartition("/")[2]


def zone_city(zone: str) -> str:
    """The city that a zone is known by, in the reader's language."""
    return _city(zone, str(locale()))


def _hours(rhythm: Rhythm) -> str:
    begins = datetime.combine(date(2001, 1, 1), rhythm.at)
    ends = begins + timedelta(minutes=rhythm.minutes)
    return _("%(begins)s to %(ends)s") % {"begins": f"{begins:%H:%M}", "ends": f"{ends:%H:%M}"}


def _days(rhythm: Rhythm) -> str:
    match rhythm.shape:
        case Weekly() as shape:
            return _weekly(shape)
        case Monthly() as shape:
            return _monthly(shape)
        case Chosen() as shape:
            return _chosen(shape)
        case Other():
            return _("On set days")


def _weekly(shape: Weekly) -> str:
    if len(shape.days) == WHOLE_WEEK and shape.every == 1:
        return _("Every day")
    days = listed([str(WEEKDAYS[day]) for day in shape.days])
    if shape.every == 1:
        return _("Every %(weekdays)s") % {"weekdays": days}
    if shape.every == SECOND:
        return _("Every second %(weekdays)s") % {"weekdays": days}
    return ngettext(
        "%(weekdays)s, every %(weeks)d week", "%(weekdays)s, every %(weeks)d weeks", shape.every
    ) % {"weekdays": days, "weeks": shape.every}


def _monthly(shape: Monthly) -> str:
    days = listed([_nth(nth) for nth in shape.days])
    if shape.every == 1:
        return _("The %(days)s of the month") % {"days": days}
    if shape.every == SECOND:
        return _("The %(days)s of every second month") % {"days": days}
    return ngettext(
        "The %(days)s, every %(months)d month", "The %(days)s, every %(months)d months", shape.every
    ) % {"days": days, "months": shape.every}


def _nth(nth: Nth) -> str:
    """As in "first Tuesday"; whole phrases, because other languages bend the ordinal."""
    phrases = {
        1: _("first %(weekday)s"),
        2: _("second %(weekday)s"),
        3: _("third %(weekday)s"),
        4: _("fourth %(weekday)s"),
        5: _("fifth %(weekday)s"),
        -1: _("last %(weekday)s"),
        -2: _("second to last %(weekday)s"),
        -3: _("third to last %(weekday)s"),
        -4: _("fourth to last %(weekday)s"),
        -5: _("fifth to last %(weekday)s"),
    }
    return phrases[nth.nth] % {"weekday": WEEKDAYS[nth.weekday]}


def _chosen(shape: Chosen) -> str:
    many = len(shape.days)
    if many <= FEW_DATES:
        return _("On %(days)s") % {"days": listed([days.in_words(day) for day in shape.days])}
    return ngettext("On %(many)d chosen date", "On %(many)d chosen dates", many) % {"many": many}
