"""Ways back in: passkeys, codes on paper, changed passphrases, and who is then signed out."""

import datetime as dt
import re

import pyotp
import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from holdspace.kit import clock
from holdspace.kit.ids import ALPHABET
from holdspace.ledger.acts import SYSTEM
from holdspace.people import codes, passphrases
from holdspace.people.actions import begin_staff_account
from holdspace.people.actions.ways import end_of_loan
from holdspace.people.models import Passkey, Session
from holdspace.people.tests.authenticator import Authenticator
from holdspace.people.tests.conftest import PASSPHRASE
from holdspace.staff.actions import take_on

NEW = "blanket and a lamp on"


@pytest.fixture
def second_browser(organisation, known):
    browser = Client(HTTP_HOST=f"{organisation.slug}.localhost")
    browser.post("/sign-in/", {"name": known[1], "passphrase": PASSPHRASE})
    return browser


def is_in(browser):
    return browser.get("/me/way-back/").status_code == 200


def make_passkey(browser, device):
    browser.post("/me/way-back/passkey/", {"current": PASSPHRASE})
    options = browser.post("/me/way-back/passkey/options/").json()
    return browser.post(
        "/me/way-back/passkey/keep/", {"answer": device.make(options), "name": "Phone"}
    )


def come_in(browser, device, **kwargs):
    options = browser.post("/sign-in/passkey/challenge/").json()
    assert options["allowCredentials"] == []
    return browser.post("/sign-in/passkey/enter/", {"answer": device.show(options, **kwargs)})


@pytest.fixture
def device(organisation):
    return Authenticator(f"http://{organisation.slug}.localhost")


@pytest.mark.django_db
def test_a_passkey_is_made_and_lets_back_in(inside, door, second_browser, device, organisation):
    assert make_passkey(inside, device).json() == {"to": "/me/way-back/"}
    assert not is_in(second_browser)
    assert "Phone" in inside.get("/me/way-back/passkey/").content.decode()
    stranger = Client(HTTP_HOST=f"{organisation.slug}.localhost")
    assert come_in(stranger, device).json() == {"to": "/today/"}
    assert is_in(stranger)


@pytest.mark.django_db
def test_a_passkey_from_another_site_or_unverified_or_replayed_is_refused(
    inside, device, organisation
):
    make_passkey(inside, device)
    stranger = Client(HTTP_HOST=f"{organisation.slug}.localhost")
    assert come_in(stranger, device, origin="http://elsewhere.localhost").status_code == 422
    options = stranger.post("/sign-in/passkey/challenge/").json()
    jar, answer = stranger.cookies.copy(), device.show(options)
    assert stranger.post("/sign-in/passkey/enter/", {"answer": answer}).status_code == 200
    other = Client(HTTP_HOST=f"{organisation.slug}.localhost")
    other.cookies = jar
    assert other.post("/sign-in/passkey/enter/", {"answer": answer}).status_code == 422
    lazy = Authenticator(device.origin, verifies=False)
    assert make_passkey(inside, lazy).status_code == 422


@pytest.mark.django_db
@pytest.mark.parametrize("answer", ["", "{", "[]", '{"id": 3}', '{"id": "AAAA", "response": 1}'])
def test_nonsense_in_place_of_a_passkey_is_refused(door, answer):
    door.post("/sign-in/passkey/challenge/")
    assert door.post("/sign-in/passkey/enter/", {"answer": answer}).status_code == 422


@pytest.mark.django_db
def test_a_passkey_can_be_removed_and_then_opens_nothing(inside, device, organisation):
    make_passkey(inside, device)
    inside.post(f"/me/way-back/passkey/{Passkey.objects.get().id}/remove/")
    stranger = Client(HTTP_HOST=f"{organisation.slug}.localhost")
    assert come_in(stranger, device).status_code == 422


@pytest.mark.django_db
def test_signing_up_with_a_passkey_alone(door, device):
    assert (
        door.post("/sign-up/passkey/", {"age": "adult"}).headers["Location"].endswith("/passkey/")
    )
    options = door.post("/me/way-back/passkey/options/").json()
    assert options["user"]["name"] == "Holdspace"
    kept = door.post("/me/way-back/passkey/keep/", {"answer": device.make(options)})
    assert kept.status_code == 200
    door.post("/sign-out/")
    assert come_in(door, device).status_code == 200


def make_paper(browser):
    answer = browser.post("/me/way-back/paper/", {"current": PASSPHRASE}, follow=True)
    return re.search(r'class="code">([0-9A-Z ]+)<', answer.content.decode()).group(1)


@pytest.mark.django_db
def test_a_recovery_key_is_shown_once_and_resets_everything(inside, second_browser, organisation):
    code = make_paper(inside)
    assert code not in inside.get("/me/way-back/paper/").content.decode()
    stranger = Client(HTTP_HOST=f"{organisation.slug}.localhost")
    answer = stranger.post("/sign-in/paper/", {"code": code.lower().replace(" ", "-")})
    assert answer.headers["Location"] == "/me/way-back/passphrase/"
    page = stranger.get("/me/way-back/passphrase/").content.decode()
    assert "Your passphrase now" not in page
    offer = re.search(r'value="([a-z]+-[a-z]+-[a-z]+)"', page).group(1)
    done = stranger.post("/me/way-back/passphrase/", {"choice": offer, "passphrase": NEW})
    assert done.headers["Location"] == "/sign-up/welcome/"
    assert not is_in(inside)
    assert not is_in(second_browser)
    assert is_in(stranger)
    fresh = Client(HTTP_HOST=f"{organisation.slug}.localhost")
    assert fresh.post("/sign-in/paper/", {"code": code}).status_code == 422  # replaced
    assert fresh.post("/sign-in/", {"name": offer, "passphrase": NEW}).status_code == 303


