"""Words on their way: kept by an open page, never lost without a word, never brought back."""

import datetime as dt
import io
import re

import pytest

from holdspace.kit import clock
from holdspace.kit.tests.pictures import drawn, written
from holdspace.ledger.acts import outside_act
from holdspace.members.tests.browser import nobody, signed_in
from holdspace.threads import actions
from holdspace.threads.models import Draft, Post, Thread
from holdspace.threads.queries import threads_in
from holdspace.threads.tests.factories import a_reply, a_thread
from holdspace.threads.tests.test_pages import at, field, text
from holdspace.threads.views.drafting import BY_ITSELF

pytestmark = pytest.mark.django_db
TICKED = re.compile(r'<input[^>]*name="unsigned"[^>]* checked')


@pytest.fixture
def browser(group, wren):
    return signed_in(group.organisation, wren)


@pytest.fixture
def thread(group, lead):
    return a_thread(lead, group, "Nights")


def keep(browser, group, rest="1/reply/", **typed):
    return browser.post(at(group, rest), {"key": "7", **typed, "keep": BY_ITSELF}).status_code


def test_an_open_page_keeps_what_is_typed_and_says_so_with_no_page(group, browser, thread):
    assert keep(browser, group, words="Half a") == 204
    assert keep(browser, group, words="Half a thought") == 204
    assert keep(browser, group, "new/", title="Boats", words="") == 204
    page = text(browser.get(at(group, "1/")))
    assert "You began an answer here" in page
    assert "Half a thought" in page
    assert "Boats" in text(browser.get(at(group, "new/")))
    assert Draft.objects.count() == 2
    assert keep(browser, group, words=" ".strip()) == 409  # all of it was deleted again
    assert "You began an answer here" not in text(browser.get(at(group, "1/")))


@pytest.mark.parametrize("unsigned", ["", "on"])
def test_what_comes_after_the_words_were_sent_brings_nothing_back(
    group, browser, lead, thread, unsigned
):
    actions.change_talk(by=lead, group=group, unsigned_allowed=True)
    sent = {"words": "A whole one", "key": "7", **({"unsigned": unsigned} if unsigned else {})}
    browser.post(at(group, "1/reply/"), sent)
    assert Post.objects.count() == 2
    assert keep(browser, group, words="A whole o") == 409
    assert Draft.objects.count() == 0
    begun = {"title": "T", "words": "Begun", "key": "8"}
    browser.post(at(group, "new/"), begun)
    assert keep(browser, group, "new/", **begun) == 409
    assert Draft.objects.count() == 0


def test_words_begun_anew_on_a_page_that_was_sent_are_a_draft_of_their_own(group, browser, thread):
    browser.post(at(group, "1/reply/"), {"words": "One", "key": "7"})
    browser.post(at(group, "1/reply/"), {"words": "Another", "key": "7", "keep": "1"})
    page = text(browser.get(at(group, "1/reply/")))
    assert "Another" in page
    browser.post(at(group, "1/reply/"), {"words": "Another", "key": field(page, "key")})
    assert Post.objects.count() == 3


def test_an_open_page_never_takes_the_place_of_a_draft_begun_elsewhere(group, browser, thread):
    browser.post(at(group, "1/reply/"), {"words": "Long thoughts", "key": "5", "keep": "1"})
    assert keep(browser, group, words="ok") == 409
    assert Draft.objects.get().kept["words"] == "Long thoughts"


def test_nothing_is_kept_by_itself_of_what_is_to_have_no_name(group, browser, lead, thread):
    actions.change_talk(by=lead, group=group, unsigned_allowed=True)
    assert keep(browser, group, words="Nobody knows", unsigned="on") == 409
    assert Draft.objects.count() == 0
    keep(browser, group, words="Somebody kno")
    assert keep(browser, group, words="Somebody knows", unsigned="on") == 409
    assert Draft.objects.count() == 0  # what was kept before the wish goes with it
    assert "While this is ticked, nothing is kept by itself." in text(
        browser.get(at(group, "1/reply/"))
    )


