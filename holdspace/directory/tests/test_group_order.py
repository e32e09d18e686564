"""A group's public page in the order of information: what somebody asks first stands first."""

import re

import pytest
from django.test import Client

from holdspace.directory.actions import renew_own
from holdspace.directory.tests.test_search import NOON, a_meeting, bring
from holdspace.groups import actions as groups
from holdspace.groups.tests.factories import CLAUSES, LIMITS, a_group
from holdspace.kit import clock
from holdspace.ledger.acts import SYSTEM
from holdspace.meetings.tests.factories import a_series
from holdspace.organisations.actions import open_demonstration, set_cover

pytestmark = pytest.mark.django_db
MORE = [*CLAUSES, "We begin on time.", "We bring no guests."]


@pytest.fixture
def page(organisation):
    """The page of a group about which everything is said, among others like it."""
    with clock.at(NOON):
        open_demonstration(by=SYSTEM, organisation=organisation)
        set_cover(by=SYSTEM, organisation=organisation, hours=[[0, "18:00", "22:00"]])
        group = a_group(
            "Tuesday Circle",
            summary="For people who live with low mood.",
            training="Trained in leading a circle.",
            expected="Come on time.",
            introductions=True,
            town="Leeds",
            access=["step-free"],
        )
        groups.publish_agreement(by=SYSTEM, group=group, clauses=MORE, limits=LIMITS)
        a_series(group, introductory=True)
        for name in ("Ash", "Birch", "Cedar", "Dogwood"):
            a_group(name)
        bring(organisation, a_meeting("Elsewhere", types=["O"]))
        renew_own(by=SYSTEM, organisation=organisation.id)
        answer = Client().get(f"/groups/{group.code}/")
        assert answer.status_code == 200
        return answer.content.decode().partition("<main")[2]


def test_its_headings_come_in_their_order(page):
    said = [re.sub(r"<[^>]+>", "", h).strip() for h in re.findall(r"<h[123].*?</h[123]>", page)]
    assert said[:12] == [
        "Tuesday Circle",
        "The first time",
        "Who leads",
        "Is it for me?",
        "When",
        "What we agree",
        "What we ask of you",
        "Who sees what",
        "When confidence ends",
        "What this is not",
        "Ask a question",
        "Not quite right?",
    ]
    assert len(said) == 12 + 3  # three neighbours


def test_what_is_said_stands_in_the_order_of_what_is_asked(page):
    order = [
        "For people who live with low mood.",  # for whom
        'class="clock"',  # the next meeting
        "Come once, just listen",  # and one button
        'class="ring',
        "Sam says hello at the door",  # minute by minute
        "Trained in leading a circle.",
        "They are not your therapist.",
        "Leeds",  # where, access, cost
        "Step-free",
        "Free",
        "What is said here stays here",
        "All of what we agree",
        "The facilitators and the members see that name",
        LIMITS.partition("'")[0],
        "It is not therapy",
        "Nobody is here until",  # hours first
        "Ask the facilitators",
        "Not quite right?",
    ]
    places, at = [], 0
    for words in order:
        at = page.find(words, at)
        assert at >= 0, words
        places.append(at)
    assert page.count('class="button act"') == 1


def test_five_of_the_agreements_and_all_behind_a_link(page):
    shown = [clause for clause in MORE if clause.partition("'")[0] in page]
    assert shown == MORE[:5]
