"""What the conversation offers to templates: when something was said, and for whom."""

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdspace.kit import clock
from holdspace.kit.speaking import language
from holdspace.kit.zones import on_the_wall
from holdspace.threads.words import ASKED, Audience, Kind, Need


def said_at(moment: dt.datetime | None, zone: str) -> str:
    """When something was said, as the reader's wall shows it: "Today, 19:04"."""
    if moment is None:
        return ""
    here = on_the_wall(moment, zone)
    time = f"{here.hour:02}:{here.minute:02}"
    return _day_and_time(language()) % {"day": day_word(here.date()), "time": time}


@lru_cache(maxsize=32)
def _day_and_time(_language: str) -> str:
    return _("%(day)s, %(time)s")


def day_word(day: dt.date) -> str:
    """Today, Yesterday, else the day and its month, with the year when it is another one."""
    return _day_word(day, clock.today(), language())


@lru_cache(maxsize=512)
def _day_word(day: dt.date, today: dt.date, language: str) -> str:
    """The words of a day in a language: a page says the same few days twenty times."""
    ago = (today - day).days
    if ago == 0:
        return _("Today")
    if ago == 1:
        return _("Yesterday")
    words = {"day": day.day, "month": MONTHS[day.month], "year": day.year}
    if day.year == today.year:
        return _("%(day)d %(month)s") % words
    return _("%(day)d %(month)s %(year)d") % words


def wait_in_words(hours: float) -> str:
    """After how long: "within the hour", "in about 3 hours", "in about 2 days"."""
    if hours < 1:
        return _("within the hour")
    if hours < 36:  # noqa: PLR2004 -- up to a day and a half people count in hours
        n = round(hours)
        return ngettext("in about %(n)d hour", "in about %(n)d hours", n) % {"n": n}
    n = round(hours / 24)
    return ngettext("in about %(n)d day", "in about %(n)d days", n) % {"n": n}


def reminder_of(need: str) -> str:
    """What whoever answers is gently reminded of; empty for no need."""
    return str(ASKED[Need(need)]) if need in Need.values else ""


def audience_word(seen_by: str) -> str:
    """Whom a text is for, where that is not simply the group."""
    return "" if seen_by == Audience.MEMBERS else str(Audience(seen_by).label)


def together(names: list[str]) -> str:
    """Names as one says them: "Wren", "Wren and Ash", "Wren, Ash and Rowan"."""
    if len(names) < 2:  # noqa: PLR2004
        return "".join(names)
    return _("%(some)s and %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}


class _Offered:
    """The five lines, in the language of the page, looked up once a language."""

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(_offered(language()))


@lru_cache(maxsize=32)
def _offered(language: str) -> tuple[tuple[str, str], ...]:
    return tuple((kind.value, str(kind.label)) for kind in Kind)


GLOBALS = {
    "audience_word": audience_word,
    "day_word": day_word,
    "wait_in_words": wait_in_words,
    "reminder_of": reminder_of,
    "said_at": said_at,
    "supports_offered": _Offered(),
    "together": together,
}
