"""Which listings a wish means: the sets of its terms crossed, then taken soonest first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from holdspace.directory import indexing, numbers
from holdspace.directory.models import Catalogue, Listing, Word
from holdspace.directory.queries.wish import Clause

Rows = QuerySet[Listing, tuple[Any, ...]]

_AT_ONCE = 120  # listings that are cheap to fetch by their numbers
_PORTION = 16  # spells read at first; four times as many whenever that was not enough
_STRIDE = 250  # rows walked at first; likewise
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
    word, catalogue = (connection.ops.quote_name(m._meta.db_table) for m in (Word, Catalogue))
    found: dict[int, list[tuple[int, bytes]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT term, block, listings FROM {word} WHERE catalogue_id = "  # noqa: S608 -- our own tables' names
            f"(SELECT id FROM {catalogue} WHERE organisation_id = %s) "
            f"AND term IN ({', '.join(['%s'] * len(asked))})",
            [organisation, *asked],
        )
        for term, block, kept in cursor:
            found[term].append((block, bytes(kept)))
    return found


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
    for term, within in _spells(organisation, since):
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
    for passed in _by_and_by(ordered, max(expected, _STRIDE)):
        for row in passed:
            if row[0] >> 3 < len(held) and held[row[0] >> 3] >> (row[0] & 7) & 1:
                yield row


def _in_spell(term: int) -> Q:
    begin = indexing.spell_begins(term)
    return Q(soonest__gte=begin, soonest__lt=begin + indexing.SPELL)


def _spells(organisation: int, since: int | None) -> Iterator[tuple[int, int]]:
    """Every three hours in which next meetings begin, in order, with their listings."""
    rows = Word.objects.filter(catalogue__organisation=organisation, term__lt=0)
    rows = rows if since is None else rows.filter(term__gte=since)
    kept = rows.order_by("term", "block").values_list("term", "block", "listings")
    each = chain.from_iterable(_by_and_by(kept, _PORTION))
    for term, parts in groupby(each, key=lambda row: row[0]):
        yield term, numbers.joined((block, bytes(said)) for _term, block, said in parts)


def _by_and_by(rows: QuerySet[Any, Any], first: int) -> Iterator[list[Any]]:
    """Rows in growing portions: the first one is mostly enough."""
    start, step = 0, first
    while portion := list(rows[start : start + step]):
        yield portion
        if len(portion) < step:
            return
        start, step = start + step, step * 4
