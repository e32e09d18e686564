"""From an empty installation to an open group, by its first coordinator."""

import re
import time

import pyotp
import pytest

PASSPHRASE = "four words in a row"
SECRET = re.compile(r"(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}")


@pytest.fixture
def house(bare_house):
    return bare_house


def link_of(house):
    return re.search(r"http://\S+/begin/\S+/", house.log.read_text()).group()


def look(house, page):
    """At a desk and on a telephone."""
    width = page.viewport_size["width"]
    for wide in (360, 1280):
        page.set_viewport_size({"width": wide, "height": 800})
        house.look(page)
    page.set_viewport_size({"width": width, "height": 800})


def fill(page, **said):
    for name, words in said.items():
        page.fill(f"#id_{name}", words)


def send(page, words=""):
    """Send the form; what it is answered with has come whole."""
    button = page.locator("main form button")
    with page.expect_navigation():
        (button.filter(has_text=words) if words else button).first.click()


def come_in(house, page):
    page.goto(link_of(house))
    assert "/begin/" in page.url
    look(house, page)
    fill(page, house="Sea Wall Circle", name="Ines Marsh", shown_as="Ines", sign_in="quiet-harbour")
    fill(page, passphrase="short", again="other")
    send(page)
    look(house, page)
    assert page.input_value("#id_house") == "Sea Wall Circle"
    fill(page, passphrase=PASSPHRASE, again=PASSPHRASE)
    send(page)
    look(house, page)
    secret = SECRET.search(page.inner_text("main")).group().replace(" ", "")
    fill(page, code=pyotp.TOTP(secret).at(time.time()))
    send(page)
    assert page.url == f"{house.address}/work/"


@pytest.mark.parametrize("scripts", [True, False])
def test_an_empty_place_becomes_a_house_with_a_group(house, visitor, scripts):
    page = visitor(scripts=scripts)
    assert page.goto(house.address + "/groups/").status == 503
    look(house, page)
    come_in(house, page)
    for path in ["work/opening/", "work/organisation/", "work/organisation/cover/", "work/staff/"]:
        assert page.goto(f"{house.address}/{path}").status == 200
        look(house, page)
    page.goto(f"{house.address}/work/groups/")
    look(house, page)
    page.goto(f"{house.address}/work/groups/begin/")
    look(house, page)
    fill(page, name="Wednesday Circle", leaders="Sam, who has been through it")
    send(page, "Save")
    look(house, page)  # people who come in person look for a town
    fill(page, town="Leith", first_visit="10 minutes before: The door opens.")
    send(page, "Save")
    group = page.url
    look(house, page)
    page.goto(f"{group}agreements/next/")
    look(house, page)
    send(page, "Publish")
    look(house, page)
    page.goto(group)
    send(page, "Open this group")
    assert "The public does not see it yet" in page.inner_text("main")
    look(house, page)
    for path in ["edit/", "leaders/", "close/", "end/"]:
        assert page.goto(f"{group}{path}").status == 200
        look(house, page)
    code = group.rstrip("/").rsplit("/", 1)[1]
    anybody = visitor(scripts=scripts)
    assert anybody.goto(f"{house.address}/groups/{code}/").status == 404


def test_a_colleague_comes_in_by_a_link(house, visitor):
    page = visitor()
    come_in(house, page)
    page.goto(f"{house.address}/work/staff/invite/")
    look(house, page)
    fill(page, name="Sam Okafor", shown_as="Sam")
    page.check("text=Safety lead")
    send(page)
    look(house, page)
    link = page.inner_text("main code")
    sam = visitor(width=360)
    sam.goto(link)
    look(house, sam)
    fill(sam, sign_in="still-water", passphrase=PASSPHRASE, again=PASSPHRASE)
    send(sam)
    secret = SECRET.search(sam.inner_text("main")).group().replace(" ", "")
    fill(sam, code=pyotp.TOTP(secret).at(time.time()))
    send(sam)
    assert sam.url == f"{house.address}/work/"
    page.goto(f"{house.address}/work/staff/")
    assert "Safety lead" in page.inner_text("main")
    look(house, page)
    page.goto(f"{house.address}/work/opening/")
    assert page.locator("main", has_text="Name a safety lead").count() == 1
    look(house, page)
    assert visitor().goto(link).url == f"{house.address}/staff/begin/"
