"""What open pages are told, whom it is told to, and who is shown out."""

import datetime as dt
import json
import re

import pytest
from django.test import Client

from holdspace.groups.actions import change_group, publish_agreement
from holdspace.kit import clock
from holdspace.kit.live import DOOR
from holdspace.ledger.acts import SYSTEM
from holdspace.ledger.worker import run_due
from holdspace.members.actions import appoint, leave_group, remove_member
from holdspace.threads import actions, tasks
from holdspace.threads.live import FACILITATORS, MEMBERS, VISITORS, TalkLine, listening_to
from holdspace.threads.models import Post
from holdspace.threads.queries import conversation_at
from holdspace.threads.tests.factories import a_member, a_reply, a_thread, an_expected_visitor
from holdspace.threads.views.live import own_ways
from holdspace.threads.voices import voice_in
from holdspace.vault.scopes import shred

pytestmark = pytest.mark.django_db
LINE = TalkLine()


def let_in(viewer, thread, seen=0):
    voice = voice_in(thread.talk.group, viewer)
    return listening_to(voice, thread, seen=seen, zone="Europe/London")


def told(thread, listening, after=0):
    said = LINE.say(thread.pk, after, {listening.kind})
    return json.loads(said.words[listening.kind])["said"]


def posts_in(html):
    return re.findall(r'id="p(\d+)"', html)


def days_on(days):
    return clock.at(clock.now() + dt.timedelta(days=days))


def circle(listening):
    return json.loads(listening.kind)[0]


def test_a_new_post_is_told_once_rendered_as_the_page_shows_it(group, wren, ash):
    thread = a_thread(wren, group)
    before = LINE.versions([thread.pk])[thread.pk]
    a_reply(ash, thread, "The *kettle* is on")
    assert LINE.versions([thread.pk])[thread.pk] == before + 1
    html = told(thread, let_in(wren, thread), after=before)
    assert posts_in(html) == ["2"]
    assert "<em>kettle</em>" in html
    assert "csrfmiddlewaretoken" not in html
    assert "yours" not in html


def test_a_change_a_note_and_a_taking_back_are_told(group, wren, ash, lead):
    thread = a_thread(wren, group, words="First words")
    listening = let_in(ash, thread)
    post = Post.objects.get(thread=thread, number=1)
    for change, words in (
        (lambda: actions.edit_post(by=wren, post=post, words="Other words", edition=1), "Other"),
        (lambda: actions.note_content(by=lead, post=post, notes=("loss",)), "Death and loss"),
        (lambda: actions.take_back(by=wren, post=post), "taken back"),
    ):
        before = LINE.versions([thread.pk])[thread.pk]
        post.talk = thread.talk
        change()
        html = told(thread, listening, after=before)
        assert posts_in(html) == ["1"]
        assert words in html
    assert "Other words" not in html


def test_each_circle_hears_what_it_may_see(group, wren, ash, lead):
    actions.change_talk(by=lead, group=group, visitors_read=True)
    thread = a_thread(wren, group, seen_by="everyone")
    a_reply(ash, thread, "For all of you", seen_by="everyone")
    a_reply(ash, thread, "For members", seen_by="members")
    a_reply(ash, thread, "For Sam alone", seen_by="facilitators")
    visitor = an_expected_visitor(group, lead)
    heard = {}
    for viewer in (wren, lead, visitor):
        listening = let_in(viewer, thread)
        heard[circle(listening)] = told(thread, listening, after=1)
    assert set(heard) == {MEMBERS, FACILITATORS, VISITORS}
    assert "For Sam alone" in heard[FACILITATORS]
    assert "For Sam alone" not in heard[MEMBERS] + heard[VISITORS]
    assert "For members" in heard[MEMBERS]
    assert "For members" not in heard[VISITORS]
    assert "For all of you" in heard[VISITORS]
    assert "Say one line" not in heard[VISITORS]


def test_who_leaves_is_removed_or_loses_the_lead_is_shown_out_and_nobody_else(group, wren, lead):
    thread = a_thread(wren, group)
    leaver, left = a_member(group, "Ash")
    sent_away, removed = a_member(group, "Rowan")
    helper, helps = a_member(group, "Tern")
    appoint(by=lead, member=helps, role="co-facilitator")
    lines = {
        name: let_in(who, thread)
        for name, who in {
            "wren": wren,
            "ash": leaver,
            "rowan": sent_away,
            "tern": helper,
            "lead": lead,
        }.items()
    }
    assert circle(lines["tern"]) == FACILITATORS
    assert LINE.staying(lines.values()) == set(lines.values())
    leave_group(by=left)
    remove_member(by=lead, member=removed, reason="Safety", words="For now.", write_to="Ines")
    appoint(by=lead, member=helps, role="member")
    stays = LINE.staying(lines.values())
    assert stays == {lines["wren"], lines["lead"]}


def test_a_visitor_listens_while_they_visit_and_the_group_lets_them(group, wren, lead):
    actions.change_talk(by=lead, group=group, visitors_read=True)
    thread = a_thread(wren, group, seen_by="everyone")
    listening = let_in(an_expected_visitor(group, lead), thread)
    assert LINE.staying([listening]) == {listening}
    actions.change_talk(by=lead, group=group, visitors_read=False)
    assert LINE.staying([listening]) == set()


