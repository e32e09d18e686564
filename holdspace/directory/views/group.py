"""The public page of a group, ours or run elsewhere."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from holdspace.directory import words
from holdspace.directory.cards import card_of, cards_of
from holdspace.directory.indexing import in_a_place
from holdspace.directory.models import Listing
from holdspace.directory.queries import listing_at, listing_of_group, neighbours_of
from holdspace.directory.rules import may_take_over
from holdspace.groups.queries import (
    ACCESS,
    AFFIRMING,
    TopicWord,
    current_agreement,
    freshness,
    group_at,
    leaders_of,
    topics_for,
)
from holdspace.groups.rules import is_taking_people
from holdspace.kit.answers import page
from holdspace.kit.asks import Request
from holdspace.kit.guard import Unseen
from holdspace.kit.zones import reader_zone
from holdspace.meetings.queries import next_meetings, when
from holdspace.members.queries import own_record, places_in, usual_wait
from holdspace.members.rules import may_visit
from holdspace.organisations.queries import is_covered, next_cover

if TYPE_CHECKING:
    from holdspace.groups.models import Group

_CLAUSES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Ways:
    """Where the buttons of a group's page lead; empty where there is no such way."""

    visit: str
    join: str


@require_safe
def group(request: Request, code: str) -> HttpResponse:
    """A group's page: is it for me, the first time, who leads, when and where, what it is not."""
    try:
        found = group_at(code, viewer=request.viewer)
    except Unseen:
        return _elsewhere(request, listing_at(code, viewer=request.viewer))
    shown = {**_about(request, found), **_around(request, found)}
    shown["page_here"] = request.build_absolute_uri()
    return page(request, "directory/group.html", group=found, **shown)


@require_safe
def agreement(request: Request, code: str) -> HttpResponse:
    """All that a group agrees, before anybody says yes to anything."""
    found = group_at(code, viewer=request.viewer)
    agreed = current_agreement(found, viewer=request.viewer)
    if agreed is None:
        raise Unseen
    published = words.date_words(agreed.published_on)
    return page(
        request, "directory/agreement.html", group=found, agreed=agreed, published=published
    )


def _about(request: Request, found: "Group") -> dict[str, Any]:
    """What the group is: words, times, places, agreements."""
    agreed = current_agreement(found, viewer=request.viewer)
    taken, places = places_in(found, viewer=request.viewer)
    is_full = taken >= places
    return {
        "meetings": _meetings(request, found, reader_zone(request)),
        "ring": (taken, places),
        "full": is_full,
        "wait": usual_wait(found, viewer=request.viewer) if is_full else None,
        "ways": ways_of(found),
        "may_come": may_visit(request.viewer, found),
        "mine": own_record(found, viewer=request.viewer),
        "taking": is_taking_people(found),
        "shown_as": [_led(row) for row in leaders_of(found, viewer=request.viewer)],
        "clauses": agreed.clauses[:_CLAUSES_SHOWN] if agreed else [],
        "agreed": agreed,
        "fresh": str(freshness(found)),
        "confirmed": words.date_words(found.confirmed_on) if found.confirmed_on else "",
        "covered": is_covered(found.organisation),
        "cover_from": next_cover(found.organisation),
    }


def _around(request: Request, found: "Group") -> dict[str, Any]:
    """The group among others: its card, its facts, its neighbours."""
    topics = {t.key: t for t in topics_for(viewer=request.viewer)}
    zone = reader_zone(request)
    listing = listing_of_group(found, viewer=request.viewer)
    return {
        "card": card_of(listing, topics, zone) if listing else None,
        "zone": words.zone_words(zone),
        "facts": _facts(found, topics),
        "near": _neighbours(request, listing, topics, zone),
    }


def _elsewhere(request: Request, listing: Listing) -> HttpResponse:
    topics = {t.key: t for t in topics_for(viewer=request.viewer)}
    zone = reader_zone(request)
    return page(
        request,
        "directory/listing.html",
        listing=listing,
        card=card_of(listing, topics, zone),
        **_weekly(listing, zone),
        zone=words.zone_words(zone),
        access=_named(ACCESS, listing.access),
        affirming=_named(AFFIRMING, listing.identities),
        languages=[words.language_words(code) for code in listing.languages],
        read_on=words.date_words(listing.source.read_on) if listing.source else "",
        stated_on=words.date_words(listing.stated_on) if listing.stated_on else "",
        near=_neighbours(request, listing, topics, zone),
        may_take=bool(may_take_over(request.viewer, listing)),
    )


def _weekly(listing: Listing, zone: str) -> dict[str, Any]:
    """The weekly times by the reader's clock; by that of the place where one goes there."""
    there = words.rhythm_words(listing.times, listing.zone, listing.zone)
    here = words.rhythm_words(listing.times, listing.zone, zone)
    if here == there or not in_a_place(listing.mode):
        return {"weekly": here, "there": ""}
    return {"weekly": [] if listing.mode == "in_person" else here, "there": "; ".join(there)}


def _neighbours(
    request: Request, listing: Listing | None, topics: dict[str, TopicWord], zone: str
) -> list[Any]:
    if listing is None:
        return []
    return cards_of(neighbours_of(listing, viewer=request.viewer), topics, zone)


def ways_of(group: "Group") -> Ways:
    """The ways in that this group offers, by their addresses."""
    can_visit = group.introductions and group.way_in != "invitation"
    can_join = group.way_in != "invitation"
    return Ways(
        visit=_reversed("members:visit_ask", group.code) if can_visit else "",
        join=_reversed("members:join", group.code) if can_join else "",
    )


def _reversed(name: str, code: str) -> str:
    try:
        return reverse(name, kwargs={"code": code})
    except NoReverseMatch:
        return ""


def _meetings(request: Request, group: "Group", zone: str) -> list[Any]:
    ahead = next_meetings(group, viewer=request.viewer, many=4)
    return [(one, when(one.meeting, zone)) for one in ahead]


def _led(row: Any) -> tuple[str, str]:
    return row.staff.shown_as, row.get_part_display()


def _named(names: dict[str, Any], keys: list[str]) -> list[str]:
    return [str(names[key]) for key in keys if key in names]


def _how(group: "Group") -> str:
    """How they meet; both, where that is another way for now: nobody goes to a dark hall."""
    now, usual = (str(words.HOW[one]) for one in (group.format_now, group.format))
    if now == usual:
        return now
    return _("For now: %(now)s. Usually: %(usual)s.") % {"now": now, "usual": usual}


def _facts(group: "Group", topics: dict[str, TopicWord]) -> list[tuple[str, str]]:
    access = [*_named(ACCESS, group.access), group.access_words]
    affirming = [*_named(AFFIRMING, group.affirming), group.affirming_words]
    rows = [
        (_("About"), ", ".join(str(topics[k].name) for k in group.topics if k in topics)),
        (_("For whom"), str(group.get_audience_display())),
        (_("Who comes"), group.composition),
        (_("Affirming of"), ". ".join(part for part in affirming if part)),
        (_("How"), _how(group)),
        (_("Where"), ", ".join(part for part in (group.area, group.town) if part)),
        (_("Language"), words.language_words(group.language)),
        (_("Access"), ". ".join(part for part in access if part)),
        (_("Cost"), group.cost_words or str(group.get_cost_display())),
    ]
    return [(term, value) for term, value in rows if value]
