"""Listings soonest first, from a set of their numbers.

Few are fetched and sorted. Of many, the sets that say when listings meet next are crossed with
theirs, day by day and then three hours by three hours, until few are left or a page is full.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby
from operator import itemgetter
from typing import TypeVar

from django.db import connection

from holdspace.directory import indexing, numbers
from holdspace.directory.models import FAR, Listing
from holdspace.directory.queries.crossing import kept_of, rows_of, words_kept

T = TypeVar("T")
Row = tuple[int, float | None, float | None]  # number, latitude, longitude

_AT_ONCE = 120  # listings that are cheap to fetch by their numbers
# Rows of days read at first, four times as many whenever that was not enough: a few days, and a
# week where hours were asked for, since these may be days away.
_FEW_DAYS, _DAYS = 6, 20
_STRIDE = 100  # rows walked at first, beside those expected to be needed; likewise
_NEVER = indexing.day_of(indexing.spell(FAR))


@dataclass(frozen=True, slots=True)
class Stretch:
    """Next meetings after a place in the order (a moment and a number) and before a moment."""

    after: tuple[dt.datetime, int] = (dt.datetime(2000, 1, 1, tzinfo=dt.UTC), -1)
    before: dt.datetime = FAR + indexing.DAY

    def within(self, begin: dt.datetime, end: dt.datetime) -> "Stretch":
        """What of it lies from one moment to another."""
        return Stretch(max(self.after, (begin, -1)), min(self.before, end))


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose listings in which stretch. `enough` is how many whoever asks will want; `by_hours`:
    whether they were chosen by their hours, so that parts of a day hold none or many.
    """

    organisation: int
    stretch: Stretch
    enough: int
    by_hours: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    """Those that meet next from a moment to another, of how many that do."""

    begin: dt.datetime
    end: dt.datetime
    bits: int = field(repr=False)
    among: int = 0

    @property
    def is_few(self) -> bool:
        return self.bits.bit_count() <= _AT_ONCE


def soonest_first(bits: int, asked: Asked) -> Iterator[Row]:
    """Listings whose numbers are in `bits`, by their next meetings."""
    if bits.bit_count() <= max(_AT_ONCE, asked.enough):
        yield from _sorted(bits, asked, asked.stretch)
        return
    gathered, since = 0, asked.stretch.after[0]
    for piece in _pieces(bits, asked):
        if piece.end <= since:
            continue
        if piece.is_few:
            gathered |= piece.bits
            if gathered.bit_count() < asked.enough:
                continue
        end = piece.end if piece.is_few else piece.begin
        yield from _sorted(gathered, asked, asked.stretch.within(since, end))
        gathered, since = 0, piece.end
        if not piece.is_few:
            yield from _walked(piece, asked)
    yield from _sorted(gathered, asked, asked.stretch.within(since, asked.stretch.before))


def _pieces(bits: int, asked: Asked) -> Iterator[_Piece]:
    """All of `bits` in their order: days, and what is shorter where these hold many."""
    for day, within in _days(asked):
        here = bits & within
        begin = indexing.spell_begins(indexing.first_spell(day))
        piece = _Piece(begin, begin + indexing.DAY, here)
        if piece.is_few:
            yield piece
        else:
            yield from _parts_of_day(day, here, asked)


def _parts_of_day(day: int, bits: int, asked: Asked) -> Iterator[_Piece]:
    """Spells of three hours; where the hours were chosen also half-hours, in the same statement."""
    first = indexing.first_spell(day)
    halves = {
        # Without a next meeting there is no half-hour in which it begins.
        spell: indexing.halves(spell) if asked.by_hours and day != _NEVER else []
        for spell in range(first, first + indexing.SPELLS)
    }
    kept = kept_of(chain(halves, *halves.values()), asked.organisation)
    for spell, its_halves in halves.items():
        within, begin = numbers.joined(kept.get(spell, ())), indexing.spell_begins(spell)
        piece = _Piece(begin, begin + indexing.SPELL, bits & within, within.bit_count())
        if piece.is_few or not its_halves:
            yield piece
            continue
        # A half-hour of the week also holds who meets in it later: `_sorted` leaves them out.
        for place, half in enumerate(its_halves):
            at, meeting = begin + place * indexing.HALF, numbers.joined(kept.get(half, ()))
            both = within & meeting
            yield _Piece(at, at + indexing.HALF, bits & both, both.bit_count())


def _days(asked: Asked) -> Iterator[tuple[int, int]]:
    """Days on which somebody meets next, in order, with their listings."""
    stretch = asked.stretch
    ends = [indexing.day_of(indexing.spell(at)) for at in (stretch.after[0], stretch.before)]
    which = "BETWEEN %s AND %s ORDER BY term, block LIMIT %s OFFSET %s"
    rows = _by_and_by(
        lambda start, many: words_kept(asked.organisation, which, *ends, many, start),
        _DAYS if asked.by_hours else _FEW_DAYS,
    )
    for day, parts in groupby(chain.from_iterable(rows), key=itemgetter(0)):
        yield day, numbers.joined((block, kept) for _term, block, kept in parts)


def _sorted(bits: int, asked: Asked, stretch: Stretch) -> Sequence[Row]:
    """Few listings, fetched by their numbers and then sorted."""
    # Our own numbers, written out: a hundred of them as parameters take longer than the rows.
    some = ", ".join(map(str, numbers.in_order(bits)))
    which = f"number IN ({some}) ORDER BY soonest, number"
    return _rows(asked.organisation, stretch, which) if some else ()


def _walked(piece: _Piece, asked: Asked) -> Iterator[Row]:
    """Many at about the same time: walk these in order and leave out what is not among them."""
    stretch = asked.stretch.within(piece.begin, piece.end)
    held = piece.bits.to_bytes((piece.bits.bit_length() + 7) // 8, "little")
    expected = 2 * asked.enough * piece.among // piece.bits.bit_count()
    which = "shown ORDER BY soonest, number LIMIT %s OFFSET %s"  # as the index has it
    portions = _by_and_by(
        lambda start, many: _rows(asked.organisation, stretch, which, many, start),
        expected + _STRIDE,
    )
    for row in chain.from_iterable(portions):
        if row[0] >> 3 < len(held) and held[row[0] >> 3] >> (row[0] & 7) & 1:
            yield row


def _rows(organisation: int, stretch: Stretch, which: str, *asked: int) -> list[Row]:
    """Numbers and places of listings."""
    (begun, last), moment = stretch.after, connection.ops.adapt_datetimefield_value
    table = connection.ops.quote_name(Listing._meta.db_table)
    return rows_of(
        f"SELECT number, latitude, longitude FROM {table} WHERE organisation_id = %s "  # noqa: S608 -- our own table's name
        f"AND (soonest, number) > (%s, %s) AND soonest < %s AND {which}",
        [organisation, moment(begun), last, moment(stretch.before), *asked],
    )


def _by_and_by(read: Callable[[int, int], Sequence[T]], first: int) -> Iterator[Sequence[T]]:
    """Rows in growing portions, each from a number on so many: the first is mostly enough."""
    start, step = 0, first
    while portion := read(start, step):
        yield portion
        if len(portion) < step:
            return
        start, step = start + step, step * 4