def test_who_has_yet_to_accept_what_was_agreed_since_is_told_nothing(group, wren, lead):
    thread = a_thread(wren, group)
    lines = [let_in(wren, thread), let_in(lead, thread)]
    assert LINE.staying(lines) == set(lines)
    publish_agreement(by=SYSTEM, group=group, clauses=["New"], limits="As before")
    assert LINE.staying(lines) == {lines[1]}


def test_what_is_told_is_folded_by_nobody_and_says_what_each_reader_folds_by(
    group, wren, ash, lead
):
    actions.change_talk(by=lead, group=group, folded=["loss", "war"])
    thread = a_thread(ash, group, "Grandmother", "She had a boat", notes=("loss",))
    a_reply(lead, thread, "I hear you", quotes=1)
    html = told(thread, let_in(wren, thread))
    assert "Folded for you" not in html
    member = Post.objects.get(thread=thread, number=1).member_id
    assert f'<blockquote class="quoted" data-by="{member}" data-notes="loss">' in html
    actions.change_reading(by=wren, group=group, folds=("loss", "panic"))
    ways = own_ways(conversation_at(group, thread.number, viewer=wren))
    folds = [["loss", "Death and loss"], ["panic", "Panic described closely"]]
    assert json.loads(ways["data-notes"]) == folds


def test_words_taken_back_on_leaving_turn_the_conversation(group, wren):
    thread = a_thread(wren, group)
    leaver, left = a_member(group, "Ash")
    a_reply(leaver, thread, "I was here")
    before = LINE.versions([thread.pk])[thread.pk]
    leave_group(by=left, words="taken-back")
    run_due()
    html = told(thread, let_in(wren, thread), after=before)
    assert posts_in(html) == ["2"]
    assert "I was here" not in html


def test_the_door_opens_to_who_may_read_and_is_not_there_for_a_browser(group, wren, ash):
    from holdspace.people.actions import begin_session
    from holdspace.people.sessions import cookie_name

    thread = a_thread(wren, group)
    path = f"/g/{group.code}/talk/{thread.number}/live/"
    client = Client(HTTP_HOST=f"{group.organisation.slug}.localhost")
    let: list = []
    assert client.get(path, **{DOOR: let}).status_code != 204
    assert let == []
    client.cookies[cookie_name()], session = begin_session(
        by=SYSTEM, account=ash.holder.account, stay=False
    )
    assert client.get(path).status_code == 404
    assert client.get(f"{path}?after=3", **{DOOR: let}).status_code == 204
    assert [(one.place, one.seen, one.session) for one in let] == [(thread.pk, 3, session.pk)]


def test_too_much_to_tell_asks_for_the_page_anew(group, wren, ash):
    thread = a_thread(wren, group)
    for _n in range(41):
        a_reply(ash, thread)
    kind = let_in(wren, thread).kind
    assert json.loads(LINE.say(thread.pk, 1, {kind}).words[kind]) == {"stale": True}


def the_post(thread, number):
    return Post.objects.select_related("talk").get(thread=thread, number=number)


def version(thread):
    return LINE.versions([thread.pk])[thread.pk]


def test_who_quotes_words_that_change_or_go_is_told_anew(group, wren, ash, lead):
    thread = a_thread(wren, group, words="The harbour at night")
    a_reply(ash, thread, "Yes, that", quotes=1)
    listening = let_in(ash, thread)
    assert "The harbour at night" in told(thread, listening)
    first = the_post(thread, 1)
    for change, there in (
        (lambda: actions.edit_post(by=wren, post=first, words="By day", edition=1), "By day"),
        (lambda: actions.note_content(by=lead, post=first, notes=("loss",)), 'data-notes="loss"'),
        (lambda: actions.put_away(by=lead, post=first, why="Kept apart"), "Yes, that"),
    ):
        before = version(thread)
        change()
        html = told(thread, listening, after=before)
        assert posts_in(html) == ["1", "2"]
        assert there in html
        assert "harbour" not in html
    assert "quoted" not in html
    assert "By day" not in html


def test_quotes_of_who_leaves_with_their_words_and_their_lines_go_from_open_pages(group, wren):
    thread = a_thread(wren, group)
    leaver, left = a_member(group, "Ash")
    a_reply(leaver, thread, "I was here")
    a_reply(wren, thread, "I hear that", quotes=2)
    a_reply(wren, thread, "And the tide")
    actions.support(by=leaver, post=the_post(thread, 4), kind="me-too")
    listening = let_in(wren, thread)
    before = version(thread)
    assert "Me too" in told(thread, listening, after=before - 1)
    leave_group(by=left, words="taken-back")
    run_due()
    html = told(thread, listening, after=before)
    assert posts_in(html) == ["2", "3", "4"]
    assert "I was here" not in html
    assert 'class="said-support"' not in html


