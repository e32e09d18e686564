"""Listings as the cards of a page show them: every word ready."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from holdspace.directory import words
from holdspace.directory.gazetteer import Town, distance_km
from holdspace.directory.indexing import in_a_place
from holdspace.directory.models import Listing, Standing
from holdspace.groups.queries import freshness_on
from holdspace.kit import clock

if TYPE_CHECKING:
    from holdspace.groups.queries import TopicWord


OLD = dt.timedelta(days=365)  # what others stated longer ago is in doubt, however often it is read


@dataclass(frozen=True, slots=True)
class Card:
    """One group on a list."""

    code: str
    name: str
    href: str
    day: str
    time: str
    iso: str
    zone: str
    how: str
    where: str
    far: str
    leads: str
    for_whom: str
    topics: str
    way: str
    way_kind: str
    fresh: str
    doubtful: bool
    run_by: str


def cards_of(
    listings: Iterable[Listing],
    topics: Mapping[str, "TopicWord"],
    zone: str,
    near: Town | None = None,
) -> list[Card]:
    """The cards of some listings, for a reader in `zone`, distances from `near`."""
    return [card_of(listing, topics, zone, near) for listing in listings]


def card_of(
    listing: Listing, topics: Mapping[str, "TopicWord"], zone: str, near: Town | None = None
) -> Card:
    """One card."""
    clocks = words.clock_of(listing, zone)
    day, time, iso = words.next_words(listing, clocks) if listing.has_next else ("", "", "")
    fresh, doubtful = _fresh(listing)
    paused = listing.standing == Standing.PAUSED
    return Card(
        code=listing.code,
        name=listing.name,
        href=reverse("directory:group", kwargs={"code": listing.code}),
        day="" if paused else day,
        time="" if paused else time,
        iso="" if paused else iso,
        zone=words.zone_words(clocks) if clocks != zone else "",
        how=str(words.HOW[listing.mode]),
        where=(listing.town or listing.place) if in_a_place(listing.mode) else "",
        far=_far(listing, near),
        leads=str(words.LEADS.get(listing.kind, "")),
        for_whom=str(words.FOR_WHOM.get(listing.audience, "")),
        topics=", ".join(str(topics[key].name) for key in listing.topics[:3] if key in topics),
        way=words.way_words(listing),
        way_kind="good" if listing.way == "come" and not paused else "plain",
        fresh=fresh,
        doubtful=doubtful,
        run_by="" if listing.group_id else listing.run_by,
    )


def _far(listing: Listing, near: Town | None) -> str:
    if near is None or listing.latitude is None or listing.longitude is None:
        return ""
    km = distance_km(near.latitude, near.longitude, listing.latitude, listing.longitude)
    if km < 1:
        return _("less than 1 km away")
    said = _("about %(km)d km away") if listing.approximate else _("%(km)d km away")
    return said % {"km": round(km)}


def _fresh(listing: Listing) -> tuple[str, bool]:
    """When somebody last said that it is right, and whether that is long ago (F8)."""
    if listing.group_id:
        if listing.confirmed_on is None:
            return "", True
        doubtful = freshness_on(listing.confirmed_on, clock.today()) != "fresh"
        said = _("Confirmed on %(day)s") % {"day": words.date_words(listing.confirmed_on)}
        return said, doubtful
    read = listing.source.read_on if listing.source else None
    day = listing.stated_on or read
    if day is None or read is None:
        return "", True
    doubtful = freshness_on(read, clock.today()) != "fresh" or clock.today() - day > OLD
    return _("Details from %(day)s") % {"day": words.date_words(day)}, doubtful
