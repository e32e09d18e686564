"""From a draft to a listing: where it is, in which zone, on which topics of ours."""

import datetime as dt
import hashlib
from collections.abc import Iterable

from holdspace.directory import gazetteer, indexing, terms, times
from holdspace.directory.feeds.draft import Draft, Mode
from holdspace.directory.indexing import Entry
from holdspace.directory.models import Listing, Source, Standing, Way

VERSION = 1  # raise it when the same draft should give another listing: all are then renewed


def digest_of(draft: Draft, source: Source) -> str:
    """A hash of all that a listing is made of; equal means that nothing changed."""
    said = (VERSION, source.audience, source.topics, source.zone, source.name, draft)
    return hashlib.blake2b(repr(said).encode("utf-8", "replace"), digest_size=16).hexdigest()


def key_of(draft: Draft) -> str:
    """The source's key as we keep it: hashed, since feeds put mail addresses into keys."""
    raw = draft.source_id.encode("utf-8", "replace")
    return hashlib.blake2b(raw, digest_size=16).hexdigest()


def entry_of(
    draft: Draft, source: Source, known: "Topics", home_zone: str, now: dt.datetime, *,
    key: str, digest: str,
) -> Entry:  # fmt: skip
    """A new listing of a draft, and the terms under which it shall be found."""
    listing = Listing(
        organisation_id=source.organisation_id, source=source, source_key=key, digest=digest
    )
    _fill(listing, draft, known, home_zone)
    return indexing.entry_of(listing, indexing.spans_ahead(listing, now))


def _fill(listing: Listing, draft: Draft, known: "Topics", home_zone: str) -> None:
    """Write a draft into a listing's row; what its source says about all its groups goes in too."""
    source: Source = listing.source  # type: ignore[assignment]
    listing.name, listing.text = draft.name, draft.text
    listing.kind = draft.kind
    listing.audience = draft.audience or source.audience
    listing.topics = list(dict.fromkeys([*source.topics, *known.found_in(draft)]))
    listing.identities, listing.access = list(draft.identities), list(draft.access)
    listing.languages = list(draft.languages)
    listing.mode, listing.standing = draft.mode.value, Standing(draft.standing.value)
    listing.way = Way.COME if draft.open_to_all else Way.ELSEWHERE
    listing.place = "" if draft.mode is Mode.ONLINE else draft.place
    listing.town, listing.country = draft.town[:160], draft.country[:60]
    listing.cost, listing.url = draft.cost[:300], draft.url
    listing.run_by = draft.run_by or source.name
    listing.stated_on = draft.updated
    listing.approximate = draft.approximate
    listing.latitude, listing.longitude = draft.latitude, draft.longitude
    listing.zone = draft.zone or source.zone
    listing.times, listing.rules = times.as_kept(draft.times, draft.rules)
    _locate(listing, home_zone)


def _locate(listing: Listing, home_zone: str) -> None:
    """Position and zone: as given, else of the nearest town, else of the town that is named."""
    town = None
    if listing.latitude is not None and listing.longitude is not None:
        if listing.zone:
            return
        town = gazetteer.nearest(listing.latitude, listing.longitude)
    elif listing.town:
        named = gazetteer.towns_named(f"{listing.town}, {listing.country}")
        town = named[0] if named else None
        if town is not None and listing.mode in {Mode.IN_PERSON, Mode.HYBRID}:
            listing.latitude, listing.longitude = town.latitude, town.longitude
            listing.approximate = True
    listing.zone = listing.zone or (town.zone if town else home_zone)


class Topics:
    """The organisation's topics, found again in the words of others."""

    def __init__(self, topics: Iterable[tuple[str, str, str]]) -> None:
        """`topics` are (key, name, other words separated by commas)."""
        self._phrases: dict[tuple[str, ...], str] = {}
        for key, name, also in topics:
            for phrase in (key, name, *also.split(",")):
                spoken = phrase.replace("-", " ").split()
                stems = tuple(terms.stems(" ".join(spoken)))
                if stems and (len(stems) > 1 or len(spoken) == 1):  # "open group" is not "open"
                    self._phrases.setdefault(stems, key)
        self._longest = max((len(p) for p in self._phrases), default=0)

    def found_in(self, draft: Draft) -> list[str]:
        """The keys of the topics that a draft's name or its own topic words speak of."""
        found: dict[str, None] = {}
        for text in (draft.name, *draft.topics):
            stems = terms.stems(text.replace("-", " ").replace("_", " "))
            for start in range(len(stems)):
                for size in range(1, self._longest + 1):
                    if key := self._phrases.get(tuple(stems[start : start + size])):
                        found[key] = None
        return list(found)
