"""Writing the word table: what listings say now, against what it says of them."""

import struct
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import connection

from holdspace.directory import numbers
from holdspace.directory.indexing import Entry
from holdspace.directory.models import Catalogue, Listing, Word

_AT_ONCE = 500  # terms read and written at once
_STAYS = {"id", "organisation", "code", "source", "source_key", "number"}
Changes = dict[int, dict[int, tuple[list[int], list[int]]]]  # block, term: numbers in, numbers out


def held(organisation: int) -> Catalogue:
    """The catalogue of an organisation, ours alone until the act ends.

    Held before listings are read, so that what they say is what the word table says of them.
    """
    rows = Catalogue.objects.select_for_update().filter(organisation_id=organisation)
    found: Catalogue | None = rows.first()
    if found is None:
        first = [Catalogue(organisation_id=organisation)]
        Catalogue.objects.bulk_create(first, ignore_conflicts=True)
        found = rows.get()
    return found


def keep(catalogue: Catalogue, entries: Sequence[Entry]) -> None:
    """Write the rows of some listings, new or known, and have the word table say the same."""
    new = [entry.listing for entry in entries if entry.listing.number is None]
    for number, listing in enumerate(new, start=catalogue.size):
        listing.number = number
    if new:
        catalogue.size += len(new)
        catalogue.save(update_fields=["size"])
    _enter(catalogue, entries)
    _save([entry.listing for entry in entries])


def hide(catalogue: Catalogue, listings: Sequence[Listing]) -> None:
    """Have some listings leave the directory; their rows stay."""
    for listing in listings:
        listing.shown = False
    keep(catalogue, [Entry(listing, set()) for listing in listings])


def _save(listings: Sequence[Listing]) -> None:
    """Insert or update rows: one prepared statement, a third of what `bulk_create` takes."""
    fields = Listing._meta.concrete_fields
    columns = [connection.ops.quote_name(str(f.column)) for f in fields]
    changing = [c for f, c in zip(fields, columns, strict=True) if f.name not in _STAYS]
    table = connection.ops.quote_name(Listing._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({', '.join(columns)}) "  # noqa: S608 -- our own columns' names
            f"VALUES ({', '.join(['%s'] * len(columns))}) ON CONFLICT (id) DO UPDATE SET "
            + ", ".join(f"{column} = excluded.{column}" for column in changing),
            [
                [f.get_db_prep_save(getattr(listing, f.attname), connection) for f in fields]
                for listing in listings
            ],
        )


def _enter(catalogue: Catalogue, entries: Iterable[Entry]) -> None:
    """Note what the word table must say otherwise, and say it."""
    changes: Changes = defaultdict(lambda: defaultdict(lambda: ([], [])))
    for entry in entries:
        block, within = divmod(entry.listing.number, numbers.BLOCK)
        said = set(_terms(bytes(entry.listing.words)))
        for term in entry.terms - said:
            changes[block][term][0].append(within)
        for term in said - entry.terms:
            changes[block][term][1].append(within)
        entry.listing.words = struct.pack(f"<{len(entry.terms)}q", *sorted(entry.terms))
    for block, of_terms in changes.items():
        _write(catalogue.id, block, of_terms)


def _terms(words: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(words) // 8}q", words)


def _write(catalogue: int, block: int, changes: dict[int, tuple[list[int], list[int]]]) -> None:
    """Read the rows of these terms, change them, put them back; empty ones go."""
    rows = Word.objects.filter(catalogue=catalogue, block=block)
    table = connection.ops.quote_name(Word._meta.db_table)
    terms = sorted(changes)
    for start in range(0, len(terms), _AT_ONCE):
        some = terms[start : start + _AT_ONCE]
        held = dict(rows.filter(term__in=some).values_list("term", "listings"))
        now = {t: numbers.changed(bytes(held.get(t, b"")), *changes[t]) for t in some}
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {table} (catalogue_id, term, block, listings) "  # noqa: S608 -- our own table's name
                "VALUES (%s, %s, %s, %s) ON CONFLICT (catalogue_id, term, block) "
                "DO UPDATE SET listings = excluded.listings",
                [(catalogue, term, block, said) for term, said in now.items() if said],
            )
        if gone := [term for term, said in now.items() if not said]:
            rows.filter(term__in=gone).delete()
