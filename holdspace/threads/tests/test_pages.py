"""The pages, followed as somebody without scripts would."""

import re
from html import unescape

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from holdspace.groups.actions import change_group, name_leader
from holdspace.kit.guard import Refused
from holdspace.ledger.acts import SYSTEM
from holdspace.members.actions import appoint
from holdspace.members.queries import member_for
from holdspace.members.tests.browser import nobody, signed_in
from holdspace.threads import actions
from holdspace.threads.models import Draft, Post, Reader, Support, Thread
from holdspace.threads.tests.factories import a_member, a_reply, a_thread

pytestmark = pytest.mark.django_db
BUDGET = 60_000
MOST_QUERIES = 8


@pytest.fixture
def browser(group, wren):
    return signed_in(group.organisation, wren)


def at(group, rest=""):
    return f"/g/{group.code}/talk/{rest}"


def field(page, name):
    return unescape(re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)[1])


def text(answer):
    return unescape(answer.content.decode())


def test_somebody_begins_a_conversation_and_somebody_answers(group, browser, ash):
    assert "Nobody has begun yet" in text(browser.get(at(group)))
    page = text(browser.get(at(group, "new/")))
    sent = {"title": "Nights", "words": "I cannot sleep", "need": "listening",
            "key": field(page, "key")}  # fmt: skip
    answer = browser.post(at(group, "new/"), sent)
    assert answer.headers["Location"] == at(group, "1/")
    assert browser.post(at(group, "new/"), sent).headers["Location"] == at(group, "1/")
    assert Thread.objects.count() == 1
    other = signed_in(group.organisation, ash)
    page = text(other.get(at(group, "1/")))
    assert "They asked for listening, not advice." in page
    assert "<title>A conversation · " in page
    answer = other.post(at(group, "1/reply/"), {"words": "Me too", "key": field(page, "key")})
    assert answer.headers["Location"] == at(group, "1/?from=2#p2")
    assert "Me too" in text(browser.get(at(group, "1/")))


def test_what_is_new_is_said_in_the_list_and_marked_in_the_conversation(group, browser, wren, ash):
    thread = a_thread(wren, group, "Nights")
    a_reply(ash, thread, "First")
    browser.get(at(group, "1/"))
    assert ">New<" not in text(browser.get(at(group)))
    a_reply(ash, thread, "Second")
    assert ">New<" in text(browser.get(at(group)))
    page = text(browser.get(at(group, "1/")))
    assert page.index("First") < page.index("New since you were here") < page.index("Second")
    assert "New since you were here" not in text(browser.get(at(group, "1/")))


@pytest.mark.parametrize("place", ["new/", "1/reply/", "1/1/edit/", "1/close/", "1/1/put-away/"])
def test_the_title_says_first_that_something_has_to_be_mended(group, browser, wren, lead, place):
    a_thread(wren, group)
    appoint(by=lead, member=member_for(group, viewer=wren), role="co-facilitator")
    assert "<title>Please look again" not in text(browser.get(at(group, place)))
    page = text(browser.post(at(group, place), {"words": " ", "why": " "}))
    assert "<title>Please look again: " in page
    assert 'autofocus id="look-again"' in page


def test_a_draft_survives_and_is_gone_once_sent(group, browser, wren):
    a_thread(wren, group)
    page = text(browser.get(at(group, "1/")))
    sent = {"words": "Half a thought", "key": field(page, "key"), "keep": "1"}
    assert browser.post(at(group, "1/reply/"), sent).status_code == 303
    page = text(browser.get(at(group, "1/")))
    assert "You began an answer here" in page
    page = text(browser.get(at(group, "1/reply/")))
    assert "Half a thought" in page
    browser.post(at(group, "1/reply/"), {"words": "A whole one", "key": field(page, "key")})
    assert Draft.objects.count() == 0
    browser.post(at(group, "new/"), {"title": "T", "words": "Begun", "key": "5", "keep": "1"})
    assert "Begun" in text(browser.get(at(group, "new/")))
    browser.post(at(group, "draft/drop/"))
    assert Draft.objects.count() == 0


def test_more_is_said_with_an_answer_without_losing_it(group, browser, wren):
    a_thread(wren, group)
    answer = browser.post(at(group, "1/reply/"), {"words": "Kept words", "key": "7", "more": "1"})
    assert answer.status_code == 200
    assert "Kept words" in text(answer)
    assert Post.objects.count() == 1


