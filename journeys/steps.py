"""Steps that several stories share."""

import re

from playwright.sync_api import expect

LEAD = "Theo"  # the facilitator into whose role the bar leads


def step_into(page, house, role):
    """Be somebody of the story, by the bar above every page."""
    page.goto(house.address + "/")
    page.get_by_role("button", name=role, exact=True).click()
    page.wait_for_url("**/today/" if role == "Member" else "**/work/")


def say_yes(hand, button):
    """Every box of the page ticked, one by one, and on."""
    for box in hand.page.locator("main form input[type=checkbox]").all():
        hand.tick(box)
    hand.go(button)


def agree(hand):
    """What the group agrees, and whatever else is asked with it."""
    hand.at(re.compile("^What we agree"))
    say_yes(hand, "Yes, go on")


def line_up(hand, code):
    """At the end of a full group's list."""
    hand.page.goto(f"{hand.house.address}/groups/{code}/join/")
    hand.at("This group is full")
    say_yes(hand, "Wait for a place")
    hand.at("You are on the waiting list")


def a_group(hand, name, **chosen):
    """A group begun, agreed and opened, which the facilitator leads. Returns its code.

    `chosen` says what its form is told beside the usual: `way_in`, `ceiling`, `questions`.
    """
    page = hand.page
    step_into(page, hand.house, "Coordinator")
    hand.at("Work")
    hand.go("Groups")
    hand.at("Groups")
    hand.go("Begin a group")
    hand.at("Begin a group")
    page.fill("#id_name", name)
    page.fill("#id_leaders", f"{LEAD}, who has been through it")
    page.fill("#id_town", "Norwich")
    page.fill("#id_first_visit", "10 minutes before: The door opens.")
    page.locator(f"[name=way_in][value={chosen.pop('way_in', 'open')}]").check()
    for field, said in chosen.items():
        page.fill(f"#id_{field}", said)
    hand.go("Save")
    hand.at(name)
    hand.go("Write it")
    hand.at("What we agree")
    hand.go("Write the first version")
    hand.at("What the group agrees")
    hand.go("Publish this version")
    page.goto(_group_page(page))
    hand.go("Facilitators and other parts")
    page.get_by_label("Who", exact=True).select_option(label=LEAD)
    hand.go("Save")
    page.goto(_group_page(page))
    hand.at(name)
    hand.go("Open this group")
    hand.at(name)
    return re.search("/work/groups/([^/]+)/", page.url)[1]


def _group_page(page):
    return re.match(".*/work/groups/[^/]+/", page.url)[0]


def go_in(hand):
    """The pages of joining from the first on, skipping what can be skipped. Returns the alias."""
    hand.at("What should we call you here?")
    alias = hand.page.locator("[name=name]").first.get_attribute("value")
    hand.go("Go on")
    agree(hand)
    go_on_in(hand)
    return alias


def go_on_in(hand):
    """What follows on agreeing."""
    hand.at("A hello, or none")
    hand.go("Skip this")
    hand.at("What helps you")
    hand.go("Skip this")
    hand.at("What you hope for")
    hand.go("Skip this and take my place")
    hand.at("Keep a way back in")
    hand.go("Do this later")
    hand.at("You have a place")


def leave(hand, code):
    """Give one's place up."""
    hand.page.goto(f"{hand.house.address}/g/{code}/place/leave/")
    hand.at("Leave this group?")
    hand.go("Leave")
    expect(hand.page.locator("main")).not_to_contain_text("Leave this group?")
