"""What a listing can be found by: its words and its facts, as terms."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from holdspace.directory import terms
from holdspace.directory.cells import Cell, cells_of
from holdspace.directory.models import FAR, Listing, Standing
from holdspace.directory.times import (
    AHEAD,
    FARTHEST,
    LATE,
    Span,
    from_kept,
    half_hour,
    half_hours,
    upcoming,
)

SHOWN = terms.hashed(terms.fact("shown", "yes"))
HALF, SPELL, DAY = dt.timedelta(minutes=30), dt.timedelta(hours=3), dt.timedelta(days=1)
SPELLS = DAY // SPELL
_FIRST = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
# Spells and days stand below 0, where no hash is, in their order.
_BELOW = 2**40
SPELLS_FROM, DAYS_FROM = -_BELOW, -2 * _BELOW

_MODES = {
    Listing.Mode.HYBRID: ("hybrid", "in_person", "online"),
    Listing.Mode.VIDEO: ("video", "online"),
    Listing.Mode.TEXT: ("text", "online"),
}
_AUDIENCES = {"both": ("both", "lived", "family")}


def spell(moment: dt.datetime) -> int:
    """The term of the three hours in which a next meeting begins: the later, the larger."""
    return SPELLS_FROM + (moment - _FIRST) // SPELL


def spell_begins(term: int) -> dt.datetime:
    """When the three hours of such a term begin."""
    return _FIRST + (term - SPELLS_FROM) * SPELL


def day_of(spell_term: int) -> int:
    """The term of the day (UTC) in which a spell lies."""
    return DAYS_FROM + (spell_term - SPELLS_FROM) // SPELLS


def first_spell(day_term: int) -> int:
    """The first spell of a day."""
    return SPELLS_FROM + (day_term - DAYS_FROM) * SPELLS


def halves(spell_term: int) -> list[int]:
    """The half-hours of the week in a spell, in order, as the terms of who ever meets in them."""
    first = half_hour(spell_begins(spell_term))
    return [
        terms.hashed(terms.fact("week", f"1.{half}"))
        for half in range(first, first + SPELL // HALF)
    ]


def cell_term(cell: Cell) -> int:
    """A square of the map as a term."""
    return terms.hashed(terms.fact("cell", ",".join(map(str, cell))))


def _terms_of(listing: Listing, spans: Iterable[Span]) -> set[int]:
    """Every term of a listing with these meetings ahead."""
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
        *terms.hours(half_hours(spans)),
    ]
    next_one = spell(listing.soonest)
    hashed = {*map(terms.hashed, found), SHOWN, next_one, day_of(next_one)}
    if listing.latitude is not None and listing.longitude is not None and in_a_place(listing.mode):
        hashed.update(map(cell_term, cells_of(listing.latitude, listing.longitude)))
    return hashed


def in_a_place(mode: str) -> bool:
    """Whether one can go there."""
    return mode in {Listing.Mode.IN_PERSON, Listing.Mode.HYBRID}


def spans_ahead(listing: Listing, now: dt.datetime) -> list[Span]:
    """The meetings of an imported listing that lie ahead; for a rare one at least the next."""
    times, rules = from_kept(listing.times, listing.rules)
    since = now - LATE
    near = upcoming(times, rules, listing.zone, since, now + AHEAD)
    return near or upcoming((), rules, listing.zone, since, now + FARTHEST)[:1]


def _set_next(listing: Listing, spans: Sequence[Span]) -> None:
    """Note the next meeting on the row, and whether the listing is to be seen."""
    paused = listing.standing == Standing.PAUSED
    listing.soonest = spans[0].begins if spans and not paused else FAR
    if spans:
        listing.minutes = max(1, int((spans[0].ends - spans[0].begins).total_seconds() // 60))
    over = bool(listing.rules) and not listing.times and not spans
    listing.shown = listing.standing in {Standing.ACTIVE, Standing.PAUSED} and not over


@dataclass(slots=True)
class Entry:
    """A listing's row as it shall be, and the terms under which it shall be found."""

    listing: Listing
    terms: set[int]


def entry_of(listing: Listing, spans: Sequence[Span]) -> Entry:
    """A listing with these meetings ahead; its row is told the next one. No terms: not shown."""
    _set_next(listing, spans)
    return Entry(listing, _terms_of(listing, spans) if listing.shown else set())
