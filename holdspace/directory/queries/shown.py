"""Cards for the pages of others."""

from holdspace.directory.cards import Card, cards_of
from holdspace.directory.queries.search import search, tonight
from holdspace.directory.queries.wish import Wish
from holdspace.groups.queries import topics_for
from holdspace.kit.guard import sees
from holdspace.kit.viewer import Viewer


@sees
def cards_tonight(*, viewer: Viewer, zone: str) -> list[Card]:
    """At most three cards of what is still to come today or tonight, open to anybody."""
    listings = tonight(viewer=viewer, zone=zone)
    if not listings:
        return []
    topics = {topic.key: topic for topic in topics_for(viewer=viewer)}
    return cards_of(listings, topics, zone)


@sees
def cards_for_family(*, viewer: Viewer, zone: str, many: int = 6) -> list[Card]:
    """The groups for family, friends and carers, and those for both, soonest first."""
    found = search(Wish(audience="family", zone=zone), viewer=viewer, many=many).listings
    topics = {topic.key: topic for topic in topics_for(viewer=viewer)} if found else {}
    return cards_of(found, topics, zone)
