"""Cards for the pages of others."""

from holdspace.directory.cards import Card, cards_of
from holdspace.directory.queries.search import tonight
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
