"""Consents one by one, everything in one file, and an account that goes for good."""

import contextlib
import datetime as dt
import io
import json
import zipfile
from dataclasses import replace

import pytest
from django.test import Client

from holdspace.consent.actions import carry_on, erasing, intend_erasure
from holdspace.consent.models import Consent, Erasing
from holdspace.consent.purposes import PURPOSES
from holdspace.consent.rules import has_agreed
from holdspace.consent.tasks import carry_on_erasing, take_up_intended
from holdspace.kit import clock, holdings
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import SYSTEM, outside_act
from holdspace.ledger.models import Line
from holdspace.people.actions import begin_account, keep_address, keep_passphrase, tell
from holdspace.people.holder import AccountHolder
from holdspace.people.models import Person, Session
from holdspace.people.tasks import forget_erased
from holdspace.vault.models import Key
from holdspace.vault.scopes import is_open, open_scope, shred

pytestmark = pytest.mark.django_db

PASSPHRASE = "kettle on the stove"
START = dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def account(organisation):
    made = begin_account(by=SYSTEM)
    keep_passphrase(
        by=SYSTEM, account=made, passphrase=PASSPHRASE, name="wren-oak-lamp", exact=True
    )
    keep_address(by=SYSTEM, account=made, address="canary@example.org")
    return made


@pytest.fixture
def viewer(organisation, account):
    return Viewer(organisation.id, holder=AccountHolder(account, organisation.scope))


@pytest.fixture
def browser(organisation, account):
    client = Client(HTTP_HOST=f"{organisation.slug}.localhost")
    client.post("/sign-in/", {"name": "wren-oak-lamp", "passphrase": PASSPHRASE})
    return client


@pytest.fixture
def pieces(monkeypatch):
    """A package with two memberships, as members will register itself."""
    left, gone = {}, []
    monkeypatch.setattr(holdings, "_of_a_person", dict(holdings._of_a_person))

    def erase_piece(piece):
        gone.append((piece, clock.now()))
        return [left[piece]]

    left[1], left[2] = open_scope(), open_scope()
    holdings.of_a_person(
        "memberships",
        export=lambda _account: {"aliases": ["Wren", "Heron"]},
        erase=lambda _account: list(left.values()),
        pieces=lambda _account: sorted(left),
        erase_piece=erase_piece,
    )
    return left, gone


def test_each_consent_is_given_and_withdrawn_alone(browser, viewer, account):
    for purpose in ("taking_part", "messages"):
        browser.post(f"/me/consents/{purpose}/give/", {"version": "1"})
        assert has_agreed(viewer, purpose)
    browser.post("/me/consents/taking_part/withdraw/")
    assert not has_agreed(viewer, "taking_part")
    assert has_agreed(viewer, "messages")
    page = browser.get("/me/consents/").content.decode()
    assert page.count("Take this yes back</button>") == 1
    assert page.count("Agree</button>") == 1
    assert browser.post("/me/consents/nothing/give/").status_code == 404
    kinds = list(Line.objects.filter(kind__startswith="consent").values_list("kind", flat=True))
    assert sorted(kinds) == ["consent.given", "consent.given", "consent.withdrawn"]


def test_a_new_version_is_asked_again(browser, viewer, monkeypatch):
    browser.post("/me/consents/messages/give/", {"version": "1"})
    first = PURPOSES["messages"]
    new = replace(first, version=2, words="I agree to louder messages", earlier=(first,))
    monkeypatch.setitem(PURPOSES, "messages", new)
    assert not has_agreed(viewer, "messages")
    page = browser.get("/me/consents/").content.decode()
    assert "The words have changed" in page
    assert "I agree to louder messages" in page
    assert str(first.words) in page.partition("What you agreed to: version 1")[2]


def test_nobody_agrees_to_words_they_have_not_seen(browser, viewer, monkeypatch):
    new = replace(PURPOSES["messages"], version=2)
    monkeypatch.setitem(PURPOSES, "messages", new)
    for typed in ({"version": "1"}, {}):
        answer = browser.post("/me/consents/messages/give/", typed, follow=True)
        assert "The words have changed meanwhile" in answer.content.decode()
        assert not has_agreed(viewer, "messages")
    browser.post("/me/consents/messages/give/", {"version": "2"})
    assert has_agreed(viewer, "messages")


def test_messages_follow_their_consent(browser, account, settings):
    settings.DEMONSTRATION = True
    said = {"by": SYSTEM, "account": account, "subject": "Hello", "text": "…"}
    assert not tell(**said)
    browser.post("/me/consents/messages/give/", {"version": "1"})
    assert tell(**said)
    browser.post("/me/consents/messages/withdraw/")
    assert not tell(**said)


def test_everything_comes_as_json_and_as_a_page(browser, account, pieces):
    browser.post("/me/consents/messages/give/", {"version": "1"})
    assert browser.get("/me/everything/").status_code == 200
    answer = browser.post("/me/everything/download/")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as bundle:
        told = json.loads(bundle.read("everything.json"))
        page = bundle.read("everything.html").decode()
    assert told["people"]["e_mail"] == "canary@example.org"
    assert told["consent"]["messages"]["version"] == 1
    assert told["memberships"] == {"aliases": ["Wren", "Heron"]}
    assert {"canary@example.org", "Wren"} <= {
        w for w in ("canary@example.org", "Wren") if w in page
    }
    assert "$argon2" not in answer.content.decode("latin-1") + page
    assert answer.headers["Cache-Control"] == "no-store"