def test_a_draft_by_hand_says_that_it_bears_a_name_and_keeps_the_wish(group, browser, lead, thread):
    actions.change_talk(by=lead, group=group, unsigned_allowed=True)
    sent = {"words": "Nobody knows", "unsigned": "on", "key": "7", "keep": "1"}
    for place in ("1/reply/", "new/"):
        kept = browser.post(at(group, place), {**sent, "title": "T"})
        page = text(browser.get(kept.headers["Location"]))
        assert "it bears your name. What you send from it bears none" in page
        assert TICKED.search(page)
        assert re.search(r"<details[^>]* open[^>]*>\s*<summary>What goes with it", page)


def test_the_wish_comes_back_with_the_words_after_signing_in(group, wren, lead, thread):
    actions.change_talk(by=lead, group=group, unsigned_allowed=True)
    away, back = nobody(group.organisation), signed_in(group.organisation, wren)
    for place, key in (("1/reply/", "12"), ("new/", "13")):
        sent = {"title": "T", "words": "Session gone", "unsigned": "on", "key": key}
        carried = field(text(away.post(at(group, place), sent)), "carried")
        page = text(back.post(at(group, place), {"carried": carried}))
        assert "Session gone" in page
        assert TICKED.search(page)
        assert re.search(r"<details[^>]* open[^>]*>\s*<summary>What goes with it", page)
        back.post(at(group, place), {**sent, "key": field(page, "key")})
    assert list(Post.objects.filter(member=None, staff=None).values_list("speaks", flat=True)) == [
        "unsigned", "unsigned"]  # fmt: skip


def test_a_conversation_closed_meanwhile_shows_and_keeps_the_words(group, browser, lead, thread):
    actions.close(by=lead, thread=thread, why="It has found its end")
    answer = browser.post(at(group, "1/reply/"), {"words": "Short", "key": "7"})
    page = text(answer)
    assert answer.status_code == 403
    assert "This conversation is closed. You can begin a new one." in page
    assert ">Short</textarea>" in page
    assert "Your words are kept as a draft." in page
    assert f'href="{at(group, "1/")}"' in page
    assert "Short" in text(browser.get(at(group, "1/")))  # where it can be let go
    begun = text(browser.post(at(group, "new/"), {"words": "Short", "more": "1"}))
    assert "Short" in begun
    assert field(begun, "key") != "7"
    assert Thread.objects.count() == 1
    assert keep(browser, group, words="Shorter") == 204


def test_words_to_have_no_name_are_shown_and_not_kept(group, browser, lead, thread):
    actions.change_talk(by=lead, group=group, unsigned_allowed=True)
    actions.close(by=lead, thread=thread, why="It has found its end")
    sent = {"words": "Nobody knows", "unsigned": "on", "key": "7"}
    page = text(browser.post(at(group, "1/reply/"), sent))
    assert ">Nobody knows</textarea>" in page
    assert "kept nowhere but here" in page
    assert 'name="unsigned" value="on"' in page
    assert Draft.objects.count() == 0
    assert TICKED.search(text(browser.post(at(group, "new/"), {**sent, "more": "1"})))


def test_words_stay_where_a_change_is_refused_or_the_group_has_ended(group, browser, wren, lead):
    thread = a_thread(wren, group)
    post = a_reply(wren, thread, "Mine")
    actions.put_away(by=lead, post=post, why="It says how")
    answer = browser.post(at(group, "1/2/edit/"), {"words": "Mine, better", "edition": "1"})
    assert answer.status_code == 403
    assert "Mine, better</textarea>" in text(answer)
    assert Draft.objects.count() == 0
    with outside_act("a group that has ended"):
        type(group).objects.filter(pk=group.pk).update(state="ended")
    answer = browser.post(at(group, "new/"), {"title": "T", "words": "Late", "key": "9"})
    assert answer.status_code == 403
    assert "Late</textarea>" in text(answer)
    assert "Begin a conversation with them" not in text(answer)


