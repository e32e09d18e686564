"""From the front page to a seat, and out again: the whole way of a newcomer, in every way of going.

With scripts and without, by keyboard alone, on a telephone, and at 320 px with text twice as large.
"""

import re

import pytest
from playwright.sync_api import expect

from journeys.steps import a_group, agree, step_into
from journeys.walking import Keyboard, Large, Pointer, enlarge

GROUP = "Tuesday Light"
LED = "Steady Hands"  # by the facilitator into whose role the bar leads
EXACT = "The Old Bakery Hall"
BOTH = ("light", "dark")
NEW = "Winter Kitchen"
KIND = "Thank you for writing. Tuesday Light may suit you better: you can simply come."


def find(hand):
    """From the front page, by a word and near a town, to the page of a group."""
    hand.page.goto(hand.house.address + "/")
    hand.at(re.compile("."))
    hand.go("See groups")
    hand.at("Find a group")
    hand.write(hand.page.get_by_label("Words", exact=True), "kettle")
    hand.press(hand.page.locator("summary", has_text="More choices"))
    hand.write(hand.page.get_by_label("Near a town"), "Norwich")
    hand.go("Show groups")
    expect(hand.page.locator("main")).to_contain_text("Near Norwich")
    hand.at("Find a group")
    hand.go(GROUP)
    hand.at(GROUP)
    assert EXACT not in hand.page.inner_text("main")


def ask_to_come(hand):
    """Ask to come once, from a group's page to the evening and its link. Returns the name."""
    page = hand.page
    hand.go("Come once, just listen")
    hand.at("Come once, just listen")
    hand.tick(page.get_by_role("group", name="Which evening?").get_by_role("radio").nth(1))
    name = page.locator("[name=name]").first.get_attribute("value")
    hand.tick(page.get_by_label("No, I will find my way"))
    hand.tick(page.get_by_label("I have read this, and I will keep to it"))
    hand.tick(page.get_by_label("I agree that you keep this about me until my visit is over"))
    hand.go("Ask to come")
    hand.at("Your evening")
    assert re.search(r"/v/\S+/", page.inner_text("main .address"))
    return name


def visit(hand):
    """The same, to a group that anybody may come to, and where it is."""
    name = ask_to_come(hand)
    hand.go("When and where")
    hand.at(GROUP)
    return name


def join(hand, name):
    """After the evening: keep the name, agree, skip what can be skipped, the way back later."""
    page = hand.page
    page.goto(hand.house.address + "/visit/")
    hand.go("Join this group")
    hand.at("What should we call you here?")
    assert page.locator("[name=own]").input_value() == name
    hand.go("Go on")
    agree(hand)
    if page.get_by_text("Somebody here already has this name").count():  # offered by chance
        hand.tick(page.locator("[name=name]").first)
        hand.go("Go on")
        agree(hand)
    hand.at("A hello, or none")
    hand.go("Skip this")
    hand.at("What helps you")
    hand.go("Skip this")
    hand.at("What you hope for")
    hand.go("Skip this and take my place")
    hand.at("Keep a way back in")
    code = page.locator(".code").inner_text()
    hand.go("Do this later")
    hand.at("You have a place")
    assert page.locator(".code").inner_text() == code
    hand.go("Keep a seat for me")
    hand.at("You have a seat")


def belong(hand):
    """Today, my groups, the exact place of the meeting, and the seat given up."""
    page = hand.page
    hand.place("Today")
    hand.at("Today")
    hand.place("My groups")
    hand.at("My groups")
    hand.go(GROUP)
    hand.at(GROUP)
    hand.press(page.locator("main .row", has_text="You have a seat").get_by_role("link"))
    hand.at(GROUP)
    expect(page.locator("main")).to_contain_text(EXACT)
    hand.go("Give up my seat")
    expect(page.get_by_role("button", name="Take a seat")).to_be_visible()
    hand.at(GROUP)
    assert EXACT not in page.inner_text("main")