def test_nobody_elses_words_are_in_it(browser, organisation):
    other = begin_account(by=SYSTEM)
    keep_address(by=SYSTEM, account=other, address="somebody.else@example.org")
    answer = browser.post("/me/everything/download/")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as bundle:
        assert b"somebody.else" not in bundle.read("everything.json")


def yes(**more):
    return {"how": "at-once", "sure": "on", "current": PASSPHRASE, **more}


def test_erasing_ends_everything_and_says_until_when(browser, account, pieces, organisation):
    left, _gone = pieces
    person = Person.objects.get(id=account)
    log, keys_before = person.secrets["log"], Key.objects.count()
    with clock.at(START):
        browser.post("/sign-in/", {"name": "wren-oak-lamp", "passphrase": PASSPHRASE})
        page = browser.get("/me/erase/").content.decode()
        assert "1 June 2026" in page
        answer = browser.post("/me/erase/", yes())
        assert answer.headers["Location"] == "/erased/"
        assert "Clear-Site-Data" in answer.headers
        assert "1 June 2026" in browser.get("/erased/").content.decode()
    assert not Person.objects.filter(id=account).exists()
    assert not Session.objects.exists()
    assert not Erasing.objects.exists()
    assert not Line.objects.filter(scope=log).exists()
    assert not any(is_open(scope) for scope in (person.scope, log, *left.values()))
    assert Key.objects.count() == keys_before - 4
    fresh = Client(HTTP_HOST=f"{organisation.slug}.localhost")
    form = {"name": "wren-oak-lamp", "passphrase": PASSPHRASE}
    assert fresh.post("/sign-in/", form).status_code == 422


@pytest.mark.parametrize("wrong", [{"sure": ""}, {"current": "not this one at all"}, {"how": "x"}])
def test_erasing_needs_a_yes_and_the_passphrase(browser, account, wrong):
    assert browser.post("/me/erase/", yes(**wrong)).status_code == 422
    assert Person.objects.filter(id=account).exists()
    assert not Erasing.objects.exists()


def test_spread_over_a_week_memberships_go_one_by_one(viewer, account, pieces):
    left, gone = pieces
    with clock.at(START):
        row = intend_erasure(by=viewer, spread=True)
        assert not carry_on(row)
        assert not Person.objects.filter(id=account).exists()
        assert Erasing.objects.get().due > START
    for hours in range(0, 24 * 7 + 2, 2):
        with clock.at(START + dt.timedelta(hours=hours)):
            carry_on_erasing()
    assert sorted(piece for piece, _when in gone) == [1, 2]
    assert not Erasing.objects.exists()
    assert not any(is_open(scope) for scope in left.values())


@pytest.mark.parametrize("killed_after", range(6))
def test_erasing_is_finished_wherever_it_was_killed(
    viewer, account, pieces, killed_after, monkeypatch
):
    left, _gone = pieces
    person = Person.objects.get(id=account)
    row = intend_erasure(by=viewer, spread=False)
    steps = {"n": 0}

    def dying(real):
        def call(*args, **kwargs):
            if steps["n"] >= killed_after:
                raise KeyboardInterrupt
            steps["n"] += 1
            return real(*args, **kwargs)

        return call

    with monkeypatch.context() as patched:
        patched.setattr(erasing, "shred", dying(shred))
        patched.setattr(erasing, "forget_scopes", dying(erasing.forget_scopes))
        with contextlib.suppress(KeyboardInterrupt):
            carry_on(row)
    carry_on_erasing()
    carry_on_erasing()
    assert not Erasing.objects.exists()
    assert not Person.objects.filter(id=account).exists()
    assert not any(is_open(scope) for scope in (person.scope, *left.values()))
    assert not Consent.objects.exists()


def test_an_erased_account_from_an_old_backup_signs_nobody_in(browser, account, organisation):
    person = Person.objects.get(id=account)
    shred([person.scope])  # the row is back, its key is not
    fresh = Client(HTTP_HOST=f"{organisation.slug}.localhost")
    form = {"name": "wren-oak-lamp", "passphrase": PASSPHRASE}
    assert fresh.post("/sign-in/", form).status_code == 422
    forget_erased()
    assert not Person.objects.filter(id=account).exists()


def test_who_was_told_that_they_go_goes_also_after_an_older_backup(
    account, viewer, django_capture_on_commit_callbacks
):
    other = begin_account(by=SYSTEM)
    with django_capture_on_commit_callbacks(execute=True):
        intend_erasure(by=viewer, spread=True)
    with outside_act("a backup was put back that knows nothing of it"):
        Erasing.objects.all().delete()
    take_up_intended()
    take_up_intended()
    assert Erasing.objects.count() == 1
    carry_on_erasing()
    assert list(Person.objects.values_list("id", flat=True)) == [other]


def test_an_erasure_that_the_backup_knows_keeps_its_days(
    account, viewer, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        row = intend_erasure(by=viewer, spread=True)
    take_up_intended()
    assert [one.id for one in Erasing.objects.all()] == [row]
