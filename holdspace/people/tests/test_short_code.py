"""The short code: lent with a first session, told before signing out, gone with a way back."""

import datetime as dt
import re

import pytest
from django.test import Client

from holdspace.kit import clock
from holdspace.kit.guard import Refused
from holdspace.ledger.acts import SYSTEM
from holdspace.people import codes, slowing
from holdspace.people.actions import (
    begin_account,
    begin_session,
    give_recovery_key,
    keep_passphrase,
    lend_code,
)
from holdspace.people.models import Person, RecoveryKey
from holdspace.people.sessions import cookie_name
from holdspace.people.tests.test_ways_back import is_in

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)
SHORT, PAPER = "/me/way-back/short/", "/sign-in/paper/"


@pytest.fixture(autouse=True)
def _may():
    with clock.at(START):
        yield


@pytest.fixture
def account(organisation):
    return begin_account(by=SYSTEM)


@pytest.fixture
def browser(organisation, account, door):
    """A browser of somebody who keeps no way back."""
    door.cookies[cookie_name()] = begin_session(by=SYSTEM, account=account, stay=True)[0]
    return door


def stranger(organisation):
    return Client(HTTP_HOST=f"{organisation.slug}.localhost")


def code_on(page):
    found = re.search(r'class="code">([0-9A-Z ]+)<', page.content.decode())
    return found.group(1) if found else ""


def test_the_same_code_is_told_again_until_a_way_back_is_kept(browser, account):
    given = lend_code(by=SYSTEM, account=account)
    for page in ("/today/", SHORT, "/me/way-back/", "/today/"):
        assert code_on(browser.get(page)) == codes.shown(given), page
    assert "1 July 2026" in browser.get(SHORT).content.decode()
    keep_passphrase(by=SYSTEM, account=account, passphrase="kettle on the stove")
    browser.post("/me/way-back/passphrase/", {})
    assert code_on(browser.get("/today/")) == ""
    assert browser.get(SHORT).headers["Location"] == "/me/way-back/"


def test_signing_out_tells_the_code_first_and_leaving_quickly_never_does(browser, account):
    given = lend_code(by=SYSTEM, account=account)
    told = browser.post("/sign-out/", follow=True)
    assert code_on(told) == codes.shown(given)
    assert b"still signed in" in told.content
    assert is_in(browser)
    assert browser.post("/sign-out/", {"told": "yes"}).headers["Location"] == "/signed-out/"
    assert not is_in(browser)
    assert browser.post(PAPER, {"code": given}).status_code == 303
    assert is_in(browser)
    away = browser.get("/leave")
    assert away.status_code == 303
    assert away.headers["Location"].startswith("https://")
    assert not is_in(browser)


def test_who_has_no_code_any_more_makes_one_by_one_touch(browser, account):
    assert b"no code at the moment" in browser.get(SHORT).content
    assert browser.post(SHORT).headers["Location"] == SHORT
    assert code_on(browser.get(SHORT))
    with clock.at(START + dt.timedelta(days=61)):
        assert code_on(browser.get(SHORT)) == ""
        assert not is_in(browser)  # unused for thirty days


def test_it_works_until_the_day_it_says_and_only_as_a_way_in(browser, account, organisation):
    given = lend_code(by=SYSTEM, account=account)
    with clock.at(dt.datetime(2026, 7, 1, 23, tzinfo=dt.UTC)):
        here = stranger(organisation)
        assert here.post(PAPER, {"code": given}).status_code == 303
        assert here.post(PAPER, {"code": given}).headers["Location"] == "/today/"
    with clock.at(dt.datetime(2026, 7, 2, 1, tzinfo=dt.UTC)):
        late = stranger(organisation).post(PAPER, {"code": given})
        assert late.status_code == 422
        assert given.lower() in late.content.decode().lower()


@pytest.mark.parametrize("way", ["paper", "passphrase by the page"])
def test_it_ends_with_a_way_back_and_is_lent_to_nobody_who_keeps_one(
    browser, account, organisation, way
):
    given = lend_code(by=SYSTEM, account=account)
    if way == "paper":
        give_recovery_key(by=SYSTEM, account=account)
    else:
        page = browser.get("/me/way-back/passphrase/").content.decode()
        offer = re.search(r'value="([a-z]+-[a-z]+-[a-z]+)"', page).group(1)
        said = {"choice": offer, "passphrase": "kettle on the stove"}
        assert browser.post("/me/way-back/passphrase/", said).status_code == 303
    assert stranger(organisation).post(PAPER, {"code": given}).status_code == 422
    assert "loan" not in Person.objects.get(id=account).secrets
    with pytest.raises(Refused):
        lend_code(by=SYSTEM, account=account)
    assert not RecoveryKey.objects.filter(kind="loan").exists()


def test_many_wrong_codes_make_short_ones_rest_and_never_a_recovery_key(organisation, account):
    given = lend_code(by=SYSTEM, account=account)
    other = begin_account(by=SYSTEM)
    paper = give_recovery_key(by=SYSTEM, account=other)
    guesser = stranger(organisation)
    for _guess in range(slowing.WRONG_CODES):
        assert guesser.post(PAPER, {"code": codes.make(codes.LOAN)}).status_code == 422
    waits = stranger(organisation).post(PAPER, {"code": given})
    assert waits.status_code == 422
    assert "short codes rest" in waits.content.decode()
    assert "10 minutes" in waits.content.decode()
    assert given in waits.content.decode()
    assert stranger(organisation).post(PAPER, {"code": paper}).status_code == 303
    with clock.at(START + slowing.CROWD_WINDOW):
        assert stranger(organisation).post(PAPER, {"code": given}).status_code == 303
