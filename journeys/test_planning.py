"""A coordinator plans a series: its dates appear as it is chosen, or after asking for them."""

import re

import pytest
from playwright.sync_api import expect

from journeys.steps import a_group, step_into
from journeys.walking import Keyboard, Pointer

DATES = re.compile("Every second Tuesday, 19:00 to 20:30, London time")
WAYS = {
    "telephone": (Pointer, {"themes": ("light", "dark")}, {"width": 360}),
    "no scripts": (Pointer, {"themes": ("",)}, {"scripts": False}),
    "keyboard": (Keyboard, {"themes": ()}, {"width": 900}),
}


@pytest.mark.parametrize("way", WAYS)
def test_the_next_ten_dates_are_seen_before_it_is_planned(house, visitor, way):
    kind, looks, window = WAYS[way]
    code = a_group(Pointer(visitor(), house, themes=()), f"Tide Table, {way}")
    page = visitor(**window)
    hand = kind(page, house, **looks)
    step_into(page, house, "Coordinator")
    page.goto(f"{house.address}/g/{code}/meetings/plan/")
    hand.at("Plan a series")
    main, dates = page.locator("main"), page.locator("#dates li")
    hand.tick(page.get_by_label("Tuesday", exact=True).first)
    hand.write(page.get_by_label("Every how many weeks"), "2")
    hand.write(page.get_by_label("Begins at"), "19:00")
    hand.write(page.get_by_label("Roughly where"), "Near the library")
    if page.context.scripts:
        expect(dates).to_have_count(10)
        expect(dates.first).to_have_text(re.compile("^Tuesday .*, 19:00 to 20:30$"))
        hand.write(page.get_by_label("Lasts, in minutes"), "5")
        hand.tick(page.get_by_label("Wednesday", exact=True).first)
        expect(page.locator("#dates")).to_have_text(re.compile("No dates can be shown yet"))
        page.get_by_label("Wednesday", exact=True).first.uncheck()
        hand.write(page.get_by_label("Lasts, in minutes"), "90")
        hand.tick(page.get_by_label("Tuesday", exact=True).first)
        expect(dates).to_have_count(10)
    else:
        hand.go("Show the next ten dates")
        hand.at("Plan a series")
    expect(main).to_have_text(DATES)
    hand.at("Plan a series")
    hand.press(page.get_by_role("button", name="Yes, plan it like this").last)
    expect(main).to_contain_text("The series is planned.")
    expect(main).to_have_text(DATES)
