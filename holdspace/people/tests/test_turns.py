"""Many at once are slowed and never refused; nothing typed is lost; nobody is known."""

import datetime as dt

import pytest
from django.test import Client

from holdspace.kit import clock
from holdspace.organisations.models import Tally
from holdspace.organisations.tasks import forget_tallies
from holdspace.people.models import Person
from holdspace.people.turns import ACCOUNTS, LONGEST, WITHIN

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)
MINE = "mallow otter"


@pytest.fixture(autouse=True)
def _noon(organisation):
    with clock.at(NOON):
        yield


def sign_up(browser, **more):
    said = {"choice": "own", "own": MINE, "passphrase": "a quiet lamp in a window", "age": "adult"}
    return browser.post("/sign-up/", {**said, **more})


def browser():
    return Client(headers={"host": "localhost"})


def crowd(many):
    for _ in range(many):
        assert sign_up(browser()).status_code == 303


@pytest.mark.slow
def test_thirty_after_an_open_evening_wait_for_nothing():
    for minute in range(30):
        with clock.at(NOON + dt.timedelta(minutes=minute)):
            crowd(1)
    assert Person.objects.count() == 30


@pytest.mark.slow
def test_in_a_flood_one_waits_a_little_keeps_what_was_typed_and_then_comes_in():
    crowd(ACCOUNTS.free)
    late = browser()
    slowed = sign_up(late)
    assert slowed.status_code == 429
    shown = slowed.content.decode()
    assert "Your turn comes in 1 minute" in shown
    assert "A little later, please" in shown
    assert "Something needs another look" not in shown
    assert MINE in shown
    assert Person.objects.count() == ACCOUNTS.free
    assert sign_up(late).status_code == 429
    with clock.at(NOON + dt.timedelta(minutes=1)):
        assert sign_up(late).status_code == 303


def test_a_turn_is_good_once_in_one_browser_only():
    crowd(ACCOUNTS.free)
    late, copy = browser(), browser()
    assert sign_up(late).status_code == 429
    copy.cookies.update(late.cookies)
    with clock.at(NOON + dt.timedelta(minutes=1)):
        assert sign_up(late).status_code == 303
        assert sign_up(copy).status_code == 429


@pytest.mark.slow
def test_nobody_waits_longer_than_ten_minutes_and_the_counts_go():
    crowd(ACCOUNTS.free)
    for _ in range(60):
        assert sign_up(browser()).status_code == 429
    late = browser()
    assert "Your turn comes in 10 minutes" in sign_up(late).content.decode()
    with clock.at(NOON + LONGEST):
        assert sign_up(late).status_code == 303
    with clock.at(NOON + WITHIN):
        assert sign_up(browser()).status_code == 303
        forget_tallies()
    with clock.at(NOON + 2 * WITHIN):
        forget_tallies()
    assert not Tally.objects.exists()


def test_a_passkey_waits_as_well():
    crowd(ACCOUNTS.free)
    answer = browser().post("/sign-up/passkey/", {"age": "adult", "own": MINE, "choice": "own"})
    assert answer.status_code == 429
    assert MINE in answer.content.decode()