def test_pictures_switched_off_meanwhile_are_spoken_of(group, browser, lead, thread):
    sent = {"words": "Look", "alt": "A boat", "key": "7"}
    file = io.BytesIO(written(drawn((64, 48)), "PNG"))
    file.name = "boat.png"
    browser.post(at(group, "1/reply/"), {**sent, "picture": file, "keep": "1"})
    actions.change_talk(by=lead, group=group, pictures_allowed=False)
    answer = browser.post(at(group, "1/reply/"), sent)
    assert answer.status_code == 422
    assert "In this group we show no pictures any more." in text(answer)
    assert "Look</textarea>" in text(answer)
    assert "The one kept with your draft stays out." in text(browser.get(at(group, "1/reply/")))
    assert browser.post(at(group, "1/reply/"), {**sent, "alt": ""}).status_code == 303
    assert Post.objects.count() == 2


def test_quoted_words_are_shown_again_with_the_draft(group, browser, lead, thread):
    a_reply(lead, thread, "The boat is blue")
    sent = {"words": "It was", "quotes": "2", "key": "7"}
    kept = browser.post(at(group, "1/reply/"), {**sent, "keep": "1"})
    for page in (browser.get(kept.headers["Location"]),
                 browser.post(at(group, "1/reply/"), {**sent, "words": ""}),
                 browser.post(at(group, "1/reply/"), {**sent, "more": "1"})):  # fmt: skip
        assert "The boat is blue" in text(page)
        assert field(text(page), "quotes") == "2"
    for far in ("9", str(1 << 40)):
        sent = {"words": "", "quotes": far, "key": "8"}
        assert browser.post(at(group, "1/reply/"), sent).status_code == 422
        browser.post(at(group, "1/reply/"), {**sent, "keep": "1"})
        assert browser.get(at(group, "1/reply/")).status_code == 200


def test_the_list_says_where_a_draft_waits(group, browser, wren, ash, thread):
    assert "You have a draft" not in text(browser.get(at(group)))
    keep(browser, group, words="Half")
    keep(browser, group, "new/", title="T", words="Begun", key="8")
    page = text(browser.get(at(group)))
    assert "You have a draft in “Nights”" in page
    assert "You began a conversation and have not sent it" in page
    assert threads_in(group, viewer=ash).drafts == []
    browser.post(at(group, "1/reply/"), {"words": "Whole", "key": "7"})
    assert "You have a draft" not in text(browser.get(at(group)))
    actions.change_reading(by=wren, group=group, words=("nights",))
    keep(browser, group, words="Half", key="9")
    assert "You have a draft in a conversation" in text(browser.get(at(group)))


def test_a_draft_that_was_sent_without_a_name_waits_nowhere(group, browser, lead, thread):
    actions.change_talk(by=lead, group=group, unsigned_allowed=True)
    sent = {"words": "Nobody knows", "unsigned": "on", "key": "7"}
    browser.post(at(group, "1/reply/"), {**sent, "keep": "1"})
    assert "You have a draft" in text(browser.get(at(group)))
    browser.post(at(group, "1/reply/"), sent)
    assert Draft.objects.count() == 1  # the clock's to forget
    assert "You have a draft" not in text(browser.get(at(group)))


def test_no_title_is_told_of_a_conversation_that_one_may_not_see_any_more(
    group, browser, wren, thread
):
    keep(browser, group, words="Half")
    with outside_act("as if it were told to facilitators alone"):
        Thread.objects.update(seen_by="facilitators")
    assert threads_in(group, viewer=wren).drafts == []


def test_what_is_sent_from_one_page_leaves_what_was_begun_on_another(group, browser, thread):
    keep(browser, group, words="Long thoughts", key="5")
    keep(browser, group, "new/", title="T", words="Begun", key="6")
    assert browser.post(at(group, "1/reply/"), {"words": "ok", "key": "7"}).status_code == 303
    browser.post(at(group, "new/"), {"title": "Other", "words": "Sent", "key": "8"})
    assert {draft.kept["words"] for draft in Draft.objects.all()} == {"Long thoughts", "Begun"}
    browser.post(at(group, "1/reply/"), {"words": "Long thoughts", "key": "5"})
    browser.post(at(group, "new/"), {"title": "T", "words": "Begun", "key": "6"})
    assert Draft.objects.count() == 0


