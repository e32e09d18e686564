"""Groups for tests, made by the acts that make them."""

from typing import Any

from holdspace.groups import actions
from holdspace.groups.models import Group
from holdspace.kit import scope
from holdspace.ledger.acts import SYSTEM

CLAUSES = [
    "What is said here stays here, within the limits below.",
    "One person speaks at a time, and everybody gets a turn.",
    "We speak of ourselves and give no advice unless asked.",
    "It is always fine to pass, and to leave at any moment.",
    "We come sober, and we do not describe methods of harm.",
]
LIMITS = "If somebody's life is in danger, the facilitators tell the safety lead."
FIRST_VISIT = [
    ["10 minutes before", "The door opens. Sam says hello at the door."],
    ["At the start", "Everybody hears what we agree. You may only listen."],
    ["At the end", "You can stay for tea, or go."],
]


def a_group(name: str = "Tuesday Circle", *, opened: bool = True, **details: Any) -> Group:
    """A group of the organisation we are in, open with an agreement unless `opened=False`."""
    details.setdefault("leaders", "Sam, who has been through it")
    details.setdefault("first_visit", FIRST_VISIT)
    details.setdefault("topics", ["depression"])
    group = actions.begin_group(by=SYSTEM, organisation=scope.current(), name=name, **details)
    actions.publish_agreement(by=SYSTEM, group=group, clauses=CLAUSES, limits=LIMITS)
    return actions.open_group(by=SYSTEM, group=group) if opened else group
