"""Ways that take two people: a place that comes free, a link, a lost key, and a hard word."""

import re

from playwright.sync_api import expect

from journeys.steps import a_group, go_in, leave, line_up, say_yes, step_into
from journeys.walking import Pointer

BOTH = ("light", "dark")
WORDS = "We cannot have shouting here. Please write to Ines when you are calmer."


def newcomer(house, visitor, code, **window):
    """Somebody new who joins an open group. Returns the hand and the alias."""
    hand = Pointer(visitor(**window), house)
    hand.page.goto(f"{house.address}/groups/{code}/join/")
    return hand, go_in(hand)


def lead(house, visitor, code, part, heading):
    """The facilitator, at one page of the group's door."""
    hand = Pointer(visitor(), house, themes=BOTH)
    step_into(hand.page, house, "Facilitator")
    hand.page.goto(f"{house.address}/g/{code}/lead/{part}/")
    hand.at(heading)
    return hand


def test_a_turn_on_the_waiting_list_becomes_a_place(house, visitor):
    code = a_group(Pointer(visitor(), house), "Full House", ceiling="2")
    first, _alias = newcomer(house, visitor, code, width=360)
    newcomer(house, visitor, code, scripts=False)
    hand = Pointer(visitor(width=360), house, themes=BOTH)
    page = hand.page
    page.goto(f"{house.address}/groups/{code}/")
    hand.at("Full House")
    expect(page.locator("main")).to_contain_text("This group is full")
    line_up(hand, code)
    expect(page.locator("main")).to_contain_text("You are next.")
    turn = page.url
    leave(first, code)
    page.reload()
    hand.at("A place is kept for you")
    hand.go("Not now")
    page.goto(turn)
    hand.at("A place is free")  # nobody else waits: passing has cost nothing
    hand.go("Take the place")
    go_in(hand)


def test_a_list_can_be_left(house, visitor):
    code = a_group(Pointer(visitor(), house), "Small House", ceiling="2")
    newcomer(house, visitor, code)
    newcomer(house, visitor, code)
    hand = Pointer(visitor(scripts=False), house)
    line_up(hand, code)
    hand.go("Leave the list")
    expect(hand.page.locator("main")).to_contain_text("You are off the list.")


def test_an_invitation_lets_one_person_in_once(house, visitor):
    code = a_group(Pointer(visitor(), house), "By Word of Mouth", way_in="invitation")
    uninvited = Pointer(visitor(width=360), house, themes=BOTH)
    uninvited.page.goto(f"{house.address}/groups/{code}/join/")
    uninvited.at(re.compile("."))
    expect(uninvited.page.locator("main")).to_contain_text("by invitation")
    door = lead(house, visitor, code, "invitations", "Invitations")
    door.go("Make a link")
    door.at("Invitations")
    link = door.page.inner_text("main .address").strip()
    hand = Pointer(visitor(width=360), house)
    hand.page.goto(link)
    assert link not in hand.page.url
    go_in(hand)
    late = visitor()
    assert late.goto(link).status == 404
    door.page.reload()
    expect(door.page.locator("main")).not_to_contain_text("not used yet")


def test_who_lost_every_key_is_welcomed_back_by_two(house, visitor):
    code = a_group(Pointer(visitor(), house), "Never Lost")
    before, alias = newcomer(house, visitor, code)
    hand = Pointer(visitor(width=360), house, themes=BOTH)
    hand.page.goto(f"{house.address}/groups/{code}/come-back/")
    hand.at("Back to my old place")
    hand.go("Give me a code")
    told = hand.page.inner_text("main .code").strip()
    door = lead(house, visitor, code, "returns", "Welcome back")
    door.page.get_by_label("The code they told you").fill(told)
    door.page.get_by_label("Who they are in this group").select_option(label=alias)
    door.go("Vouch for them")
    expect(door.page.locator("main")).to_contain_text("Now a second person confirms it.")
    second = Pointer(visitor(), house, themes=BOTH)
    step_into(second.page, house, "Coordinator")
    second.page.goto(f"{house.address}/g/{code}/lead/returns/")
    second.at("Welcome back")
    second.go("Yes, it is them")
    second.at(re.compile("."))
    hand.page.goto(f"{house.address}/my-groups/")
    hand.at("My groups")
    hand.go("Never Lost")
    hand.at("Before you go on: what we keep")  # under this sign-in nobody has asked it yet
    say_yes(hand, "Yes, go on")
    hand.page.goto(f"{house.address}/g/{code}/")
    hand.at("Never Lost")
    hand.page.goto(f"{house.address}/g/{code}/people/")
    expect(hand.page.locator("main")).to_contain_text(alias)
    before.page.goto(f"{house.address}/my-groups/")
    expect(before.page.locator("main")).not_to_contain_text("Never Lost")


def test_who_is_asked_to_stay_away_reads_why_and_whom_to_ask(house, visitor):
    code = a_group(Pointer(visitor(), house), "Kept Calm")
    hand, alias = newcomer(house, visitor, code, width=360)
    door = lead(house, visitor, code, "members", "Members")
    door.go(re.compile(alias))
    door.at(alias)
    door.go("Ask them to stay away")
    door.at(f"Ask {alias} to stay away")
    door.go("Ask them to stay away")
    door.at(f"Ask {alias} to stay away")  # nothing is said yet, so nothing is done
    page = door.page
    page.get_by_label(re.compile("^The reason")).fill("We let each other finish.")
    page.get_by_label("Your words to them").fill(WORDS)
    page.get_by_label(re.compile("^Whom they can write to")).fill("Ines, ines@example.org")
    door.go("Ask them to stay away")
    door.at(re.compile("."))
    expect(page.locator("main")).not_to_contain_text(alias)
    hand.themes = BOTH
    hand.page.goto(f"{house.address}/my-groups/")
    hand.go("Read it when you are ready")
    hand.at("You were asked to stay away")
    for said in (WORDS, "We let each other finish.", "Ines, ines@example.org"):
        expect(hand.page.locator("main")).to_contain_text(said)
    assert hand.page.goto(f"{house.address}/g/{code}/meetings/").status == 404
