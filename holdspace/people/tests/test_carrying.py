"""Words on their way through the sign-in page: sealed, for an hour, and back to their address."""

import datetime as dt
import re
from html import unescape

import pytest
from django.test import Client

from holdspace.kit import clock
from holdspace.ledger.acts import SYSTEM
from holdspace.people.actions import begin_account, give_recovery_key, lend_code
from holdspace.people.models import Person
from holdspace.people.tests.conftest import PASSPHRASE
from holdspace.vault import carrying

pytestmark = pytest.mark.django_db
WORDS = "A long answer that it would hurt to write again"
PATH = "/g/abcd1234/talk/1/reply/"


def test_they_open_for_their_address_and_an_hour(organisation):
    sealed = carrying.seal(PATH, {"words": [WORDS], "key": ["12"]})
    assert WORDS not in sealed
    assert carrying.opened(sealed, PATH).fields == {"words": [WORDS], "key": ["12"]}
    assert carrying.opened(sealed).words() == [WORDS]
    assert carrying.opened(sealed, "/elsewhere/") is None
    assert carrying.opened(sealed[:-4] + "AAAA") is None
    assert carrying.opened("nonsense, é") is None
    with clock.at(clock.now() + dt.timedelta(minutes=61)):
        assert carrying.opened(sealed, PATH) is None


def test_after_signing_in_they_stand_there_and_lead_back(door, known):
    carried = carrying.seal(PATH, {"words": [WORDS]})
    sent = {"name": known[1], "passphrase": "not this one at all", "carried": carried}
    page = door.post("/sign-in/", sent).content.decode()
    assert unescape(re.search(r'name="carried" value="([^"]*)"', page)[1]) == carried
    answer = door.post("/sign-in/", {**sent, "passphrase": PASSPHRASE})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "You are signed in" in page
    assert WORDS in page
    assert f'action="{PATH}"' in page
    assert door.get("/me/").status_code == 200


def test_what_is_too_old_to_carry_does_not_keep_anybody_out(door, known):
    carried = carrying.seal(PATH, {"words": [WORDS]})
    with clock.at(clock.now() + dt.timedelta(hours=2)):
        sent = {"name": known[1], "passphrase": PASSPHRASE, "carried": carried}
        assert door.post("/sign-in/", sent).status_code == 303


def test_they_stay_closed_to_anybody_else_who_signs_in(door, known):
    sealed = carrying.seal(PATH, {"words": [WORDS]}, carrying.mark(17))
    assert carrying.opened(sealed).is_of(17)
    assert not carrying.opened(sealed).is_of(18)
    sent = {"name": known[1], "passphrase": PASSPHRASE, "carried": sealed}
    answer = door.post("/sign-in/", sent)
    assert answer.status_code == 303
    assert WORDS not in answer.content.decode()


def test_what_opens_a_door_is_not_carried(door, known):
    door.post("/sign-in/", {"name": known[1], "passphrase": PASSPHRASE})
    del door.cookies["here"]
    typed = {"current": PASSPHRASE, "choice": "own", "own": "quiet heron", "passphrase": WORDS}
    page = door.post("/me/way-back/passphrase/", typed).content.decode()
    carried = carrying.opened(unescape(re.search(r'name="carried" value="([^"]*)"', page)[1]))
    assert carried.fields == {"choice": ["own"], "own": ["quiet heron"]}
    assert carried.is_of(known[0])
    only = door.post("/me/way-back/passphrase/", {"current": PASSPHRASE})
    assert only.headers["Location"] == "/sign-in/"


def test_what_was_a_button_of_another_page_is_said_not_to_be_sent(inside, known):
    told = {"told": ["yes"], "words": [WORDS]}
    sealed = carrying.seal("/sign-out/", told, carrying.mark(known[0]))
    page = inside.post("/sign-out/", {"carried": sealed}).content.decode()
    assert "It was not sent" in page
    assert WORDS in page
    assert inside.get("/me/").status_code == 200


def test_a_form_from_elsewhere_is_not_carried(organisation):
    foreign = Client(enforce_csrf_checks=True, HTTP_HOST=f"{organisation.slug}.localhost")
    answer = foreign.post("/work/groups/begin/", {"name": WORDS})
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/sign-in/"


def test_a_short_code_brings_them_back_too(door):
    account = begin_account(by=SYSTEM)
    code = lend_code(by=SYSTEM, account=account)
    sealed = carrying.seal(PATH, {"words": [WORDS]}, carrying.mark(account))
    page = door.post("/sign-in/paper/", {"carried": sealed}).content.decode()
    assert "Please fill this in" not in page
    assert unescape(re.search(r'name="carried" value="([^"]*)"', page)[1]) == sealed
    answer = door.post("/sign-in/paper/", {"carried": sealed, "code": code})
    assert WORDS in answer.content.decode()
    assert door.get("/me/").status_code == 200


def test_a_recovery_key_brings_them_back_and_says_what_comes_after(door, known):
    code = give_recovery_key(by=SYSTEM, account=known[0])
    sealed = carrying.seal(PATH, {"words": [WORDS]}, carrying.mark(known[0]))
    answer = door.post("/sign-in/paper/", {"carried": sealed, "code": code})
    page = answer.content.decode()
    assert (answer.status_code, WORDS in page) == (200, True)
    assert f'action="{PATH}"' in page
    assert 'href="/me/way-back/passphrase/"' in page
    assert "Your passphrase now" not in door.get("/me/way-back/passphrase/").content.decode()
    new = {"choice": "same", "passphrase": "blanket and a lamp on"}
    done = door.post("/me/way-back/passphrase/", new)
    assert done.headers["Location"] == "/me/way-back/paper/"


def test_a_recovery_key_shows_nobody_elses_words(door, known):
    code = give_recovery_key(by=SYSTEM, account=known[0])
    sealed = carrying.seal(PATH, {"words": [WORDS]}, carrying.mark(known[0] + 1))
    answer = door.post("/sign-in/paper/", {"carried": sealed, "code": code})
    assert answer.headers["Location"] == "/me/way-back/passphrase/"
    assert WORDS not in answer.content.decode()


def test_from_the_form_through_the_door_and_back_into_the_form(organisation, known):
    door = Client(enforce_csrf_checks=True, HTTP_HOST=f"{organisation.slug}.localhost")

    def read(answer, name):
        return unescape(re.search(rf'name="{name}"[^>]* value="([^"]*)"', text(answer))[1])

    def text(answer):
        assert answer.status_code == 200
        return answer.content.decode()

    def send(path, seen, **typed):
        token = {"csrfmiddlewaretoken": read(seen, "csrfmiddlewaretoken")}
        return door.post(path, {**token, **typed})

    way_in = {"name": known[1], "passphrase": PASSPHRASE}
    assert send("/sign-in/", door.get("/sign-in/"), **way_in).status_code == 303
    page = door.get("/me/way-back/address/")
    del door.cookies["here"]
    sign_in = send("/me/way-back/address/", page, address="wren@example.org")
    assert "Nothing is lost" in text(sign_in)
    back = send("/sign-in/", sign_in, **way_in, carried=read(sign_in, "carried"))
    assert "It was not sent yet" in text(back)
    again = send("/me/way-back/address/", back, carried=read(back, "carried"))
    assert read(again, "address") == "wren@example.org"
    assert "address" not in (Person.objects.get(id=known[0]).secrets or {})
    assert send("/me/way-back/address/", again, address="wren@example.org").status_code == 303