@pytest.mark.django_db
def test_changing_a_passphrase_asks_for_the_old_and_ends_the_others(inside, second_browser, known):
    wrong = {"current": "not this one at all", "choice": "same", "passphrase": NEW}
    assert inside.post("/me/way-back/passphrase/", wrong).status_code == 422
    right = {**wrong, "current": PASSPHRASE}
    assert inside.post("/me/way-back/passphrase/", right).headers["Location"] == "/me/way-back/"
    assert is_in(inside)
    assert not is_in(second_browser)
    inside.post("/sign-out/")
    assert inside.post("/sign-in/", {"name": known[1], "passphrase": NEW}).status_code == 303


def test_a_loan_lasts_sixty_days_at_least_and_its_end_tells_no_day_of_sign_up():
    days = [dt.date(2026, 1, 1) + dt.timedelta(days=n) for n in range(800)]
    ends = [end_of_loan(day) for day in days]
    assert all(end.day == 1 for end in ends)
    spans = [(end - day).days for day, end in zip(days, ends, strict=True)]
    assert min(spans) == 60
    assert max(spans) == 90


@pytest.mark.django_db
def test_own_sessions_are_listed_named_and_ended(inside, second_browser, known, organisation):
    page = inside.get("/me/sessions/").content.decode()
    assert page.count("Give it a name") == 2
    _here, other = re.findall(r"/me/sessions/(\d+)/end/", page)
    assert inside.post(f"/me/sessions/{other}/", {"name": "Old phone"}).status_code == 303
    assert "Old phone" in inside.get("/me/sessions/").content.decode()
    inside.post(f"/me/sessions/{other}/end/")
    assert not is_in(second_browser)
    assert is_in(inside)


@pytest.mark.django_db
def test_another_persons_session_is_not_mine_to_see_or_end(inside, door, organisation):
    stranger = Client(HTTP_HOST=f"{organisation.slug}.localhost")
    stranger.post("/sign-up/passkey/", {"age": "adult"})
    theirs = re.search(r"/me/sessions/(\d+)/end/", stranger.get("/me/sessions/").content.decode())
    assert inside.get(f"/me/sessions/{theirs[1]}/").status_code == 404
    inside.post(f"/me/sessions/{theirs[1]}/end/")
    assert is_in(stranger)


@pytest.mark.django_db
def test_staff_need_a_one_time_code_that_works_once(door, organisation):
    start = dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)
    account, secret = begin_staff_account(by=SYSTEM, name="sam-at-work", passphrase=PASSPHRASE)
    take_on(
        by=SYSTEM,
        organisation=organisation.id,
        account=account,
        name="Sam Okafor",
        shown_as="Sam",
        roles=[],
    )
    with clock.at(start):
        form = {"name": "sam-at-work", "passphrase": PASSPHRASE}
        assert door.post("/sign-in/", form).headers["Location"] == "/sign-in/code/"
        assert not Session.objects.exists()
        assert door.post("/sign-in/code/", {"code": "000000"}).status_code == 422
        code = pyotp.TOTP(secret).at(start)
        assert door.post("/sign-in/code/", {"code": code}).headers["Location"] == "/work/"
        assert is_in(door)
        assert Session.objects.get().kind == "staff"
        other = Client(HTTP_HOST=f"{organisation.slug}.localhost")
        other.post("/sign-in/", form)
        assert other.post("/sign-in/code/", {"code": code}).status_code == 422
    with clock.at(start + dt.timedelta(hours=1, minutes=1)):
        assert not is_in(door)


CALM = settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
NOISE = st.sampled_from([" ", "-", "", "  ", "\t"])


@CALM
@given(st.sampled_from([codes.PAPER, codes.LOAN]), st.data())
def test_a_code_is_read_however_it_was_copied(length, data):
    code = codes.make(length)
    typed = "".join(data.draw(NOISE) + (c.upper() if data.draw(st.booleans()) else c) for c in code)
    typed = typed.replace("1", data.draw(st.sampled_from(["1", "i", "L"])))
    typed = typed.replace("0", data.draw(st.sampled_from(["0", "O", "o"])))
    assert codes.read(typed) == code
    assert codes.read(codes.shown(code)) == code


@CALM
@given(st.sampled_from([codes.PAPER, codes.LOAN]), st.data())
def test_one_wrong_symbol_or_two_swapped_are_noticed(length, data):
    code = codes.make(length)
    at = data.draw(st.integers(0, len(code) - 1))
    other = data.draw(st.sampled_from(sorted(set(ALPHABET) - {code[at]})))
    assert codes.read(code[:at] + other + code[at + 1 :]) is None
    at = data.draw(st.integers(0, length - 2))
    swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    assert codes.read(swapped) is None or swapped == code


@CALM
@given(st.text(max_size=60))
def test_anything_typed_as_a_code_is_answered(typed):
    assert codes.read(typed) is None or set(codes.read(typed)) <= set(ALPHABET)


@pytest.mark.parametrize(
    "weak",
    ["short", "passwordpassword", "password123456", "aaaaaaaaaaaaaaa", "abcdefghijklmnop",
     "qwertyuiopasdfgh", "123456789012345", "iloveyou!!!!!!", "abababababab", "1" * 300],
)  # fmt: skip
def test_weak_passphrases_are_refused_with_a_reason(weak):
    assert passphrases.weakness(weak)


@pytest.mark.parametrize(
    "good", [PASSPHRASE, NEW, "ÄÖÜ und ein Pferd", "日本語の長いパスフレーズです"]
)
def test_good_passphrases_of_any_script_are_taken(good):
    assert not passphrases.weakness(good)


def test_the_sign_in_name_may_not_stand_inside():
    assert passphrases.weakness("my name is wren lantern", "Wren-Lantern")
