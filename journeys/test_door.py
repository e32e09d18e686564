"""At the door in a real browser: signing up, a passkey, a code on paper, and leaving for good."""

import re

import pytest
from playwright.sync_api import expect

PASSPHRASE = "kettle on the stove"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def sign_up(page, house):
    """Sign up with the first name offered; returns it."""
    page.goto(house.address + "/sign-up/")
    house.look(page)
    page.get_by_label("Your passphrase").fill(PASSPHRASE)
    page.get_by_label("18 or older").check()
    page.get_by_role("button", name="Sign up").click()
    page.wait_for_url("**/sign-up/welcome/")
    house.look(page)
    return page.locator(".code").inner_text()


def sign_out(page, house):
    page.goto(house.address + "/me/sessions/")
    house.look(page)
    page.get_by_role("button", name="Sign out here").click()
    page.wait_for_url("**/signed-out/")
    house.look(page)


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (360, False), (320, True)])
def test_signing_up_and_coming_back(house, visitor, width, scripts):
    page = visitor(width=width, scripts=scripts)
    name = sign_up(page, house)
    sign_out(page, house)
    page.goto(house.address + "/sign-in/")
    house.look(page)
    page.get_by_label("Your sign-in name").fill(name)
    page.get_by_label("Your passphrase").fill(PASSPHRASE)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)
    page.goto(house.address + "/me/way-back/")
    assert "Keep a way back in" in page.inner_text("h1")
    house.look(page)


def test_nothing_is_shown_behind_the_back_button(house, visitor):
    page = visitor()
    sign_up(page, house)
    page.goto(house.address + "/me/way-back/")
    sign_out(page, house)
    page.go_back()
    page.wait_for_load_state()
    assert "/sign-in/" in page.url or "signed" in page.url


def test_a_passkey_made_and_used(house, visitor):
    page = visitor()
    debug = page.context.new_cdp_session(page)
    debug.send("WebAuthn.enable")
    debug.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    page.goto(house.address + "/sign-up/")
    page.get_by_label("18 or older").check()
    page.get_by_role("button", name="Use a passkey instead").click()
    page.wait_for_url("**/me/way-back/passkey/")
    house.look(page)
    page.get_by_label(re.compile("A name for it")).fill("My laptop")
    page.get_by_role("button", name="Make a passkey").click()
    page.wait_for_url("**/me/way-back/")
    assert "Your passkey is kept." in page.inner_text("main")
    sign_out(page, house)
    page.goto(house.address + "/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)
    page.goto(house.address + "/me/way-back/passkey/")
    assert "My laptop" in page.inner_text("main")


def test_a_code_on_paper_lets_back_in(house, visitor):
    page = visitor(scripts=False)
    sign_up(page, house)
    page.goto(house.address + "/me/way-back/paper/")
    page.get_by_label("Your passphrase now").fill(PASSPHRASE)
    page.get_by_role("button", name="Show me a new code").click()
    code = page.locator(".code").inner_text()
    other = visitor(width=360)
    other.goto(house.address + "/sign-in/paper/")
    house.look(other)
    other.get_by_label("The code on your paper").fill(code.lower())
    other.get_by_role("button", name="Go on").click()
    other.wait_for_url("**/me/way-back/passphrase/")
    house.look(other)


def test_consents_everything_and_erasing(house, visitor):
    page = visitor(width=360)
    sign_up(page, house)
    page.goto(house.address + "/me/consents/")
    house.look(page)
    page.get_by_role("button", name="Agree").first.click()
    expect(page.locator("main")).to_contain_text("Saved.")
    page.goto(house.address + "/me/everything/")
    house.look(page)
    with page.expect_download() as got:
        page.get_by_role("button", name="Download everything").click()
    assert got.value.suggested_filename == "everything.zip"
    page.goto(house.address + "/me/erase/")
    house.look(page)
    page.get_by_label("Your passphrase").fill(PASSPHRASE)
    page.get_by_label(re.compile("Yes, erase")).check()
    page.get_by_role("button", name="Erase my account").click()
    page.wait_for_url("**/erased/")
    house.look(page)
    page.goto(house.address + "/me/way-back/")
    assert "/sign-in/" in page.url