def test_a_way_to_reach_somebody_is_asked_about_and_may_be_sent(group, browser, wren):
    a_thread(wren, group)
    sent = {"words": "Write to me: wren@example.org", "key": "8"}
    answer = browser.post(at(group, "1/reply/"), sent)
    assert answer.status_code == 422
    assert "This looks like a way to reach somebody" in text(answer)
    assert "wren@example.org" in text(answer)
    goes_with = re.compile(r"<details[^>]* open[^>]*>\s*<summary>What goes with it")
    assert not goes_with.search(text(answer))  # the button to send stays near
    assert goes_with.search(text(browser.post(at(group, "1/reply/"), {**sent, "notes": "loss"})))
    assert browser.post(at(group, "1/reply/"), {**sent, "sure": "on"}).status_code == 303


def test_words_are_changed_and_two_tabs_are_told(group, browser, wren):
    a_thread(wren, group, "Nights", "First wording")
    page = text(browser.get(at(group, "1/1/edit/")))
    first = {"title": "Nights", "words": "Two", "edition": field(page, "edition")}
    assert browser.post(at(group, "1/1/edit/"), first).headers["Location"] == at(group, "1/1/")
    answer = browser.post(at(group, "1/1/edit/"), {**first, "words": "Three"})
    assert answer.status_code == 422
    page = text(answer)
    assert "changed in another place" in page
    assert page.index("Two") < page.index("Three")
    stale = browser.post(at(group, "1/1/edit/"), {**first, "words": ""})
    assert field(text(stale), "edition") == first["edition"]  # still the one that was seen
    again = {**first, "words": "Three", "edition": field(page, "edition")}
    assert browser.post(at(group, "1/1/edit/"), again).status_code == 303
    page = text(browser.get(at(group, "1/1/")))
    assert page.index("Three") < page.index("Only you can read this.") < page.index("First wording")


def test_words_are_taken_back_after_it_was_said_what_happens(group, browser, wren, ash):
    a_thread(wren, group, "Nights", "Gone soon")
    assert "They go at once" in text(browser.get(at(group, "1/1/take-back/")))
    for _pressed_twice in range(2):
        answer = browser.post(at(group, "1/1/take-back/"))
        assert answer.headers["Location"] == at(group, "1/?from=1#p1")
    page = text(signed_in(group.organisation, ash).get(at(group, "1/")))
    assert "These words were taken back." in page
    assert "Gone soon" not in page
    assert "A conversation without its first words" in page


def test_who_takes_back_what_only_facilitators_saw_is_led_to_a_page(group, browser, wren):
    thread = a_thread(wren, group, seen_by="facilitators")
    answer = browser.post(at(group, f"{thread.number}/1/take-back/"))
    assert "These words were taken back." in text(browser.get(answer.headers["Location"]))
    assert "Wren" not in text(browser.get(at(group))).partition('<ul class="talks">')[2]


def test_one_line_is_said_and_taken_back(group, browser, ash):
    a_thread(ash, group)
    browser.post(at(group, "1/support/"), {"line": "1:with-you"})
    page = text(browser.get(at(group, "1/")))
    assert "<b>With you:</b> Wren" in page
    assert 'value="1:with-you" aria-pressed="true"' in page
    browser.post(at(group, "1/support/"), {"line": "1:"})
    assert "<b>With you:</b>" not in text(browser.get(at(group, "1/")))
    for nonsense in ("", "1", ":with-you", "0:with-you", "one:with-you", f"{'9' * 30}:with-you"):
        assert browser.post(at(group, "1/support/"), {"line": nonsense}).status_code == 303
    assert browser.post(at(group, "1/support/"), {"line": "2:with-you"}).status_code == 404
    assert Support.objects.count() == 0


def test_folded_words_are_a_press_away(group, browser, wren, ash):
    a_thread(ash, group, "Grandmother", "She had a boat", notes=("loss",))
    browser.post(at(group, "mine/"), {"folds": ["loss"], "words": "boat\n\nfishing"})
    page = text(browser.get(at(group, "1/")))
    assert "Folded for you: Death and loss, a word you muted" in page
    assert "Folded for you" in text(browser.get(at(group)))
    member = Post.objects.get().member_id
    browser.post(at(group, "mine/people/mute/"), {"member": member, "there": "yes"})
    assert "Ash" in text(browser.get(at(group, "mine/")))


