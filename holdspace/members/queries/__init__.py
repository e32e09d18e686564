"""What can be seen of places in a group."""

from holdspace.members.queries.circle import member_in, members_in, places_in, places_in_all
from holdspace.members.queries.evenings import Evening, evenings_come_from, evenings_of
from holdspace.members.queries.leading import (
    Door,
    application_numbered,
    applications_to,
    at_the_door,
    invitation_numbered,
    invitations_to,
    line_at,
    recognition_numbered,
    recognitions_in,
    return_numbered,
    returns_to,
    visit_numbered,
    visits_to,
)
from holdspace.members.queries.lists import length_of_line, place_in_line, usual_wait
from holdspace.members.queries.mine import (
    application_in,
    applications_of,
    member_for,
    memberships_of,
    own_record,
    step_into,
    turn_in,
    turns_of,
    visit_of,
)
from holdspace.members.queries.offering import names_offered, weaves_offered
from holdspace.members.steps import Step

__all__ = [
    "Door",
    "Evening",
    "Step",
    "application_in",
    "application_numbered",
    "applications_of",
    "applications_to",
    "at_the_door",
    "evenings_come_from",
    "evenings_of",
    "invitation_numbered",
    "invitations_to",
    "length_of_line",
    "line_at",
    "member_for",
    "member_in",
    "members_in",
    "memberships_of",
    "names_offered",
    "own_record",
    "place_in_line",
    "places_in",
    "places_in_all",
    "recognition_numbered",
    "recognitions_in",
    "return_numbered",
    "returns_to",
    "step_into",
    "turn_in",
    "turns_of",
    "usual_wait",
    "visit_numbered",
    "visit_of",
    "visits_to",
    "weaves_offered",
]
