"""A coordinator phones the lines of help: with scripts, without, by keyboard, narrow and dark."""

import pytest
from playwright.sync_api import expect

from journeys.test_main_path import step_into
from journeys.walking import Keyboard, Pointer

WAYS = {
    "light and dark": (Pointer, {"themes": ("light", "dark")}, {}, ("Night Line", "01603 496000")),
    "telephone, no scripts": (
        Pointer,
        {"themes": ("",)},
        {"width": 360, "scripts": False},
        ("Tea Line", "01603 496001"),
    ),
    "keyboard": (Keyboard, {"themes": ()}, {"width": 900}, ("Quiet Line", "01603 496002")),
}


def phoned(hand):
    hand.tick(hand.page.get_by_label("Number, hours, cost and reach are as they stand here"))


@pytest.mark.parametrize("way", WAYS)
def test_phoned_added_put_right_taken_down(house, visitor, way):
    kind, looks, window, (name, number) = WAYS[way]
    there = f'a[href="tel:{number.replace(" ", "")}"]'
    page = visitor(**window)
    hand = kind(page, house, **looks)
    main = page.locator("main")
    step_into(page, house, "Coordinator")
    hand.go("Help lines")
    hand.at("Lines of help in the United Kingdom")

    hand.go("Shout")
    hand.at("Shout")
    hand.go("Note that we phoned it")
    expect(main).to_contain_text("Something needs another look")
    hand.at("Shout")
    phoned(hand)
    hand.go("Note that we phoned it")
    hand.at("Lines of help in the United Kingdom")
    expect(main).to_contain_text("phoned it on")

    hand.go("Add a line")
    hand.at("Add a line")
    hand.write(page.get_by_label("Name of the line"), name)
    hand.write(page.get_by_label("Number, as dialled inside the country"), "+44 1603 496 000")
    phoned(hand)
    hand.go("Save")
    expect(main).to_contain_text("as people dial it inside the country")
    hand.at("Add a line")
    assert page.get_by_label("Name of the line").input_value() == name
    hand.write(page.get_by_label("Number, as dialled inside the country"), number)
    hand.go("Save")
    hand.at("Lines of help in the United Kingdom")
    anybody = visitor(scripts=False)
    anybody.goto(house.address + "/help/")
    assert anybody.locator(there).count() == 1

    hand.go(name)
    hand.at(name)
    hand.go("Something is different")
    hand.at("Put a line right")
    hand.write(page.get_by_label("Hours", exact=True), "mon-fri 18:00-22:00")
    phoned(hand)
    hand.go("Save")
    hand.at("Lines of help in the United Kingdom")
    hand.go(name)
    hand.at(name)
    hand.tick(page.get_by_label("Nobody answers there any more"))
    hand.go("Take it down")
    hand.at("Lines of help in the United Kingdom")
    expect(main).to_contain_text("Taken down")
    anybody.reload()
    assert anybody.locator(there).count() == 0