def test_a_facilitator_leads_by_pages(group, wren, facilitator_client):
    a_thread(wren, group, "Nights", "Hard words")
    name_leader(by=SYSTEM, group=group, staff=facilitator_client.staff)
    browser, member = facilitator_client, signed_in(group.organisation, wren)
    pinned = browser.post(at(group, "1/mark/"), {"as": "pin", "there": "yes"}, follow=True)
    assert "It is pinned: it stands first for everybody." in text(pinned)
    browser.post(at(group, "1/close/"), {"why": "It has found its end"})
    browser.post(at(group, "1/1/note/"), {"notes": ["loss"]})
    page = text(member.get(at(group)))
    assert "Pinned" in page
    assert "Closed" in page
    assert "Speaks of: Death and loss" in page
    page = text(member.get(at(group, "1/")))
    assert "A facilitator closed it: It has found its end" in page
    assert "<textarea" not in page
    browser.post(at(group, "1/mark/"), {"as": "open"})
    assert "<textarea" in text(member.get(at(group, "1/")))
    browser.post(at(group, "how/"), {"late": "all", "need_asked": "on", "unsigned_allowed": "on"})
    page = text(member.get(at(group, "new/")))
    assert "Without my name" in page
    assert "I'd rather not say" not in page
    browser.post(at(group, "1/1/put-away/"), {"why": "It says how somebody was found"})
    assert "put these words away: It says how" in text(member.get(at(group, "1/")))


def test_an_unsigned_post_leaves_no_trace_of_reading(group, browser, lead):
    a_thread(lead, group)
    actions.change_talk(by=lead, group=group, unsigned_allowed=True)
    sent = {"words": "Nobody knows", "unsigned": "on", "key": "44"}
    answer = browser.post(at(group, "1/reply/"), sent)
    assert answer.headers["Location"] == at(group)
    assert "It stands there without your name." in text(browser.get(at(group)))
    assert Reader.objects.count() == 0
    assert "Somebody here" in text(browser.get(at(group, "1/")))
    assert browser.get(at(group, "1/2/take-back/")).status_code == 200
    assert browser.get(at(group, "1/2/edit/")).status_code == 403


def test_the_wish_to_have_no_name_is_never_lost_on_the_way(group, browser, lead):
    thread = a_thread(lead, group)
    actions.change_talk(by=lead, group=group, unsigned_allowed=True)
    sent = {"words": "Nobody knows", "unsigned": "on", "key": "44"}
    ticked = re.compile(r'<input[^>]*name="unsigned"[^>]* checked')
    assert ticked.search(text(browser.post(at(group, "1/reply/"), {**sent, "more": "1"})))
    browser.post(at(group, "1/reply/"), {**sent, "keep": "1"})
    assert ticked.search(text(browser.get(at(group, "1/reply/"))))
    actions.change_talk(by=lead, group=group, unsigned_allowed=False)
    answer = browser.post(at(group, "1/reply/"), sent)
    assert answer.status_code == 422
    assert "Here that is not possible any more." in text(answer)
    with pytest.raises(Refused):
        a_reply(lead, thread, unsigned=True)
    assert Post.objects.count() == 1


def test_news_name_no_group_until_opened(group, browser, ash):
    a_thread(ash, group)
    page = text(browser.get("/news/"))
    assert "New words in one of your groups" in page
    assert page.index("<details") < page.index(group.name)
    browser.get(at(group, "1/"))
    assert "Nothing new" in text(browser.get("/news/"))


def test_a_page_of_twenty_long_posts_stays_light(group, browser, ash):
    change_group(by=SYSTEM, group=group, ceiling=40)
    thread = a_thread(ash, group, words="word " * 60)
    for number in range(19):
        post = a_reply(ash, thread, "word " * 60, quotes=1)
        if number < 8:
            row = Post.objects.select_related("talk__group").get(pk=post.pk)
            for name in ("Linnet", "Plover"):
                viewer = a_member(group, f"{name} {'abcdefgh'[number] * 3}")[0]
                actions.support(by=viewer, post=row, kind="with-you")
    page = browser.get(at(group, "1/"))
    assert text(page).count('class="said') >= 20
    assert len(page.content) < BUDGET


def _asked(browser, path):
    browser.get(path)
    with (
        CaptureQueriesContext(connections["default"]) as content,
        CaptureQueriesContext(connections["keys"]) as keys,
    ):
        assert browser.get(path).status_code == 200
    return [q["sql"] for q in [*content.captured_queries, *keys.captured_queries]]


