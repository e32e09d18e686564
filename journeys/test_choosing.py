"""Help me choose, by somebody at night: with a finger and no scripts, by keyboard, in the dark."""

import pytest
from playwright.sync_api import expect

from journeys.walking import Keyboard, Pointer

WAYS = {
    "telephone, no scripts": (Pointer, {"themes": ("",)}, {"width": 360, "scripts": False}),
    "keyboard": (Keyboard, {"themes": ()}, {"width": 900}),
    "light and dark": (Pointer, {"themes": ("light", "dark")}, {"width": 360}),
}
SCREENS = "document.querySelector('main').getBoundingClientRect().bottom / innerHeight"


@pytest.mark.parametrize("way", WAYS)
def test_a_few_questions_and_groups_with_reasons(house, visitor, way):
    kind, looks, window = WAYS[way]
    page = visitor(height=740, **window)
    hand = kind(page, house, **looks)
    page.goto(house.address + "/")
    hand.go("Help me choose")
    hand.at("Help me choose")
    hand.go("Begin")
    hand.at("Who is it for?")
    hand.tick(page.get_by_label("for me", exact=True))
    hand.go("Go on")
    hand.at("What is it about?")
    assert page.evaluate(SCREENS) <= 2
    hand.press(page.locator("summary", has_text="Loss"))
    hand.tick(page.get_by_label("Grief", exact=True))
    hand.go("Go on")
    hand.at("How would you like to meet?")
    hand.press(page.get_by_role("link", name="Back"))
    hand.at("What is it about?")
    expect(page.get_by_label("Grief", exact=True)).to_be_checked()
    expect(page.get_by_label("Grief", exact=True)).to_be_visible()
    hand.go("Go on")
    hand.at("How would you like to meet?")
    hand.tick(page.get_by_label("online", exact=True))
    hand.go("Go on")
    for words in ("When could you come?", "Who should lead it?"):
        hand.at(words)
        hand.go("Skip this")
    hand.at("What would make it easier?")
    hand.go("Skip this")
    hand.at("Groups that fit what you told us")
    main = page.locator("main")
    expect(main).to_contain_text("It is about: Grief")
    expect(main).to_contain_text("What speaks against it")
    expect(main).to_contain_text("Also possible")
    expect(main).not_to_contain_text("right for you")
    hand.go("Forget my answers")
    hand.at("Help me choose")
    page.goto(house.address + "/choose/2/")
    expect(page.locator("main :checked")).to_have_count(0)
