"""Talking in between: words come by themselves, and all of it works without scripts."""

import re

import pytest
from playwright.sync_api import expect

from journeys.steps import a_group, go_in, leave, step_into
from journeys.walking import Keyboard, Large, Pointer, enlarge

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


def begin(house, code, *pages):
    """Take places in a group; the first begins a conversation there."""
    for page in pages:
        page.goto(f"{house.address}/groups/{code}/join/")
        go_in(Pointer(page, house, themes=()))
    pages[0].goto(f"{house.address}/g/{code}/talk/new/")
    pages[0].get_by_label("A title").fill("What the kettle knows")
    pages[0].get_by_label("Your words").fill("It sings before it boils.")
    pages[0].get_by_role("button", name="Send", exact=True).click()
    expect(pages[0].get_by_role("heading", level=1)).to_have_text("What the kettle knows")


def test_words_come_by_themselves_and_an_open_page_ends_with_ones_place(house, visitor):
    code = a_group(Pointer(visitor(), house, themes=()), "Kettle Club")
    reader, newcomer = visitor(width=360), visitor(width=1280)
    begin(house, code, reader, newcomer)
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


WORDS = "**/threads/words*.js"


def test_words_wait_in_order_for_what_shows_them_and_the_end_waits_for_nothing(house, visitor):
    code = a_group(Pointer(visitor(), house, themes=()), "Ferry Steps")
    reader, other = visitor(), visitor()
    begin(house, code, reader, other)
    held = []

    def hold(route):
        held.append(route)

    reader.route(WORDS, hold)
    reader.reload()
    other.goto(reader.url)
    with reader.expect_request(WORDS):
        say(other, "First the rope")
    say(other, "then the gangway")
    said = reader.locator(".said .words")
    expect(said).to_have_text(["It sings before it boils."])
    held.pop().continue_()
    expect(said).to_have_text(["It sings before it boils.", "First the rope", "then the gangway"])
    reader.reload()
    with reader.expect_request(WORDS):
        say(other, "and last the lamp")
    leave(Pointer(reader.context.new_page(), house, themes=()), code)
    expect(reader.locator("main")).to_have_text(re.compile(OVER))
    held.pop().continue_()
    expect(reader.locator("main")).not_to_contain_text("lamp")


def test_a_page_that_cannot_fetch_what_shows_words_says_that_it_is_out_of_date(house, visitor):
    code = a_group(Pointer(visitor(), house, themes=()), "Quiet Pier")
    reader, other = visitor(), visitor()
    begin(house, code, reader, other)
    reader.route(WORDS, lambda route: route.abort())
    reader.reload()
    other.goto(reader.url)
    say(other, "Is anybody there?")
    expect(reader.locator("[data-heard]")).to_have_text(re.compile("Please update this page"))


def number_of(page):
    """The number of what was just said, of which the address speaks."""
    return re.search(r"#p(\d+)$", page.url)[1]


def quote(page, place, number, words):
    """Answer with a quote; returns the number of the answer."""
    page.goto(f"{place}reply/?quote={number}")
    say(page, words)
    return number_of(page)


def test_an_open_page_folds_lets_go_and_keeps_what_a_reader_does(house, visitor):
    code = a_group(Pointer(visitor(), house, themes=()), "Harbour Lights")
    reader, other = visitor(width=360), visitor()
    begin(house, code, reader, other)
    place = reader.url
    reader.goto(f"{house.address}/g/{code}/talk/mine/")
    reader.get_by_label("Words I would rather not meet").fill("harbour")
    reader.get_by_role("button", name="Save", exact=True).click()
    reader.goto(place)
    say(reader, "I am here too")
    mine = reader.locator(f"#p{number_of(reader)}")
    other.goto(place)
    say(other, "The ferry goes slowly. " * 20 + "There is the harbour.")
    far = number_of(other)
    expect(reader.locator(f"#p{far} summary", has_text="a word you muted")).to_be_visible()
    again = quote(other, place, far, "Once more")
    quoted = reader.locator(f"#p{again} .quoted")
    expect(quoted).to_contain_text("Folded for you.")
    expect(quoted).not_to_contain_text("ferry")

    other.goto(place)
    say(other, "A lamp by the window")
    lamp = number_of(other)
    answer = quote(other, place, lamp, "Come in")
    expect(reader.locator(f"#p{answer} .quoted")).to_contain_text("A lamp by the window")
    box = reader.get_by_label("Your words")
    box.fill("Half a sentence")
    lines = reader.locator(f"#p{answer} .lines")
    lines.locator("summary").click()
    other.goto(f"{place}{lamp}/take-back/")
    other.get_by_role("button", name="Take them back").click()
    expect(reader.locator(f"#p{lamp}")).to_contain_text("taken back")
    expect(reader.locator(f"#p{answer} .quoted")).to_have_count(0)
    expect(lines).to_have_attribute("open", "")
    expect(lines.locator("summary")).to_be_focused()
    expect(box).to_have_value("Half a sentence")

    theirs = other.locator(f"#{mine.get_attribute('id')}")
    theirs.locator(".lines summary").click()
    theirs.get_by_role("button", name="With you", exact=True).click()
    expect(mine.locator(".said-support")).to_contain_text("With you")
    expect(mine.locator(".said-when")).to_contain_text("yours")
    expect(mine.locator(".lines, .tag")).to_have_count(0)
    expect(reader.locator(".talked")).not_to_contain_text("lamp")


