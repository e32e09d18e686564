"""Our own groups as listings."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from holdspace.directory import gazetteer
from holdspace.directory.models import Listing, Standing, Way
from holdspace.directory.times import AHEAD, Span
from holdspace.kit import clock
from holdspace.kit.viewer import Viewer
from holdspace.meetings.queries import next_meetings

if TYPE_CHECKING:
    from holdspace.groups.models import Group

_MANY = 40
_WAYS = {"approval": Way.ASK, "invitation": Way.INVITED}


def fill(
    listing: Listing, group: "Group", *, is_full: bool = False, wait_weeks: int | None = None
) -> None:
    """Write what a group says about itself into its listing's row."""
    listing.group, listing.code = group, group.code
    listing.name = group.name
    listing.text = "\n\n".join(
        part for part in (group.summary, group.composition, group.style, group.leaders) if part
    )
    listing.kind, listing.audience = group.kind, group.audience
    listing.topics, listing.identities = list(group.topics), list(group.affirming)
    listing.mode = group.format_now
    listing.standing = Standing.PAUSED if group.state == "closed" else Standing.ACTIVE
    listing.way = way_of(group, is_full=is_full)
    listing.wait_days = wait_weeks * 7 if is_full and wait_weeks else None
    listing.place, listing.town, listing.zone = group.area, group.town, group.zone
    listing.languages, listing.access = [group.language], list(group.access)
    listing.cost = group.cost_words
    listing.confirmed_on = group.confirmed_on
    listing.times, listing.rules, listing.url, listing.run_by = [], [], "", ""
    _locate(listing, group)


def way_of(group: "Group", *, is_full: bool) -> Way:
    """How one gets in."""
    if is_full:
        return Way.FULL
    if group.way_in in _WAYS:
        return _WAYS[group.way_in]
    return Way.COME if group.introductions or group.way_in == "open" else Way.ASK


def _locate(listing: Listing, group: "Group") -> None:
    listing.latitude = listing.longitude = None
    listing.approximate = True
    if not group.town:
        return
    named = gazetteer.towns_named(group.town, country=group.organisation.country)
    if named:
        listing.latitude, listing.longitude = named[0].latitude, named[0].longitude


def spans_of_groups(groups: Sequence["Group"], viewer: Viewer) -> dict[int, list[Span]]:
    """The meetings ahead of each group, as they are planned."""
    until = clock.now() + AHEAD
    return {group.id: _spans(group, viewer, until) for group in groups}


def _spans(group: "Group", viewer: Viewer, until: dt.datetime) -> list[Span]:
    ahead = (one.meeting for one in next_meetings(group, viewer=viewer, many=_MANY))
    return [
        Span(m.begins, m.ends)
        for m in ahead
        if m.state == "planned" and m.begins and m.ends and m.begins <= until
    ]