def test_a_picture_kept_on_another_page_goes_with_nothing_else(group, browser, thread):
    def boat():
        file = io.BytesIO(written(drawn((64, 48)), "PNG"))
        file.name = "boat.png"
        return file

    sent = {"words": "Look", "alt": "A boat", "key": "5"}
    browser.post(at(group, "1/reply/"), {**sent, "picture": boat(), "keep": "1"})
    assert browser.post(at(group, "1/reply/"), {"words": "ok", "key": "7"}).status_code == 303
    assert "picture" not in Post.objects.get(number=2).shown
    other = {"words": "", "alt": "Another", "key": "8", "picture": boat()}
    assert browser.post(at(group, "1/reply/"), other).status_code == 422
    assert Draft.objects.get().kept["words"] == "Look"
    assert browser.post(at(group, "1/reply/"), sent).status_code == 303
    assert Post.objects.get(number=3).shown["picture"]["alt"] == "A boat"


@pytest.mark.parametrize("place", ["1/reply/", "new/"])
def test_other_words_from_a_page_that_was_sent_are_offered_as_a_change(
    group, browser, thread, place
):
    title = {"title": "Boats"} if place == "new/" else {}
    browser.post(at(group, place), {**title, "words": "One boat", "key": "7"})
    answer = browser.post(at(group, place), {**title, "words": "Two boats", "key": "7"})
    page = text(answer)
    assert answer.status_code == 422
    assert "What you typed now was not sent" in page
    assert "<p>One boat</p>" in page
    assert "Two boats</textarea>" in page
    assert Post.objects.count() == 2
    to = re.search(r'<form method="post" action="([^"]*/edit/)"', page)[1]
    browser.post(to, {**title, "words": "Two boats", "edition": field(page, "edition")})
    again = browser.post(at(group, place), {**title, "words": "One boat", "key": "7"})
    assert again.status_code == 303  # a form that was sent twice, however late
    assert "Two boats" in text(browser.get(again.headers["Location"]))
    assert Post.objects.count() == 2


def test_other_words_where_the_first_have_no_name_or_are_gone_are_shown_as_not_sent(
    group, browser, wren, lead, thread
):
    actions.change_talk(by=lead, group=group, unsigned_allowed=True)
    sent = {"words": "Nobody knows", "unsigned": "on", "key": "7"}
    browser.post(at(group, "1/reply/"), sent)
    page = text(browser.post(at(group, "1/reply/"), {**sent, "words": "Nobody knew"}))
    assert "stand there without your name. These were not sent." in page
    assert ">Nobody knew</textarea>" in page
    browser.post(at(group, "1/reply/"), {"words": "Mine", "key": "8"})
    browser.post(at(group, "1/3/take-back/"))
    for words in ("Mine", "Mine, better"):
        page = text(browser.post(at(group, "1/reply/"), {"words": words, "key": "8"}))
        assert "are gone since. These were not sent." in page
        assert f">{words}</textarea>" in page


def test_who_sends_a_lot_at_once_waits_a_little_and_loses_nothing(group, browser, lead, thread):
    actions.change_talk(by=lead, group=group, unsigned_allowed=True)
    now = clock.now()

    def say(n, **more):
        return browser.post(at(group, "1/reply/"), {"words": f"Word {n}", "key": str(n), **more})

    with clock.at(now):
        assert all(say(n).status_code == 303 for n in range(1, 10))
        assert all(say(n, unsigned="on").status_code == 303 for n in range(10, 13))
        for answer in (
            say(13),
            say(14, unsigned="on"),
            browser.post(at(group, "new/"), {"title": "T", "words": "Word 15", "key": "15"}),
        ):
            page = text(answer)
            assert answer.status_code == 429
            assert "A little later, please" in page
            assert "please press Send again in 10 minutes" in page
            assert re.search(r"Word 1[345]</textarea>", page)
        assert say(12, unsigned="on").status_code == 303  # sent before, and asked again
        assert Post.objects.count() == 13
    with clock.at(now + dt.timedelta(minutes=11)):
        assert say(13).status_code == 303


def test_who_talks_with_others_waits_for_nothing(group, browser, ash, lead, thread):
    with clock.at(clock.now()):
        for n in range(1, 40):
            assert (
                browser.post(at(group, "1/reply/"), {"words": "So", "key": str(n)}).status_code
                == 303
            )
            a_reply(ash, thread, "And so")
            a_reply(lead, thread, "Yes")
