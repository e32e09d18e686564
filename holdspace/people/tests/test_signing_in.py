"""Signing up and in: it works, it is slowed, and nothing shows who exists."""

import datetime as dt
import re

import pytest

from holdspace.kit import clock
from holdspace.people import hashing, slowing
from holdspace.people.models import Person, Session, Try
from holdspace.people.tests.conftest import PASSPHRASE

pytestmark = pytest.mark.django_db

SIGN_UP = {"choice": "own", "own": "Wren", "passphrase": PASSPHRASE, "age": "adult"}


@pytest.fixture
def hashings(monkeypatch):
    """Counts how often a passphrase is held against a hash."""
    counted = []

    class Counting:
        def __init__(self, real):
            self.real = real

        def verify(self, *args):
            counted.append("verify")
            return self.real.verify(*args)

        def hash(self, *args):
            counted.append("hash")
            return self.real.hash(*args)

    real = hashing.hasher()
    hashing.nobodys_hash()
    monkeypatch.setattr(hashing, "hasher", lambda: Counting(real))
    return counted


def shown(answer):
    """A page without its form token."""
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", answer.content.decode())


def headers(answer):
    return {k: v for k, v in answer.headers.items() if k != "Content-Length"}


def test_signing_up_always_succeeds_and_shows_the_name_once(door):
    first = door.post("/sign-up/", SIGN_UP)
    assert first.status_code == 303, first.content.decode()
    assert first.headers["Location"] == "/sign-up/welcome/"
    page = door.get("/sign-up/welcome/").content.decode()
    name = re.search(r'class="code">(Wren-[a-z]+)<', page).group(1)
    assert door.get("/sign-up/welcome/").status_code == 303
    door.post("/sign-out/")
    assert (
        door.post("/sign-in/", {"name": name.upper(), "passphrase": PASSPHRASE}).status_code == 303
    )


def test_a_taken_name_is_never_told(door, organisation):
    answers = []
    for _n in range(3):
        answers.append(door.post("/sign-up/", SIGN_UP))
        door.post("/sign-out/")
        door.cookies.clear()
    assert {a.status_code for a in answers} == {303}
    assert Person.objects.count() == 3
    assert len({bytes(p.name_tag) for p in Person.objects.all()}) == 3


def test_an_offered_name_is_given_as_it_is(door):
    offers = re.findall(
        r'name="choice" value="([a-z]+-[a-z]+-[a-z]+)"', shown(door.get("/sign-up/"))
    )
    assert len(offers) == 3
    assert door.post("/sign-up/", {**SIGN_UP, "choice": offers[1]}).status_code == 303
    assert offers[1] in shown(door.get("/sign-up/welcome/"))


def test_who_is_too_young_leaves_nothing_here(door):
    answer = door.post("/sign-up/", {**SIGN_UP, "age": "too-young"})
    assert answer.headers["Location"] == "/sign-up/not-yet/"
    assert door.get("/sign-up/not-yet/").status_code == 200
    assert not Person.objects.exists()


def test_mistakes_stand_beside_the_field_and_nothing_else_is_lost(door):
    answer = door.post("/sign-up/", {**SIGN_UP, "passphrase": "short"})
    assert answer.status_code == 422
    assert "at least 12 characters" in shown(answer)
    assert 'value="Wren"' in shown(answer)
    assert "short" not in shown(answer)


def test_known_and_unknown_names_get_the_same_answer(door, known):
    for tried in range(slowing.FREE + 2):
        right = door.post("/sign-in/", {"name": known[1], "passphrase": "not this one at all"})
        wrong = door.post(
            "/sign-in/", {"name": "nobody-is-this", "passphrase": "not this one at all"}
        )
        assert right.status_code == wrong.status_code == 422
        assert shown(right).replace(known[1], "X") == shown(wrong).replace("nobody-is-this", "X")
        assert headers(right) == headers(wrong), tried
        assert set(right.cookies) == set(wrong.cookies)


def test_known_and_unknown_names_cost_the_same_hashing(door, known, hashings):
    costs = []
    for name in (known[1], "nobody-is-this", ""):
        hashings.clear()
        door.post("/sign-in/", {"name": name, "passphrase": "not this one at all"})
        costs.append(list(hashings))
    assert costs[0] == costs[1] == ["verify"]
    assert costs[2] == []


def test_guesses_are_slowed_by_name_and_forgotten_within_a_day(door, known):
    start = dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)
    wrong = {"name": known[1], "passphrase": "not this one at all"}
    right = {"name": known[1], "passphrase": PASSPHRASE}
    with clock.at(start):
        for _n in range(slowing.FREE):
            assert "belong together" in shown(door.post("/sign-in/", wrong))
        assert "Please wait" in shown(door.post("/sign-in/", right))
        other = {"name": "somebody-else", "passphrase": "not this one at all"}
        assert "belong together" in shown(door.post("/sign-in/", other))
    with clock.at(start + dt.timedelta(seconds=6)):
        assert door.post("/sign-in/", right).status_code == 303
    assert Try.objects.filter(count__gte=slowing.FREE).count() == 1  # the count of everywhere
    from holdspace.people.tasks import forget_old

    with clock.at(start + dt.timedelta(days=1, seconds=10)):
        forget_old()
    assert not Try.objects.exists()


def test_waits_grow_and_have_an_end():
    waits = [slowing.wait_after(n).total_seconds() for n in range(1, 40)]
    assert waits[: slowing.FREE - 1] == [0] * (slowing.FREE - 1)
    assert waits == sorted(waits)
    assert waits[-1] == 15 * 60
    assert slowing.wait_after(3, crowded=True) > slowing.wait_after(3)


def test_no_try_keeps_a_name_or_an_address(door):
    door.post(
        "/sign-in/", {"name": "canary-name", "passphrase": "x" * 20}, REMOTE_ADDR="203.0.113.9"
    )
    kept = [str(v) for row in Try.objects.values() for v in row.values()]
    assert not any("canary" in v or "203.0.113" in v for v in kept)


def test_a_page_of_ones_own_asks_to_sign_in_and_goes_back_there(door, known):
    answer = door.get("/me/sessions/")
    assert answer.headers["Location"] == "/sign-in/"
    back = door.post("/sign-in/", {"name": known[1], "passphrase": PASSPHRASE})
    assert back.headers["Location"] == "/me/sessions/"


def test_signing_out_ends_it(inside):
    assert inside.get("/me/sessions/").status_code == 200
    kept = inside.cookies.copy()
    answer = inside.post("/sign-out/")
    assert "Clear-Site-Data" in answer.headers
    inside.cookies = kept
    assert inside.get("/me/sessions/").status_code == 303
    assert not Session.objects.exists()


def test_pages_of_ones_own_are_kept_by_no_cache(inside):
    for path in (
        "/me/way-back/",
        "/me/sessions/",
        "/me/way-back/paper/",
        "/me/way-back/passphrase/",
    ):
        answer = inside.get(path)
        assert answer.status_code == 200, path
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_passkey_without_an_age_asks_for_it_and_keeps_what_was_typed(door):
    answer = door.post("/sign-up/passkey/", {"choice": "own", "own": "Wren of the hill"})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Wren of the hill" in shown
    assert "Please choose your age first." in shown
    assert "Please fill this in." not in shown