def test_a_longer_conversation_asks_no_more(group, browser, wren, ash):
    thread = a_thread(wren, group)
    a_reply(ash, thread, quotes=1)
    actions.support(by=ash, post=Post.objects.select_related("talk__group").get(number=1),
                    kind="me-too")  # fmt: skip
    change_group(by=SYSTEM, group=group, ceiling=40)
    short = len(_asked(browser, at(group, "1/"))), len(_asked(browser, at(group)))
    for number in range(9):
        viewer = a_member(group, f"Linnet {'abcdefghi'[number] * 3}")[0]
        a_reply(viewer, thread, quotes=2)
        a_thread(viewer, group)
    long = len(_asked(browser, at(group, "1/"))), len(_asked(browser, at(group)))
    assert long == short
    assert max(long) <= MOST_QUERIES


def test_a_session_that_ended_while_writing_loses_nothing(group, wren, ash):
    a_thread(wren, group)
    browser = nobody(group.organisation)
    words = "A long answer that it would hurt to write again"
    answer = browser.post(at(group, "1/reply/"), {"words": words, "key": "12"})
    page = text(answer)
    assert "Nothing is lost." in page
    assert words not in page
    carried = field(page, "carried")
    wrong = browser.post("/sign-in/", {"name": "x", "passphrase": "y", "carried": carried})
    assert field(text(wrong), "carried") == carried
    back = signed_in(group.organisation, ash)
    page = text(back.post(at(group, "1/reply/"), {"carried": carried}))
    assert words in page
    assert field(page, "key") == "12"
    assert Post.objects.count() == 1
    elsewhere = back.post(at(group, "new/"), {"carried": carried})
    assert words not in text(elsewhere)
    assert back.post(at(group, "1/reply/"), {"words": words, "key": "12"}).status_code == 303


@pytest.mark.parametrize("number", [0, 1 << 31, 1 << 40, 10**25])
def test_numbers_that_no_row_has_are_not_there(group, browser, wren, number):
    a_thread(wren, group)
    for rest in (f"{number}/", f"1/{number}/", f"1/{number}/picture/", f"{number}/live/"):
        assert browser.get(at(group, rest)).status_code == 404


def test_changing_an_answer_puts_nothing_of_the_conversation_on_it(group, browser, ash):
    a_reply(ash, a_thread(ash, group, need="listening", notes=("loss",)), "Plain")
    answerer = signed_in(group.organisation, ash)
    page = text(answerer.get(at(group, "1/2/edit/")))
    assert not re.search(r'value="(listening|loss)"[^>]*checked', page)
    page = text(answerer.get(at(group, "1/1/edit/")))
    assert re.search(r'value="listening"[^>]*checked', page)
    assert re.search(r'value="loss"[^>]*checked', page)


def test_an_answer_goes_no_further_than_what_it_answers(group, ash, facilitator_client):
    name_leader(by=SYSTEM, group=group, staff=facilitator_client.staff)
    a_reply(ash, a_thread(ash, group), "For Sam alone", seen_by="facilitators")
    page = text(facilitator_client.get(at(group, "1/reply/?quote=2")))
    assert re.search(r'name="seen_by"[^>]*value="facilitators"[^>]*checked', page)
    page = text(facilitator_client.get(at(group, "1/reply/?quote=1")))
    assert re.search(r'name="seen_by"[^>]*value="members"[^>]*checked', page)


def test_a_short_answer_that_needs_another_look_says_who_will_see_it(group, browser, wren):
    a_thread(wren, group)
    answer = browser.post(at(group, "1/reply/"), {"words": "", "key": "1"})
    assert answer.status_code == 422
    assert re.search(r'name="seen_by"[^>]*value="members"[^>]*checked', text(answer))


def test_a_closed_conversation_offers_no_answer_and_ones_own_words_offer_a_change(
    group, browser, wren, ash, lead
):
    thread = a_thread(wren, group)
    a_reply(ash, thread)
    page = text(browser.get(at(group, "1/")))
    assert page.count("reply/?quote=") == 2
    assert page.count("Change or take back") == 1
    actions.close(by=lead, thread=thread, why="Said all")
    page = text(browser.get(at(group, "1/")))
    assert "reply/?quote=" not in page
    assert "Change or take back" in page