def rest_and_leave(hand):
    """Rest, return, leave; afterwards nothing of the group is shown."""
    page = hand.page
    hand.place("My groups")
    hand.go(GROUP)
    hand.go("My place in this group")
    hand.at("My place here")
    inside = page.url
    hand.go("Rest for a while")
    expect(page.locator("main")).to_contain_text("You are resting")
    hand.at("My place here")
    hand.go("I am back")
    expect(page.get_by_role("button", name="Rest for a while")).to_be_visible()
    hand.go("Leave this group")
    hand.at("Leave this group?")
    hand.go("Leave")
    expect(page.locator("main")).not_to_contain_text("Leave this group?")
    hand.at(re.compile("."))
    hand.place("My groups")
    hand.at("My groups")
    expect(page.locator("main")).not_to_contain_text(GROUP)
    page.goto(inside)
    hand.at("You have left this group")
    assert page.goto(inside.replace("place/", "meetings/")).status == 404
    hand.at(re.compile("."))


def walk(hand):
    find(hand)
    name = visit(hand)
    join(hand, name)
    belong(hand)
    rest_and_leave(hand)


WAYS = {
    "scripts": (Pointer, {"themes": BOTH}, {}),
    "no scripts": (Pointer, {"themes": ("",)}, {"scripts": False}),
    "keyboard": (Keyboard, {"themes": ()}, {"width": 900}),
    "keyboard, narrow": (Keyboard, {"themes": ()}, {"width": 360, "height": 740}),
    "telephone": (Pointer, {}, {"width": 360, "height": 740}),
    "large": (Large, {"themes": ("",)}, {"width": 320, "height": 740, "color_scheme": "dark"}),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_newcomer_finds_visits_joins_and_leaves(house, visitor, way):
    kind, looks, window = WAYS[way]
    page = visitor(**window)
    if way == "large":
        enlarge(page)
    walk(kind(page, house, **looks))


@pytest.mark.parametrize("scripts", [True, False])
def test_a_facilitator_sees_who_comes(house, visitor, scripts):
    newcomer = visitor(scripts=scripts)
    hand = Pointer(newcomer, house, themes=())
    newcomer.goto(house.address + "/groups/?q=steady+hands")
    hand.go(LED)
    hand.at(LED)
    name = ask_to_come(hand)
    page = visitor(scripts=scripts)
    lead = Pointer(page, house, themes=BOTH)
    step_into(page, house, "Facilitator")
    lead.at("Work")
    lead.go("Who comes, and the meeting")
    lead.at(LED)
    expect(page.locator("main")).to_contain_text("Who comes")
    step_into(page, house, "Facilitator")
    lead.go(LED)
    lead.at("At the door")
    lead.go("Visits to answer")
    lead.at("Visits")
    expect(page.locator("main")).to_contain_text(name)
    newcomer.goto(house.address + "/visit/")
    hand.go("Delete my visit now")
    page.reload()
    expect(page.locator("main")).not_to_contain_text(name)


def apply(hand, code):
    page = hand.page
    page.goto(f"{hand.house.address}/groups/{code}/")
    hand.at(NEW)
    hand.go("Join this group")
    hand.go("Go on")
    agree(hand)
    hand.at("The group asks a few questions")
    hand.write(page.get_by_label("What brings you?"), "A long winter.")
    hand.go("Send")
    hand.at("Your answers have arrived")


def test_a_new_group_and_a_kind_answer(house, visitor):
    desk = Pointer(visitor(), house, themes=BOTH)
    code = a_group(desk, NEW, way_in="approval", questions="What brings you?")
    hand = Pointer(visitor(width=360), house)
    apply(hand, code)
    page = visitor(width=360)
    lead = Pointer(page, house, themes=BOTH)
    step_into(page, house, "Facilitator")
    lead.go(NEW)
    lead.go("Answers to read")
    lead.at("Answers to your questions")
    lead.press(page.locator("main .row").get_by_role("link"))
    lead.at(re.compile("would like to join"))
    expect(page.locator("main")).to_contain_text("A long winter.")
    lead.press(page.locator("summary", has_text="Not this group"))
    page.get_by_label("Your words to them").fill(KIND)
    lead.go("Send these words")
    expect(page.locator("main")).not_to_contain_text("A long winter.")
    hand.page.reload()
    hand.at("Not this group")
    expect(hand.page.locator("main")).to_contain_text(KIND)
