"""Talking in between: words come by themselves, and all of it works without scripts."""

import re

import pytest
from playwright.sync_api import expect

from journeys.steps import a_group, go_in, leave, step_into
from journeys.walking import Pointer

THREAD = "What this page is for"
OVER = "This page is closed now"


def to_thread(page, house):
    """From My groups into a conversation of Tuesday Light; returns its address."""
    page.goto(house.address + "/my-groups/")
    page.get_by_role("link", name="Tuesday Light", exact=True).first.click()
    page.get_by_role("link", name=re.compile("conversation", re.IGNORECASE)).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Between meetings")
    page.get_by_role("link", name=THREAD).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(THREAD)
    return page.url


def say(page, words):
    """Answer in the conversation that is open."""
    page.get_by_label("Your words").fill(words)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".talked")).to_contain_text(words.replace("*", ""))


def test_words_come_by_themselves_and_an_open_page_ends_with_ones_place(house, visitor):
    code = a_group(Pointer(visitor(), house, themes=()), "Kettle Club")
    reader, newcomer = visitor(width=360), visitor(width=1280)
    for page in (reader, newcomer):
        page.goto(f"{house.address}/groups/{code}/join/")
        go_in(Pointer(page, house, themes=()))
    reader.goto(f"{house.address}/g/{code}/talk/new/")
    reader.get_by_label("A title").fill("What the kettle knows")
    reader.get_by_label("Your words").fill("It sings before it boils.")
    reader.get_by_role("button", name="Send", exact=True).click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("What the kettle knows")
    house.look(reader)
    newcomer.goto(reader.url)
    say(newcomer, "The kettle is on again, and *everybody* may come.")
    expect(reader.locator(".talked")).to_contain_text("The kettle is on again")
    expect(reader.locator(".talked em", has_text="everybody")).to_be_visible()
    house.look(reader)
    reader.locator(".said", has_text="The kettle is on again").get_by_text("Say one line").click()
    reader.get_by_role("button", name="With you", exact=True).last.click()
    expect(reader.locator(".said-support", has_text="With you").last).to_be_visible()
    leave(Pointer(reader.context.new_page(), house, themes=()), code)
    expect(reader.locator("main")).to_contain_text(OVER)
    expect(reader.locator("main")).not_to_contain_text("sings before")


@pytest.mark.parametrize("width", [360, 1280])
def test_without_scripts_one_reads_answers_finds_and_takes_back(house, visitor, width):
    page = visitor(width=width, scripts=False)
    step_into(page, house, "Member")
    to_thread(page, house)
    words = f"Said without scripts at {width} pixels"
    say(page, words)
    house.look(page)
    page.get_by_role("link", name="Update").click()
    expect(page.locator(".talked")).to_contain_text(words.replace("*", ""))
    page.goto(house.address + "/my-groups/search/")
    page.get_by_label("Words", exact=True).fill("pixel")
    page.get_by_role("button", name="Find", exact=True).click()
    expect(page.locator("mark").first).to_have_text("pixels")  # by its stem
    expect(page.locator("main li", has_text=words).first).to_be_visible()
    assert "pixel" not in page.url
    house.look(page)
    page.locator(".talk-title a").first.click()
    page.locator(".said", has_text=words).locator(".said-when a").click()
    page.get_by_role("link", name=re.compile("Take.*back")).first.click()
    page.get_by_role("button", name=re.compile("Take.*back")).click()
    expect(page.locator(".talked")).not_to_contain_text(words)


def test_half_written_words_are_kept_whatever_is_pressed(house, visitor):
    page = visitor(width=360)
    step_into(page, house, "Member")
    place = to_thread(page, house)
    begun = page.get_by_text("You began an answer here")
    page.get_by_label("Your words").fill("Half a thought")
    page.locator(".lines summary").first.click()
    page.get_by_role("button", name="With you").first.click()
    expect(begun).to_be_visible()
    expect(page.locator(".drafted")).to_have_text("Half a thought")
    house.look(page)
    page.get_by_role("link", name="Go on with it").click()
    words = page.get_by_label("Your words")
    words.fill("Half a thought, and more")
    expect(page.locator("kept-draft [role=status]")).to_have_text("Kept as a draft.")
    house.look(page)
    words.fill("Half a thought, and more of it")
    page.get_by_role("link", name=THREAD).click()
    expect(page.locator(".drafted")).to_have_text("Half a thought, and more of it")
    page.get_by_role("link", name="Go on with it").click()
    page.get_by_label("Your words").fill("Left at once")
    page.goto("about:blank")
    for _look in range(20):  # the browser brings it after the page has gone
        page.goto(place)
        if page.locator(".drafted").inner_text() == "Left at once":
            break
    expect(page.locator(".drafted")).to_have_text("Left at once")
    page.get_by_role("link", name="Go on with it").click()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".talked")).to_contain_text("Left at once")
    expect(begun).to_have_count(0)
