"""When a meeting is, in words: in the reader's zone, and in its own beside it if they differ."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdspace.kit import clock
from holdspace.kit.speaking import language
from holdspace.kit.zones import on_the_wall
from holdspace.meetings.rhythm.words import zone_words

if TYPE_CHECKING:
    from holdspace.meetings.models import Meeting


@dataclass(frozen=True, slots=True)
class When:
    """Ready for the page. `hours` and `zone` are empty once the exact times have gone."""

    day: str
    begins: str = ""
    ends: str = ""
    zone: str = ""
    own: str = ""
    iso: str = ""

    @property
    def hours(self) -> str:
        """19:00 to 20:30."""
        if not self.begins:
            return ""
        return _("%(begins)s to %(ends)s") % {"begins": self.begins, "ends": self.ends}

    @property
    def line(self) -> str:
        """All of it in one line: Tuesday 24 November, 19:00 to 20:30, London time."""
        if not self.begins:
            return self.day
        return _("%(day)s, %(hours)s, %(zone)s") % {
            "day": self.day,
            "hours": self.hours,
            "zone": self.zone,
        }


def when(meeting: "Meeting", zone: str) -> When:
    """The words for a meeting, for a reader in `zone`."""
    if meeting.begins is None or meeting.ends is None:
        return When(long_day(meeting.day))
    return when_between(meeting.begins, meeting.ends, zone, own=meeting.zone)


def when_between(begins: dt.datetime, ends: dt.datetime, zone: str, *, own: str = "") -> When:
    """The same for two instants; `own` is the zone in which the meeting was planned."""
    here, over = on_the_wall(begins, zone), on_the_wall(ends, zone)
    return When(
        day=long_day(here.date()),
        begins=f"{here:%H:%M}",
        ends=f"{over:%H:%M}",
        zone=zone_words(zone),
        own=_own(begins, here, own) if own and own != zone else "",
        iso=begins.isoformat(timespec="minutes"),
    )


def _own(begins: dt.datetime, here: dt.datetime, zone: str) -> str:
    """The begin in the meeting's own zone, with its day where that is another one."""
    there = on_the_wall(begins, zone)
    if there.replace(tzinfo=None) == here.replace(tzinfo=None):
        return ""
    words = {"time": f"{there:%H:%M}", "zone": zone_words(zone)}
    if there.date() == here.date():
        return _("%(time)s, %(zone)s") % words
    return _("%(weekday)s %(time)s, %(zone)s") % {
        **words,
        "weekday": WEEKDAYS[there.weekday()],
    }


def long_day(day: dt.date) -> str:
    """Tuesday 24 November; with its year when that is not this one."""
    return _long_day(language(), day, day.year == clock.today().year)


@lru_cache(maxsize=5_000)
def _long_day(_language: str, day: dt.date, this_year: bool) -> str:
    words = {"weekday": WEEKDAYS[day.weekday()], "day": day.day, "month": MONTHS[day.month]}
    if this_year:
        return _("%(weekday)s %(day)d %(month)s") % words
    return _("%(weekday)s %(day)d %(month)s %(year)d") % {**words, "year": day.year}


def lasting(minutes: int) -> str:
    """How long: "45 minutes", "1 hour", "2 hours", "1 h 30 min"."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return ngettext("%(minutes)d minute", "%(minutes)d minutes", rest) % {"minutes": rest}
    if not rest:
        return ngettext("%(hours)d hour", "%(hours)d hours", hours) % {"hours": hours}
    return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}
