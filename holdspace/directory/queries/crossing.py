"""Which listings a wish means: the sets of its terms crossed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from holdspace.directory import numbers
from holdspace.directory.models import Catalogue, Word
from holdspace.directory.queries.wish import Clause

_MOST_TERMS = 10_000  # of one statement
_BINARY = 1  # psycopg's Format.BINARY, without loading it where SQLite is used


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
    kept = kept_of({t for c in clauses for t in (*c.surely, *c.perhaps)}, organisation)
    perhaps = surely = -1  # every bit
    for clause in clauses:
        sure = numbers.joined(part for term in clause.surely for part in kept.get(term, ()))
        maybe = numbers.joined(part for term in clause.perhaps for part in kept.get(term, ()))
        surely &= sure
        perhaps &= sure | maybe
    return Crossed(perhaps, surely)


def kept_of(wanted: Iterable[int], organisation: int) -> dict[int, list[tuple[int, bytes]]]:
    """The rows of these terms: block and packed numbers."""
    asked = sorted(wanted)[:_MOST_TERMS]
    found: dict[int, list[tuple[int, bytes]]] = defaultdict(list)
    which = f"IN ({', '.join(['%s'] * len(asked))})"
    for term, block, kept in words_kept(organisation, which, *asked):
        found[term].append((block, kept))
    return found


def words_kept(organisation: int, which: str, *asked: int) -> list[tuple[int, int, bytes]]:
    """Rows of an organisation's words: term, block and packed numbers."""
    word, catalogue = (connection.ops.quote_name(m._meta.db_table) for m in (Word, Catalogue))
    return rows_of(
        f"SELECT term, block, listings FROM {word} WHERE catalogue_id = "  # noqa: S608 -- our own tables' names
        f"(SELECT id FROM {catalogue} WHERE organisation_id = %s) AND term {which}",
        [organisation, *asked],
    )


def rows_of(statement: str, asked: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Rows as they are: without a queryset, which takes longer than finding them, and on
    PostgreSQL in its binary form, since bytes as text take longer than both.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.cursor.format = _BINARY
        cursor.execute(statement, asked)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