def test_words_whose_key_is_gone_are_told_as_gone(group, wren, ash):
    thread = a_thread(wren, group)
    said = a_reply(ash, thread, "I was here")
    a_reply(wren, thread, "I hear that", quotes=2)
    before = version(thread)
    shred([said.scope])
    actions.forget_unopenable(by=SYSTEM)
    assert posts_in(told(thread, let_in(wren, thread), after=before)) == ["2", "3"]


def test_nothing_at_all_goes_to_those_for_whom_nothing_turned(group, wren, ash, lead):
    thread = a_thread(wren, group)
    members, leaders = let_in(ash, thread).kind, let_in(lead, thread).kind
    before = version(thread)
    a_reply(lead, thread, "Among ourselves", seen_by="facilitators")
    said = LINE.say(thread.pk, before, {members, leaders})
    assert set(said.words) == {leaders}
    assert said.version == before + 1
    for n in range(41):
        a_reply(lead, thread, f"More {n}", seen_by="facilitators")
    assert set(LINE.say(thread.pk, before, {members, leaders}).words) == {leaders}
    a_reply(ash, thread, "For all of you")
    said = LINE.say(thread.pk, before, {members})
    assert posts_in(json.loads(said.words[members])["said"]) == ["44"]
    assert json.loads(said.words[members])["turn"] == version(thread)


def test_a_line_given_changed_and_taken_back_is_told_and_the_same_again_is_not(group, wren, ash):
    thread = a_thread(wren, group)
    a_reply(wren, thread, quotes=1)
    listening, post = let_in(wren, thread), the_post(thread, 1)
    for change, says in (
        (lambda: actions.support(by=ash, post=post, kind="me-too"), "<b>Me too:</b> Ash"),
        (lambda: actions.support(by=ash, post=post, kind="hear-you"), "<b>I hear you:</b> Ash"),
        (lambda: actions.unsupport(by=ash, post=post), ""),
    ):
        before = version(thread)
        change()
        html = told(thread, listening, after=before)
        assert posts_in(html) == ["1"]
        assert says in html
        assert ('class="said-support"' in html) == bool(says)
    after = version(thread)
    actions.unsupport(by=ash, post=post)
    actions.support(by=ash, post=post, kind="hear-you")
    actions.support(by=ash, post=post, kind="hear-you")
    assert version(thread) == after + 1


def test_it_is_told_that_a_conversation_was_closed_and_is_open_again(group, wren, lead):
    actions.change_talk(by=lead, group=group, visitors_read=True)
    thread = a_thread(wren, group, seen_by="everyone")
    visitor = an_expected_visitor(group, lead)
    kinds = {
        name: let_in(who, thread).kind
        for name, who in {"member": wren, "lead": lead, "visitor": visitor}.items()
    }
    before = version(thread)

    def said():
        words = LINE.say(thread.pk, before, set(kinds.values())).words
        return {name: json.loads(words[kind]) for name, kind in kinds.items()}

    actions.close(by=lead, thread=thread, why="It is late")
    now = said()
    assert {name: (one["closed"], one["answers"]) for name, one in now.items()} == {
        "member": (True, False),
        "lead": (True, True),
        "visitor": (True, False),
    }
    assert now["visitor"]["says"] == now["lead"]["says"]
    assert now["lead"]["says"] == "This conversation was closed: It is late"
    assert ": It is late. What you have written stays here" in now["member"]["says"]
    assert posts_in(now["member"]["said"]) == []
    actions.reopen(by=lead, thread=thread)
    assert said()["member"]["answers"] is True
    assert said()["member"]["says"] == "This conversation is open again."
    before = version(thread)
    a_reply(wren, thread)
    assert "says" not in json.loads(
        LINE.say(thread.pk, before, {kinds["lead"]}).words[kinds["lead"]]
    )


def test_what_ends_by_the_clock_ends_on_open_pages_too(group, wren, ash):
    change_group(by=SYSTEM, group=group, retention_days=30)
    thread = a_thread(wren, group, words="Long ago")
    with days_on(20):
        a_reply(ash, thread, "Much later", quotes=1)
    listening, before = let_in(ash, thread), version(thread)
    with days_on(31):
        tasks.purge_old()
    said = json.loads(LINE.say(thread.pk, before, {listening.kind}).words[listening.kind])
    assert (said["first"], said["closed"]) == (2, False)
    assert posts_in(said["said"]) == ["2"]
    assert "quoted" not in said["said"]
    with days_on(70):
        tasks.purge_old()
    assert LINE.versions([thread.pk]) == {}


def test_a_quote_brings_all_that_muted_words_are_looked_for_in_and_a_page_does_not(
    group, wren, ash
):
    thread = a_thread(wren, group, words="Many words. " * 20 + "Then the lighthouse.")
    a_reply(ash, thread, "Yes", quotes=1)
    assert "Then the lighthouse." in told(thread, let_in(ash, thread), after=1)
    quote = conversation_at(group, thread.number, viewer=ash).posts[1].quote
    assert quote.text == ""
    assert "lighthouse" not in quote.brief
    actions.change_reading(by=ash, group=group, words=("lighthouse",))
    assert conversation_at(group, thread.number, viewer=ash).posts[1].quote.brief == ""
