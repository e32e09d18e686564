"""What a listing can be found by: its words and its facts, as terms."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import connection

from holdspace.directory import terms
from holdspace.directory.models import FAR, Listing, Standing, Word
from holdspace.directory.times import AHEAD, FARTHEST, LATE, Span, from_kept, half_hours, upcoming

Pair = tuple[int, int]  # term, listing

_MODES = {
    Listing.Mode.HYBRID: ("hybrid", "in_person", "online"),
    Listing.Mode.VIDEO: ("video", "online"),
    Listing.Mode.TEXT: ("text", "online"),
}
_AUDIENCES = {"both": ("both", "lived", "family")}


def terms_of(listing: Listing, spans: Iterable[Span]) -> set[int]:
    """Every term of a listing with these meetings ahead, hashed for its organisation."""
    said = " ".join(
        [
            listing.name,
            " ".join(t.replace("_", " ").replace("-", " ") for t in listing.topics),
            listing.place,
            listing.town,
            listing.run_by,
            listing.text,
        ]
    )
    found = [
        *terms.stems(said),
        *terms.facts("kind", [listing.kind]),
        *terms.facts("audience", _AUDIENCES.get(listing.audience, (listing.audience,))),
        *terms.facts("mode", _MODES.get(listing.mode, (listing.mode,))),  # type: ignore[call-overload]
        *terms.facts("topic", listing.topics),
        *terms.facts("language", listing.languages),
        *terms.facts("identity", listing.identities),
        *terms.facts("access", listing.access),
        *terms.facts("way", [listing.way]),
        *terms.facts("from", ["us" if listing.group_id else "elsewhere"]),
        *terms.facts("hour", (str(hour) for hour in half_hours(spans))),
    ]
    if listing.latitude is not None and listing.longitude is not None and in_a_place(listing.mode):
        found.append(terms.fact("cell", terms.cell(listing.latitude, listing.longitude)))
    return {terms.hashed(listing.organisation_id, term) for term in found}


def in_a_place(mode: str) -> bool:
    """Whether one can go there."""
    return mode in {Listing.Mode.IN_PERSON, Listing.Mode.HYBRID}


def spans_ahead(listing: Listing, now: dt.datetime) -> list[Span]:
    """The meetings of an imported listing that lie ahead; for a rare one at least the next."""
    times, rules = from_kept(listing.times, listing.rules)
    since = now - LATE
    near = upcoming(times, rules, listing.zone, since, now + AHEAD)
    return near or upcoming((), rules, listing.zone, since, now + FARTHEST)[:1]


def set_next(listing: Listing, spans: Sequence[Span]) -> None:
    """Note the next meeting on the row, and whether the listing is to be seen."""
    paused = listing.standing == Standing.PAUSED
    listing.soonest = spans[0].begins if spans and not paused else FAR
    if spans:
        listing.minutes = max(1, int((spans[0].ends - spans[0].begins).total_seconds() // 60))
    over = bool(listing.rules) and not listing.times and not spans
    listing.shown = listing.standing in {Standing.ACTIVE, Standing.PAUSED} and not over


def words_for(listing: Listing, spans: Sequence[Span]) -> list[Pair]:
    """The rows of the word table; none while the listing is not shown."""
    if not listing.shown:
        return []
    return [(term, listing.pk) for term in sorted(terms_of(listing, spans))]


def write_words(pairs: Sequence[Pair]) -> None:
    """Insert rows of the word table: thirty for a listing, so without an object for each."""
    table = connection.ops.quote_name(Word._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} (term, listing_id) VALUES (%s, %s)", pairs)  # noqa: S608 -- our own table's name
