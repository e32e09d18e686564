"""Which listings a wish means: the sets of its terms crossed, then taken soonest first."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from operator import itemgetter
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Q, QuerySet

from holdspace.directory import indexing, numbers
from holdspace.directory.models import FAR, Catalogue, Listing, Word
from holdspace.directory.queries.wish import Clause

T = TypeVar("T")
Rows = QuerySet[Listing, tuple[Any, ...]]

_AT_ONCE = 120  # listings that are cheap to fetch by their numbers
_DAYS = 20  # rows of days read at first, a week; four times as many whenever that was not enough
_A_DAY = 64  # rows of one day's spells; likewise
_EARLIEST, _LATEST = indexing.spell(dt.datetime(2000, 1, 1, tzinfo=dt.UTC)), indexing.spell(FAR)
_STRIDE = 100  # rows walked at first, beside those expected to be needed; likewise
_MOST_TERMS = 10_000  # of one statement


@dataclass(frozen=True, slots=True)
class Crossed:
    """Numbers of listings that may fit, and of those among them that do: as bits."""

    perhaps: int
    surely: int

    @property
    def is_sure(self) -> bool:
        """Whether no row must be asked."""
        return self.perhaps == self.surely


def crossed(clauses: Sequence[Clause], organisation: int) -> Crossed:
    """What meets every clause, in one statement whatever they are."""
    kept = _kept({t for c in clauses for t in (*c.surely, *c.perhaps)}, organisation)
    perhaps = surely = -1  # every bit
    for clause in clauses:
        sure = numbers.joined(part for term in clause.surely for part in kept.get(term, ()))
        maybe = numbers.joined(part for term in clause.perhaps for part in kept.get(term, ()))
        surely &= sure
        perhaps &= sure | maybe
    return Crossed(perhaps, surely)


def _kept(wanted: Iterable[int], organisation: int) -> dict[int, list[tuple[int, bytes]]]:
    """The rows of these terms: block and packed numbers."""
    asked = sorted(wanted)[:_MOST_TERMS]
    found: dict[int, list[tuple[int, bytes]]] = defaultdict(list)
    which = f"IN ({', '.join(['%s'] * len(asked))})"
    for term, block, kept in _words(organisation, which, *asked):
        found[term].append((block, kept))
    return found


def _words(organisation: int, which: str, *asked: int) -> list[tuple[int, int, bytes]]:
    """Rows of an organisation's words: term, block and packed numbers. Without objects, which
    would take longer than finding them.
    """
    word, catalogue = (connection.ops.quote_name(m._meta.db_table) for m in (Word, Catalogue))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT term, block, listings FROM {word} WHERE catalogue_id = "  # noqa: S608 -- our own tables' names
            f"(SELECT id FROM {catalogue} WHERE organisation_id = %s) AND term {which}",
            [organisation, *asked],
        )
        return [(term, block, bytes(kept)) for term, block, kept in cursor]


def soonest_first(
    bits: int, rows: Rows, organisation: int, *, since: int | None, enough: int
) -> Iterator[tuple[Any, ...]]:
    """Those of `rows` whose numbers (their first value) are in `bits`, by their next meetings.

    From the spell `since` on; `enough` is how many whoever asks will want.
    """
    if bits.bit_count() <= _AT_ONCE:
        yield from _sorted(rows, bits)
        return
    gathered = 0
    for term, within in _spells(organisation, since, bits):
        here = bits & within
        if here.bit_count() <= _AT_ONCE:
            gathered |= here
            if gathered.bit_count() < enough:
                continue
            here = 0
        yield from _sorted(rows, gathered)
        gathered = 0
        if here:
            yield from _walked(here, rows.filter(_in_spell(term)), within.bit_count(), enough)
    yield from _sorted(rows, gathered)


def _sorted(rows: Rows, bits: int) -> Iterable[tuple[Any, ...]]:
    """Few listings, fetched by their numbers and then sorted."""
    some = rows.filter(number__in=numbers.in_order(bits))
    return some.order_by("soonest", "number") if bits else ()


def _walked(bits: int, rows: Rows, within: int, enough: int) -> Iterator[tuple[Any, ...]]:
    """Many within the same three hours: walk these in order and leave out what is not in `bits`."""
    ordered = rows.filter(shown=True).order_by("soonest", "number")  # as the index has it
    held = bits.to_bytes((bits.bit_length() + 7) // 8, "little")
    expected = 2 * enough * within // bits.bit_count()
    portions = _by_and_by(
        lambda start, many: list(ordered[start : start + many]), expected + _STRIDE
    )
    for passed in portions:
        for row in passed:
            if row[0] >> 3 < len(held) and held[row[0] >> 3] >> (row[0] & 7) & 1:
                yield row


def _in_spell(term: int) -> Q:
    begin = indexing.spell_begins(term)
    return Q(soonest__gte=begin, soonest__lt=begin + indexing.SPELL)


def _spells(organisation: int, since: int | None, bits: int) -> Iterator[tuple[int, int]]:
    """The three hours in which next meetings begin, in order, with their listings: those of days
    on which any of `bits` meets.
    """
    earliest = _EARLIEST if since is None else since
    days = indexing.day_of(earliest), indexing.day_of(_LATEST)
    for day, within in _between(organisation, *days, first=_DAYS):
        if bits & within:
            begin = indexing.first_spell(day)
            spells = max(begin, earliest), begin + indexing.SPELLS - 1
            yield from _between(organisation, *spells, first=_A_DAY)


def _between(organisation: int, low: int, high: int, *, first: int) -> Iterator[tuple[int, int]]:
    """Terms that have an order, and their listings; `first` is how many rows are read at first."""
    which = "BETWEEN %s AND %s ORDER BY term, block LIMIT %s OFFSET %s"
    rows = _by_and_by(
        lambda start, many: _words(organisation, which, low, high, many, start), first
    )
    for term, parts in groupby(chain.from_iterable(rows), key=itemgetter(0)):
        yield term, numbers.joined((block, kept) for _term, block, kept in parts)


def _by_and_by(read: Callable[[int, int], Sequence[T]], first: int) -> Iterator[Sequence[T]]:
    """Rows in growing portions, each from a number on so many: the first is mostly enough."""
    start, step = 0, first
    while portion := read(start, step):
        yield portion
        if len(portion) < step:
            return
        start, step = start + step, step * 4
