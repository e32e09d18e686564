"""What a rhythm is made of. Weekdays count from 0, Monday, as in `datetime.date.weekday`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from whenever import PlainDateTime, TimeZoneNotFoundError

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

SUNDAY = 6
FIFTH = 5
MOST_MINUTES = 24 * 60
MOST_EVERY = 99
MOST_TIMES = 1000
MOST_DATES = 400
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)  # instants exist on both sides of these
TOO_FAR = _("That date is too far away.")


class NotARhythm(ValueError):
    """The rule cannot be kept; the message says why, to the person who typed it."""


def _require(holds: bool, why: "StrPromise") -> None:
    if not holds:
        raise NotARhythm(why)


def _near(day: date) -> bool:
    return EARLIEST <= day <= LATEST


@dataclass(frozen=True, slots=True)
class Weekly:
    """On these weekdays of every `every`-th week; weeks begin on Monday (RFC 5545's default)."""

    days: tuple[int, ...]
    every: int = 1

    def __post_init__(self) -> None:
        _require(bool(self.days), _("Choose at least one day of the week."))
        _require(all(0 <= day <= SUNDAY for day in self.days), _("That is no day of the week."))
        _require(1 <= self.every <= MOST_EVERY, _("Choose a number of weeks from 1 to 99."))
        object.__setattr__(self, "days", tuple(sorted(set(self.days))))


@dataclass(frozen=True, slots=True)
class Nth:
    """The `nth` such weekday of a month: 1 to 5 from its start, -1 to -5 from its end."""

    nth: int
    weekday: int

    def __post_init__(self) -> None:
        _require(0 <= self.weekday <= SUNDAY, _("That is no day of the week."))
        _require(1 <= abs(self.nth) <= FIFTH, _("A month has at most five of each weekday."))


@dataclass(frozen=True, slots=True)
class Monthly:
    """On these weekdays of every `every`-th month; a month without a fifth one is left out."""

    days: tuple[Nth, ...]
    every: int = 1

    def __post_init__(self) -> None:
        _require(bool(self.days), _("Choose which week of the month."))
        _require(1 <= self.every <= MOST_EVERY, _("Choose a number of months from 1 to 99."))
        in_order = sorted(set(self.days), key=lambda day: (day.nth < 0, day.nth, day.weekday))
        object.__setattr__(self, "days", tuple(in_order))


@dataclass(frozen=True, slots=True)
class Chosen:
    """On these dates and no others."""

    days: tuple[date, ...]

    def __post_init__(self) -> None:
        _require(bool(self.days), _("Choose at least one date."))
        _require(len(self.days) <= MOST_DATES, _("That is more dates than we can keep."))
        _require(all(_near(day) for day in self.days), TOO_FAR)
        object.__setattr__(self, "days", tuple(sorted(set(self.days))))


@dataclass(frozen=True, slots=True)
class Other:
    """Any other RFC 5545 rule, without UNTIL and COUNT; unfolded by dateutil, slowly."""

    rule: str


Shape = Weekly | Monthly | Chosen | Other


@dataclass(frozen=True, slots=True)
class Pause:
    """No meetings from `first` to `last`, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        _require(self.first <= self.last, _("A pause ends on or after the day it begins."))


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A rule in a named zone.

    `starts` is the first day on which it may fall and sets the phase of "every second week".
    `at` is what the clock on the wall of `zone` shows; `minutes` is elapsed time, so a meeting
    that spans a clock change lasts as long as any other. `until` is the last day, included.
    `times` counts dates of the rule, paused ones too, as RFC 5545 counts before its EXDATEs.
    """

    shape: Shape
    starts: date
    at: time
    minutes: int
    zone: str
    until: date | None = None
    times: int | None = None
    pauses: tuple[Pause, ...] = ()

    def __post_init__(self) -> None:
        _require(1 <= self.minutes <= MOST_MINUTES, _("A meeting lasts from 1 minute to a day."))
        _require(
            self.times is None or 1 <= self.times <= MOST_TIMES, _("Choose from 1 to 1000 times.")
        )
        _require(_near(self.starts) and (self.until is None or _near(self.until)), TOO_FAR)
        _require(
            self.until is None or self.until >= self.starts,
            _("The last day is before the first one."),
        )
        _require(
            self.at.tzinfo is None and not self.at.microsecond, _("That is no time of the day.")
        )
        _require_zone(self.zone)

    def is_paused(self, day: date) -> bool:
        """Whether the day lies in one of the pauses."""
        return any(pause.first <= day <= pause.last for pause in self.pauses)


def _require_zone(zone: str) -> None:
    try:
        PlainDateTime(2000, 1, 1).assume_tz(zone, disambiguation="compatible")
    except (TimeZoneNotFoundError, ValueError) as error:
        raise NotARhythm(_("We do not know that time zone.")) from error


def pauses_of(days: Iterable[date]) -> tuple[Pause, ...]:
    """Single days left out, as pauses of a day each."""
    return tuple(Pause(day, day) for day in sorted(set(days)))
