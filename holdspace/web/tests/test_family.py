"""The page for family, friends and carers, as anybody gets it."""

import pytest
from django.test import Client

from holdspace.care.tests.reading import smog, words_of
from holdspace.directory.actions import renew_own
from holdspace.groups.tests.factories import a_group
from holdspace.ledger.acts import SYSTEM
from holdspace.web.tests.test_public import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(organisation, group):
    """Nobody's browser, with a group for each audience beside the one for people living with it."""
    for name, audience in (("Beside Somebody", "family"), ("One Table", "both")):
        a_group(name, audience=audience)
    renew_own(by=SYSTEM, organisation=organisation.id)
    return Client()


def test_the_door_for_someone_i_care_about_leads_there(client):
    home = text(client, "/")
    door = home[home.index("For someone I care about") - 400 : home.index("For someone I care")]
    assert 'href="/family/"' in door
    assert 'href="/family/"' in text(client, "/help/someone/")


def test_it_says_its_things_in_their_order(client, group):
    shown = text(client, "/family/")
    order = [
        "worried right now",
        'href="/help/someone/"',
        "How to support someone",
        "And you",
        "What groups for family and friends are",
        "carers</h2>",
        "?audience=family",
    ]
    places = [shown.index(words, shown.index("<main")) for words in order]
    assert places == sorted(places)


def test_their_groups_stand_on_it_and_those_of_others_do_not(client, group):
    shown = text(client, "/family/")
    assert "Beside Somebody" in shown
    assert "One Table" in shown
    assert group.name not in shown


def test_without_a_group_it_leads_to_a_person(organisation):
    shown = text(Client(), "/family/")
    assert "No group for family is listed here" in shown
    assert 'href="/ask/"' in shown


def test_it_reads_easily(client):
    assert smog(words_of(text(client, "/family/"))) <= 8
