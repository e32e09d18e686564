"""Searching the directory: the same few index walks for a thousand listings or a hundred thousand.

Every wish is a set of terms, any of which will do. They are counted up to a bound in one
statement. If one of them is rare, its listings are fetched and the rest is asked of each; if none
is, the listings are walked soonest first and each is asked, until a page is full.
"""

import datetime as dt
import math
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Exists, F, FloatField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast

from holdspace.directory import terms, times
from holdspace.directory.gazetteer import Town
from holdspace.directory.models import FAR, Listing, Way, Word
from holdspace.directory.times import LATE
from holdspace.kit import clock
from holdspace.kit.guard import sees
from holdspace.kit.viewer import Viewer

PAGE = 20
MOST_COUNTED = 100
_RARE = 600  # listings that are cheap to fetch by their ids
_GATHERED = 8_000  # listings that are cheap to gather once and hold
_KM_A_DEGREE = 111.2
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

    @property
    def is_empty(self) -> bool:
        """Whether everything will do."""
        return self == Wish(zone=self.zone, km=self.km)


@dataclass(frozen=True, slots=True)
class Found:
    """One page of listings, soonest first. `count` stops at MOST_COUNTED + 1."""

    listings: list[Listing]
    count: int
    after: str = field(default="")

    @property
    def is_many(self) -> bool:
        """Whether there are more than were counted."""
        return self.count > MOST_COUNTED


@sees
def search(wish: Wish, *, viewer: Viewer, after: str = "", many: int = PAGE) -> Found:
    """The listings that fit a wish, from `after` on (`Found.after` of the page before)."""
    rows = _fitting(wish, viewer.organisation)
    walk = _from(rows, after).order_by("soonest", "id").values_list("id", flat=True)
    ahead = list(walk[: max(MOST_COUNTED, many) + 1])
    count = rows.order_by()[: MOST_COUNTED + 1].count() if after else len(ahead)
    here = Listing.objects.filter(id__in=ahead[:many]).select_related("source")
    page = list(here.order_by("soonest", "id"))
    more = page[-1] if len(ahead) > many else None
    mark = f"{int(more.soonest.timestamp())}-{more.id:x}" if more else ""
    return Found(page, count, mark)


@sees
def tonight(*, viewer: Viewer, zone: str, many: int = 3) -> list[Listing]:
    """What is still to come today or tonight and open to anybody: ours first."""
    rows = _fitting(Wish(today=True, come=True, zone=zone), viewer.organisation)
    ours = list(rows.filter(group__isnull=False).order_by("soonest", "id")[:many])
    if len(ours) < many:
        others = rows.filter(group=None).select_related("source").order_by("soonest", "id")
        ours += others[: many - len(ours)]
    return ours


def _from(rows: QuerySet[Listing], after: str) -> QuerySet[Listing]:
    moment, _dash, last = after.partition("-")
    try:
        begun = dt.datetime.fromtimestamp(int(moment), tz=dt.UTC)
        rest = Q(soonest__gt=begun) | Q(soonest=begun, id__gt=int(last, 16))
    except (ValueError, OverflowError, OSError):
        return rows
    return rows.filter(rest, soonest__gte=begun)


def _fitting(wish: Wish, organisation: int) -> QuerySet[Listing]:
    rows: QuerySet[Listing] = Listing.objects.filter(organisation_id=organisation, shown=True)
    sets = [sorted(terms.hashed(organisation, term) for term in any_of) for any_of in _wanted(wish)]
    counts = _counted(sets)
    order = sorted(range(len(sets)), key=lambda n: counts[n])
    if order and counts[order[0]] <= _RARE:
        rarest = sets[order.pop(0)]
        ids = Word.objects.filter(term__in=rarest).values_list("listing_id", flat=True)
        rows = rows.filter(id__in=list(ids))
    for place in order:
        rows = _also(rows, sets[place], counts[place])
    if wish.near is not None:
        rows = rows.filter(_within(wish.near, wish.km))
    if wish.today:
        rows = rows.filter(soonest__gte=clock.now() - LATE, soonest__lt=_end_of_night(wish.zone))
    return rows


def _also(rows: QuerySet[Listing], any_of: list[int], count: int) -> QuerySet[Listing]:
    """Ask one more set of each listing: a common word is looked up there and then, the rest is
    gathered once. Times and places stand together in the order, so that many are passed over
    before the first fits; to look each up in a dozen terms cost a second in 100,000 listings.
    """
    if len(any_of) == 1 and count > _GATHERED:
        return rows.filter(Exists(Word.objects.filter(listing=OuterRef("pk"), term=any_of[0])))
    return rows.filter(id__in=Word.objects.filter(term__in=any_of).values("listing_id"))


def _wanted(wish: Wish) -> list[list[str]]:
    """The wish as sets of terms: one of each must be there."""
    single = {
        "topic": wish.topic, "kind": wish.kind, "audience": wish.audience, "mode": wish.mode,
        "language": wish.language, "identity": wish.identity,
    }  # fmt: skip
    sets = [[stem] for stem in terms.stems(wish.words)[:8]]
    sets += [terms.facts(name, [value]) for name, value in single.items() if value]
    sets += [terms.facts("access", [need]) for need in wish.access[:8]]
    if wish.topics:
        sets.append(terms.facts("topic", wish.topics))
    if wish.come:
        sets.append(terms.facts("way", [Way.COME.value]))
    if wish.day is not None or wish.part in PARTS:
        sets.append(terms.facts("hour", (str(hour) for hour in hours_of(wish))))
    if wish.near is not None:
        around = terms.cells_around(wish.near.latitude, wish.near.longitude, wish.km)
        sets.append(terms.facts("cell", around))
    return sets


def hours_of(wish: Wish) -> list[int]:
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
    return sorted(found)


def _counted(sets: list[list[int]]) -> list[int]:
    """How many listings each set has, counted up to a bound, in one statement."""
    if not sets:
        return []
    table = connection.ops.quote_name(Word._meta.db_table)
    counted = "(SELECT COUNT(*) FROM (SELECT 1 FROM {} WHERE term IN ({}) LIMIT {}) AS counted)"
    parts = [counted.format(table, ", ".join(["%s"] * len(s)), _GATHERED + 1) for s in sets]
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(parts), [term for s in sets for term in s])
        return [int(count) for count in cursor.fetchone()]


def _within(town: Town, km: float) -> Q:
    """Within a circle, as plain arithmetic that every database has."""
    north = F("latitude") - Value(town.latitude)
    east = F("longitude") - Value(town.longitude)
    shrink = math.cos(math.radians(town.latitude)) ** 2
    square = Cast(north * north + east * east * Value(shrink), FloatField())
    reach: Any = Value((km / _KM_A_DEGREE) ** 2)
    return Q(latitude__isnull=False) & _less_or_equal(square, reach)


def _less_or_equal(left: Any, right: Any) -> Q:
    from django.db.models.lookups import LessThanOrEqual  # noqa: PLC0415 -- one comparison

    return Q(LessThanOrEqual(left, right))


def _end_of_night(zone: str) -> dt.datetime:
    """Four in the morning after this evening, as the reader's clock has it."""
    local = clock.now().astimezone(ZoneInfo(zone))
    end = local.replace(hour=4, minute=0, second=0, microsecond=0)
    return end if local < end else end + dt.timedelta(days=1)


__all__ = ["FAR", "MOST_COUNTED", "PAGE", "PARTS", "Found", "Wish", "search", "tonight"]
