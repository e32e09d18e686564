"""What somebody looks for, and the terms that say so."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from holdspace.directory import indexing, terms, times
from holdspace.directory.cells import circle
from holdspace.directory.gazetteer import Town, distance_km
from holdspace.directory.models import Way
from holdspace.directory.times import LATE
from holdspace.kit import clock

PARTS = {"morning": (5, 12), "afternoon": (12, 17), "evening": (17, 23), "night": (23, 29)}


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody looks for. `day` is Monday 0; `part` names a part of the day in `zone`."""

    words: str = ""
    topic: str = ""
    topics: tuple[str, ...] = ()  # any of them
    kind: str = ""
    audience: str = ""
    mode: str = ""
    language: str = ""
    identity: str = ""
    access: tuple[str, ...] = ()
    day: int | None = None
    part: str = ""
    zone: str = "UTC"
    near: Town | None = None
    km: int = 25
    today: bool = False
    come: bool = False
    whose: str = ""  # "us" or "elsewhere"

    @property
    def is_empty(self) -> bool:
        """Whether everything will do."""
        return self == Wish(zone=self.zone, km=self.km)

    @property
    def is_by_hours(self) -> bool:
        """Whether it asks for a day of the week or a part of the day."""
        return self.day is not None or self.part in PARTS

    @property
    def span(self) -> tuple[dt.datetime, dt.datetime] | None:
        """Today: from now to four in the morning after this evening, by the reader's clock."""
        if not self.today:
            return None
        local = clock.now().astimezone(ZoneInfo(self.zone))
        end = local.replace(hour=4, minute=0, second=0, microsecond=0)
        return clock.now() - LATE, end if local < end else end + dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Clause:
    """One part of a wish: a listing with any of these terms fits; with one of `perhaps` it may
    fit, and its row says so: by `soonest` (`Wish.span`) or by where it is (`is_near`).
    """

    surely: frozenset[int]
    perhaps: frozenset[int] = frozenset()


def clauses_of(wish: Wish) -> Iterator[Clause]:
    """The wish in parts, all of which must be met."""
    yield Clause(frozenset([indexing.SHOWN]))
    for any_of in _wanted(wish):
        yield Clause(frozenset(map(terms.hashed, any_of)))
    if wish.near is not None:
        within, edge = circle(wish.near.latitude, wish.near.longitude, wish.km)
        yield Clause(
            frozenset(map(indexing.cell_term, within)), frozenset(map(indexing.cell_term, edge))
        )
    if wish.span is not None:
        first, last = map(indexing.spell, wish.span)
        yield Clause(frozenset(range(first + 1, last)), frozenset([first, last]))


def is_near(wish: Wish, north: float | None, east: float | None) -> bool:
    """Whether a place lies within the circle, to the metre."""
    near = wish.near
    if near is None or north is None or east is None:
        return near is None
    return distance_km(near.latitude, near.longitude, north, east) <= wish.km


def _wanted(wish: Wish) -> Iterable[list[str]]:
    single = {
        "topic": wish.topic, "kind": wish.kind, "audience": wish.audience, "mode": wish.mode,
        "language": wish.language, "identity": wish.identity, "from": wish.whose,
    }  # fmt: skip
    yield from ([stem] for stem in terms.stems(wish.words)[:8])
    yield from (terms.facts(name, [value]) for name, value in single.items() if value)
    yield from (terms.facts("access", [need]) for need in wish.access[:8])
    if wish.topics:
        yield terms.facts("topic", wish.topics)
    if wish.come:
        yield terms.facts("way", [Way.COME.value])
    if wish.is_by_hours:
        yield terms.hours_within(hours_of(wish))


def hours_of(wish: Wish) -> set[int]:
    """The half-hours of a week in UTC that are this day and part of the day for the reader."""
    zone = ZoneInfo(wish.zone)
    monday = clock.now().astimezone(zone).date()
    monday -= dt.timedelta(days=monday.weekday())
    days = range(7) if wish.day is None else [wish.day % 7]
    first, last = PARTS.get(wish.part, (0, 24))
    found = set()
    for day in days:
        midnight = dt.datetime.combine(monday + dt.timedelta(days=day), dt.time(), tzinfo=zone)
        for half in range(first * 2, last * 2):
            wall = midnight + dt.timedelta(minutes=30 * half)
            found.add(times.half_hour(wall.astimezone(dt.UTC)))
    return found
