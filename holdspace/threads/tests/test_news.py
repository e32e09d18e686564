"""What is said to be new: only what this reader may see, and not what they muted."""

from dataclasses import replace

import pytest

from holdspace.consent.purposes import PURPOSES, TAKING_PART
from holdspace.groups.actions import publish_agreement
from holdspace.kit import remembering
from holdspace.ledger.acts import SYSTEM
from holdspace.members.actions import appoint, leave_group
from holdspace.threads import actions, queries
from holdspace.threads.models import Thread
from holdspace.threads.queries import news_for
from holdspace.threads.tests.factories import a_member, a_reply, a_thread
from holdspace.threads.voices import voice_in

pytestmark = pytest.mark.django_db


def new(viewer):
    return [one.threads for one in news_for(viewer=viewer)]


def first(viewer):
    return [one.first for one in news_for(viewer=viewer)]


def read_all(viewer, thread, group):
    actions.note_read(by=voice_in(group, viewer), thread=thread, last=thread.last_number)


@pytest.fixture
def thread(group, wren, ash):
    """A conversation that Ash has read to its end."""
    thread = a_thread(wren, group)
    read_all(ash, thread, group)
    return thread


def test_each_answer_is_new_until_it_is_read(group, wren, ash, thread):
    assert new(ash) == []
    a_reply(wren, thread)
    assert new(ash) == [1]
    assert queries.threads_in(group, viewer=ash).threads[0].new
    thread.refresh_from_db()
    read_all(ash, thread, group)
    assert new(ash) == []
    assert not queries.threads_in(group, viewer=ash).threads[0].new


def test_words_for_facilitators_are_new_to_nobody_else(group, wren, ash, lead, thread):
    a_reply(wren, thread, "for Sam alone", seen_by="facilitators")
    assert new(ash) == []
    assert not queries.threads_in(group, viewer=ash).threads[0].new
    moved = Thread.objects.get()
    assert moved.moved == 1
    assert new(lead) == [1]
    assert queries.threads_in(group, viewer=lead).threads[0].new


def test_words_taken_back_are_no_longer_new(wren, ash, thread):
    taken = a_reply(wren, thread)
    actions.take_back(by=wren, post=taken)
    assert new(ash) == []


@pytest.mark.parametrize("muted", ["person", "word", "conversation"])
def test_what_is_muted_makes_no_news(group, wren, ash, thread, muted):
    tern, member = a_member(group, "Tern")
    if muted == "person":
        actions.mute_person(by=ash, group=group, member=member.pk, there=True)
    elif muted == "word":
        actions.change_reading(by=ash, group=group, words=("Spiders",))
    else:
        actions.mute(by=ash, thread=thread, there=True)
    a_reply(tern, thread, "About spiders in the cellar")
    assert new(ash) == []
    a_reply(wren, thread, "About the tea")
    assert new(ash) == ([] if muted == "conversation" else [1])


@pytest.mark.parametrize("asked", ["agreement", "consent"])
def test_nothing_is_said_before_a_yes_is_given(group, wren, ash, monkeypatch, asked):
    a_thread(wren, group, words="About the kettle")
    wish = queries.Wish(words="kettle")
    assert (new(ash), len(queries.find(wish, viewer=ash).hits)) == ([1], 1)
    if asked == "agreement":
        publish_agreement(by=SYSTEM, group=group, clauses=["New"], limits="As before")
    else:
        later = replace(TAKING_PART, version=TAKING_PART.version + 1)
        monkeypatch.setitem(PURPOSES, TAKING_PART.slug, later)
        remembering.forget()
    assert (new(ash), queries.find(wish, viewer=ash).hits) == ([], [])


def test_who_left_hears_nothing(group, wren, ash, thread):
    a_reply(wren, thread)
    member = voice_in(group, ash).member
    leave_group(by=member)
    assert new(ash) == []


def test_first_posts_wait_before_greeters_and_facilitators_alone(group, wren, ash, lead):
    thread = a_thread(wren, group)
    assert first(lead) == [1]
    assert first(ash) == [0]
    appoint(by=lead, member=voice_in(group, ash).member, role="greeter")
    assert first(ash) == [1]
    a_reply(lead, thread)
    assert first(lead) == first(ash) == [0]
