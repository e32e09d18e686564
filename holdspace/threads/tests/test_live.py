"""What open pages are told, whom it is told to, and who is shown out."""

import json
import re

import pytest
from django.test import Client

from holdspace.groups.actions import publish_agreement
from holdspace.kit.live import DOOR
from holdspace.ledger.acts import SYSTEM
from holdspace.ledger.worker import run_due
from holdspace.members.actions import appoint, leave_group, remove_member
from holdspace.threads import actions
from holdspace.threads.live import FACILITATORS, MEMBERS, VISITORS, TalkLine, listening_to
from holdspace.threads.models import Post
from holdspace.threads.queries import conversation_at
from holdspace.threads.tests.factories import a_member, a_reply, a_thread, an_expected_visitor
from holdspace.threads.views.live import own_ways
from holdspace.threads.voices import voice_in

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
