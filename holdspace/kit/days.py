"""Days as people read them: the months' names and the order of the parts as in their language."""

import datetime as dt

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time
from django.utils.translation import to_locale

from holdspace.kit.speaking import language


def locale() -> Locale:
    """What is known of the language of the page: its calendar's words, names of countries."""
    try:
        return Locale.parse(to_locale(language() or "en_GB"))
    except (UnknownLocaleError, ValueError):
        return Locale("en", "GB")


def in_words(day: dt.date) -> str:
    """A day with its month in words and its year: 3 March 2026."""
    return format_date(day, "long", locale=locale())


def iso_in_words(day: str) -> str:
    """A day that was kept as text (2026-03-01), as people read it."""
    return in_words(dt.date.fromisoformat(day))


def month_in_words(day: dt.date) -> str:
    """Its month and year: March 2026."""
    return format_skeleton("yMMMM", _midnight(day), locale=locale())


def weekday_in_words(day: dt.date) -> str:
    """The day of the week: Tuesday."""
    return format_date(day, "EEEE", locale=locale())


def moment_in_words(moment: dt.datetime) -> str:
    """A moment of these weeks, by the clock it carries: Tuesday 3 March, 19:00."""
    day = format_skeleton("MMMMEEEEd", moment, locale=locale())
    return f"{day}, {time_in_words(moment)}"


def time_in_words(moment: dt.datetime) -> str:
    """The time of day by the clock the moment carries: 19:00."""
    return format_time(moment.time(), "HH:mm", locale=locale())


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time())
