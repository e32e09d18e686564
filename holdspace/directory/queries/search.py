"""Searching the directory: one statement for a thousand listings or a hundred thousand.

A wish is crossed as sets (`crossing.py`); what fits is taken soonest first until a page is full
(`ordering.py`).
Rows are asked only about what no term says: the minute and the metre, at the edge of a circle or
of tonight.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from holdspace.directory.models import Listing
from holdspace.directory.numbers import in_order
from holdspace.directory.queries.crossing import Crossed, crossed
from holdspace.directory.queries.ordering import Asked, Stretch, soonest_first
from holdspace.directory.queries.wish import Wish, clauses_of, is_near
from holdspace.kit.guard import sees
from holdspace.kit.viewer import Viewer

PAGE = 20
MOST_COUNTED = 100
_NO_NUMBER = 2**31  # what no listing's column holds


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
    met = crossed(list(clauses_of(wish)), viewer.organisation)
    mark = _read(after)
    counting = not met.is_sure and met.surely.bit_count() <= MOST_COUNTED
    wanted = max(MOST_COUNTED if counting and mark is None else 0, many) + 1
    if met.is_sure and mark is None and met.surely.bit_count() <= many:
        ahead = in_order(met.surely)  # one page holds them all, and puts them in order
    else:
        ahead = list(islice(_fitting(wish, met, viewer.organisation, mark, wanted), wanted))
    if not counting:
        count = min(met.surely.bit_count(), MOST_COUNTED + 1)
    elif mark is None:
        count = min(len(ahead), MOST_COUNTED + 1)
    else:
        all_of_it = _fitting(wish, met, viewer.organisation, None, MOST_COUNTED + 1)
        count = sum(1 for _ in islice(all_of_it, MOST_COUNTED + 1))
    page = _page(ahead[:many], viewer.organisation)
    last = page[-1] if page and len(ahead) > many else None
    return Found(page, count, f"{int(last.soonest.timestamp())}-{last.number:x}" if last else "")


@sees
def tonight(*, viewer: Viewer, zone: str, many: int = 3) -> list[Listing]:
    """What is still to come today or tonight and open to anybody: ours first."""
    found: list[Listing] = []
    for whose in ("us", "elsewhere"):
        if len(found) < many:
            wish = Wish(today=True, come=True, zone=zone, whose=whose)
            found += search(wish, viewer=viewer, many=many - len(found)).listings
    return found


def _page(numbers: list[int], organisation: int) -> list[Listing]:
    """The listings of a page, in order: so few are sorted here sooner than their order is asked."""
    if not numbers:
        return []
    rows = Listing.objects.filter(organisation_id=organisation, number__in=numbers)
    return sorted(rows.select_related("source"), key=lambda row: (row.soonest, row.number))


def _fitting(
    wish: Wish, met: Crossed, organisation: int, mark: tuple[dt.datetime, int] | None, enough: int
) -> Iterator[int]:
    """The numbers of what fits, soonest first, from a mark on."""
    stretch = Stretch() if wish.span is None else Stretch().within(*wish.span)
    if mark is not None:
        stretch = Stretch(max(stretch.after, mark), stretch.before)
    enough = enough if wish.near is None else enough * 2
    asked = Asked(organisation, stretch, enough, by_hours=wish.is_by_hours)
    for number, north, east in soonest_first(met.perhaps, asked):
        if met.surely >> number & 1 or is_near(wish, north, east):
            yield number


def _read(after: str) -> tuple[dt.datetime, int] | None:
    """The mark of an earlier page; None for what is none."""
    moment, _dash, last = after.partition("-")
    try:
        mark = dt.datetime.fromtimestamp(int(moment), tz=dt.UTC), int(last, 16)
    except (ValueError, OverflowError, OSError):
        return None
    return mark if 0 <= mark[1] < _NO_NUMBER else None
