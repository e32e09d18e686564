"""Every no of the joining dialog keeps what was typed and ticked, with scripts and without."""

import re

import pytest
from playwright.sync_api import expect

from journeys.test_main_path import agree, find
from journeys.walking import Pointer

HELLO = "Find me at wren@example.org, I would like to hear from you."


@pytest.mark.parametrize("scripts", [True, False])
def test_a_no_keeps_what_was_typed(house, visitor, scripts):
    page = visitor(scripts=scripts)
    hand = Pointer(page, house, themes=("",))
    find(hand)
    page.goto(re.sub(r"/$", "/join/", page.url))
    _name(hand)
    _yes(hand)
    hand.at("A hello, or none")
    hand.tick(page.get_by_label("I'll say hello"))
    hand.write(page.get_by_label("Your hello"), HELLO)
    hand.go("Go on")
    hand.at("A hello, or none")
    expect(page.get_by_label("Your hello")).to_have_value(HELLO)
    expect(page.get_by_label("I'll say hello")).to_be_checked()
    expect(page.locator("main")).to_contain_text("looks like a way to reach you")


def _name(hand):
    """A name that will not do, other pictures, and the same name still in its box."""
    page = hand.page
    hand.at("What should we call you here?")
    hand.tick(page.get_by_label("A name of my own"))
    own = page.locator("[name=own]")
    hand.write(own, "wren@example.org")
    hand.go("Go on")
    hand.at("What should we call you here?")
    expect(own).to_have_value("wren@example.org")
    hand.write(own, "Night Heron")
    hand.go("Other names and pictures")
    hand.at("What should we call you here?")
    expect(own).to_have_value("Night Heron")
    hand.go("Go on")


def _yes(hand):
    """One yes of three is no yes; the one that was said stays said."""
    page = hand.page
    hand.at(re.compile("^What we agree"))
    read = page.get_by_label("I have read this, and I will keep to it")
    hand.tick(read)
    hand.go("Yes, go on")
    hand.at(re.compile("^What we agree"))
    expect(page.locator("main")).to_contain_text("Without this yes we may not keep")
    expect(read).to_be_checked()
    agree(hand)
