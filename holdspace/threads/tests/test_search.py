"""Words are found where the reader may see them, newest first, and nowhere else."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from holdspace.groups.tests.factories import a_group
from holdspace.kit import clock
from holdspace.kit.days import in_words
from holdspace.ledger.acts import SYSTEM
from holdspace.members.actions import leave_group
from holdspace.members.tests.browser import signed_in
from holdspace.threads import actions, queries
from holdspace.threads.models import Post
from holdspace.threads.queries import search
from holdspace.threads.queries.search import Wish
from holdspace.threads.tests.factories import a_member, a_reply, a_thread
from holdspace.vault.scopes import shred

pytestmark = pytest.mark.django_db


def found(viewer, words="kettle", **more):
    return queries.find(Wish(words=words, **more), viewer=viewer)


def lines(viewer, words="kettle", **more):
    return [f"{h.before}[{h.word}]{h.after}" for h in found(viewer, words, **more).hits]


def test_forms_of_a_word_are_found_newest_first_with_what_stands_around(group, wren, ash):
    thread = a_thread(wren, group, words="The *kettle* is on")
    with clock.at(clock.now() + dt.timedelta(days=1)):
        a_reply(ash, thread, "Two kettles, and a cup")
        a_reply(ash, thread, "Only a pot")
        assert lines(wren) == ["Two [kettles], and a cup", "The [kettle] is on"]
        assert lines(wren, "cup kettle") == ["Two [kettles], and a cup"]


def test_conversations_are_found_by_their_titles_where_they_begin(group, wren, ash, lead):
    thread = a_thread(wren, group, "About kettles", words="The tea is cold")
    a_reply(ash, thread, "Mine too")
    a_thread(ash, group, "A kettle for Sam", words="Between us", seen_by="facilitators")
    (hit,) = found(wren).hits
    assert (hit.number, hit.title, hit.word) == (1, "About kettles", "")
    assert hit.before == "The tea is cold"
    assert lines(wren, "tea kettle") == ["The [tea] is cold"]  # some words there, some here
    assert len(found(ash).hits) == len(found(lead).hits) == 2
    page = signed_in(group.organisation, wren).post("/my-groups/search/", {"words": "kettle"})
    assert "<b>About kettles</b>" in page.content.decode()
    actions.change_reading(by=lead, group=group, words=("kettles",))
    assert [(bool(h.folded), h.title) for h in found(lead).hits if not h.before] == [(True, "")]
    actions.take_back(by=wren, post=Post.objects.get(thread=thread, number=1))
    assert found(wren).hits == []


def test_one_finds_what_one_may_see_and_no_more(group, wren, ash, lead):
    thread = a_thread(wren, group, words="kettle for all")
    a_reply(ash, thread, "kettle for Sam", seen_by="facilitators")
    elsewhere = a_group(name="Elsewhere")
    stranger, _member = a_member(elsewhere, "Tern")
    a_thread(stranger, elsewhere, words="kettle elsewhere")
    left, leaver = a_member(group, "Rowan")
    assert lines(left) == ["[kettle] for all"]
    leave_group(by=leaver)
    assert lines(left) == []
    assert lines(wren) == ["[kettle] for all"]
    assert len(lines(ash)) == len(lines(lead)) == 2
    assert lines(stranger) == ["[kettle] elsewhere"]
    assert lines(wren, group=elsewhere.pk) == []


def test_late_joiners_taken_back_and_shredded_words(group, wren, ash, lead):
    thread = a_thread(wren, group, words="kettle, early")
    taken = a_reply(wren, thread, "kettle, regretted")
    lost_viewer, lost = a_member(group, "Moth")
    a_reply(lost_viewer, thread, "kettle, lost")
    actions.take_back(by=wren, post=taken)
    shred([lost.scope])
    assert lines(ash) == ["[kettle], early"]
    actions.change_talk(by=lead, group=group, late="from-joining")
    with clock.at(clock.now() + dt.timedelta(days=2)):
        late, _member = a_member(group, "Tern")
        assert lines(late) == []


def test_who_has_not_accepted_a_new_agreement_finds_nothing_yet(group, wren):
    from holdspace.groups.actions import publish_agreement

    a_thread(wren, group, words="kettle")
    assert lines(wren) == ["[kettle]"]
    publish_agreement(by=SYSTEM, group=group, clauses=["One", "Two"], limits="When in danger.")
    assert lines(wren) == []


def test_folds_and_mutes_hold_in_what_is_found(group, wren, ash):
    thread = a_thread(wren, group, words="Hello")
    a_reply(ash, thread, "kettle and loss", notes=("loss",))
    actions.change_reading(by=wren, group=group, folds=("loss",), words=(), unsigned=False)
    (hit,) = found(wren).hits
    assert [str(why) for why in hit.folded] == ["Death and loss"]
    assert (hit.before, hit.word, hit.after) == ("", "", "")
    assert found(wren, notes=("loss",)).hits == []
    actions.change_reading(by=wren, group=group, folds=(), words=("loss",), unsigned=False)
    assert found(wren).hits[0].word == ""
    assert found(ash).hits[0].word == "kettle"


def test_by_writer_and_by_time(group, wren, ash):
    thread = a_thread(wren, group, words="kettle by Wren")
    with clock.at(clock.now() + dt.timedelta(days=40)):
        a_reply(ash, thread, "kettle by Ash")
        month = clock.today() - dt.timedelta(days=31)
        assert lines(wren, writer="ash") == ["[kettle] by Ash"]
        assert lines(wren, since=month) == ["[kettle] by Ash"]


def test_a_request_opens_so_many_and_then_one_searches_further_back(group, wren, monkeypatch):
    monkeypatch.setattr(search, "OPENED", 5)
    monkeypatch.setattr(search, "SHOWN", 3)
    thread = a_thread(wren, group, words="kettle 1")
    for n in range(2, 13):
        a_reply(wren, thread, f"kettle {n}" if n % 2 else f"pot {n}")
    every, before, opened = [], None, 0
    for _request in range(10):
        page = found(wren, before=before)
        assert page.opened <= 5
        every += [hit.number for hit in page.hits]
        opened += page.opened
        before = page.further
        if before is None:
            break
    assert sorted(every) == [1, 3, 5, 7, 9, 11]
    assert opened >= Post.objects.count()


def test_a_page_says_how_far_back_what_it_shows_goes(group, wren, monkeypatch):
    monkeypatch.setattr(search, "SHOWN", 1)
    browser = signed_in(group.organisation, wren)
    today = clock.now()
    thread = a_thread(wren, group, words="kettle, early")
    with clock.at(today + dt.timedelta(days=3)):
        a_reply(wren, thread, "kettle, late")
        page = browser.post("/my-groups/search/", {"words": "kettle"}).content.decode()
    assert "kettle</mark>, late" in page
    assert f"Looked back to {in_words(today.date() + dt.timedelta(days=3))}." in page


def test_it_costs_as_many_questions_for_three_groups_as_for_one(group, wren, ash):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            assert found(wren).hits
        return len(asked)

    a_thread(ash, group, words="kettle")
    cost()
    one = cost()
    from holdspace.members.tests.factories import joined

    for name in ("Second", "Third"):
        other = a_group(name=name)
        joined(wren, other, "Wren", sure=True)
        a_thread(wren, other, words="kettle")
    cost()  # opens the new groups' keys, once
    assert cost() == one