def test_a_page_on_which_somebody_writes_is_told_of_closing_and_opening(house, visitor):
    reader, leader = visitor(width=360), visitor()
    code = a_group(Pointer(leader, house, themes=()), "Late Lamps")
    begin(house, code, reader)
    box = reader.get_by_label("Your words")
    box.fill("Half a sentence")
    step_into(leader, house, "Facilitator")
    leader.goto(f"{reader.url}close/")
    leader.get_by_label("Why, in a sentence").fill("It is late")
    leader.get_by_role("button", name="Close it").click()
    send = reader.get_by_role("button", name="Send", exact=True)
    expect(reader.locator("#says")).to_contain_text("was closed: It is late")
    expect(send).to_be_disabled()
    expect(send).to_have_accessible_description(re.compile("keep it as a draft"))
    expect(reader.get_by_role("button", name="Keep as a draft")).to_be_enabled()
    expect(box).to_have_value("Half a sentence")
    house.look(reader)
    leader.get_by_role("button", name="Open it again").click()
    expect(send).to_be_enabled()
    expect(reader.locator("#says")).to_have_text("This conversation is open again.")


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


WAYS = {
    "keyboard": (Keyboard, {"themes": ()}, {"width": 360, "height": 740}),
    "pointer": (Pointer, {"themes": ("light", "dark")}, {"width": 1280}),
    "large": (Large, {"themes": ("",)}, {"width": 320, "height": 740, "color_scheme": "dark"}),
}


@pytest.mark.parametrize("way", WAYS)
def test_one_begins_answers_changes_and_takes_back(house, visitor, way):
    kind, looks, window = WAYS[way]
    code = a_group(Pointer(visitor(), house, themes=()), "Bus Stop Club")
    page = visitor(**window)
    if way == "large":
        enlarge(page)
    hand = kind(page, house, **looks)
    page.goto(f"{house.address}/groups/{code}/join/")
    go_in(hand)
    page.goto(f"{house.address}/g/{code}/")
    hand.press(page.get_by_role("link", name=re.compile("conversation", re.IGNORECASE)).first)
    hand.at("Between meetings")
    hand.go("Begin a conversation")
    hand.at("Begin a conversation")
    hand.write(page.get_by_label("A title"), "The last bus")
    hand.write(page.get_by_label("Your words"), "I missed it, and somebody waited with me.")
    hand.tick(page.get_by_label("Listening", exact=True))
    hand.go("Send")
    hand.at("The last bus")
    hand.write(page.get_by_label("Your words"), "It came after all.")
    hand.go("Send")
    expect(page.locator(".talked")).to_contain_text("It came after all.")
    hand.go("Change or take back")
    hand.at("What you said")
    hand.go("Change my words")
    hand.at("Change my words")
    hand.write(page.get_by_label("Your words"), "I missed it. Somebody waited with me.")
    hand.go("Save")
    hand.at("What you said")
    expect(page.locator(".talked")).to_contain_text("changed")
    hand.go("Take my words back")
    hand.at("Take my words back?")
    hand.go("Take them back")
    hand.at(re.compile("."))
    expect(page.locator(".talked")).to_contain_text("These words were taken back.")
    expect(page.locator(".talked")).to_contain_text("It came after all.")


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


def test_nothing_is_kept_of_what_is_to_have_no_name_from_the_tick_on(house, visitor):
    page, leader = visitor(width=360), visitor()
    code = a_group(Pointer(leader, house, themes=()), "Back Door Club")
    begin(house, code, page)
    step_into(leader, house, "Facilitator")
    leader.goto(f"{house.address}/g/{code}/talk/how/")
    leader.get_by_label("People may write without their name").check()
    leader.get_by_role("button", name="Save", exact=True).click()
    place, talk = page.url, f"{house.address}/g/{code}/talk/"
    elsewhere = page.context.new_page()

    def waits():
        elsewhere.goto(talk)
        return elsewhere.get_by_text("You have a draft").count()

    page.goto(f"{place}reply/")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#look-again")).to_be_focused()
    expect(page).to_have_title(re.compile("^Please look again: "))
    words, told = page.get_by_label("Your words"), page.locator("kept-draft [role=status]")
    words.fill("Somebody knows")
    expect(told).to_have_text("Kept as a draft.")
    assert waits() == 1
    page.locator("summary", has_text="What goes with it").click()
    nameless = page.get_by_label("Without my name")
    nameless.check()
    expect(told).to_have_text("Not kept: a draft would bear your name.")
    assert waits() == 0
    words.fill("Somebody knows it well")
    page.wait_for_timeout(4_000)  # longer than it takes to keep what is typed
    assert waits() == 0
    nameless.uncheck()
    expect(told).to_have_text("Kept as a draft.")
    assert waits() == 1
    nameless.check()
    expect(told).to_have_text("Not kept: a draft would bear your name.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("main")).to_contain_text("It stands there without your name.")
    assert waits() == 0
    page.goto(place)
    said = page.locator(".said", has_text="Somebody knows it well")
    expect(said).to_contain_text("without a name")
