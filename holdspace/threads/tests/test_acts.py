"""Changing, taking back, supporting, keeping, leading: what each act does and whom it refuses."""

import datetime as dt

import pytest

from holdspace.kit import clock
from holdspace.kit.guard import Refused, Unseen
from holdspace.ledger.models import Line
from holdspace.threads import actions
from holdspace.threads.actions import EditedMeanwhile
from holdspace.threads.models import Draft, Post, Reader, Support, Talk, Thread, Version
from holdspace.threads.queries import Wish, conversation_at, find, news_for, threads_in, versions_of
from holdspace.threads.tests.factories import a_member, a_reply, a_thread

pytestmark = pytest.mark.django_db


def first(thread):
    return Post.objects.select_related("talk__group", "thread").get(thread=thread, number=1)


def test_words_are_changed_and_the_wording_before_is_for_the_writer_alone(group, wren, ash):
    thread = a_thread(wren, group, "Nights", "First wording")
    post = first(thread)
    actions.edit_post(by=wren, post=post, words="Second wording", edition=1, title="Long nights")
    seen = conversation_at(group, 1, viewer=ash)
    assert seen.title == "Long nights"
    assert "Second wording" in seen.posts[0].shown["html"]
    assert seen.posts[0].post.edited_on is not None
    assert [v.words for v in versions_of(first(thread), viewer=wren)] == ["First wording"]
    with pytest.raises(Unseen):
        versions_of(first(thread), viewer=ash)
    with pytest.raises(Refused):
        actions.edit_post(by=ash, post=post, words="Not mine", edition=2)


def test_two_who_edit_are_told_and_nothing_is_lost(group, wren):
    post = first(a_thread(wren, group, words="One"))
    actions.edit_post(by=wren, post=post, words="Two", edition=1)
    with pytest.raises(EditedMeanwhile):
        actions.edit_post(by=wren, post=post, words="Three", edition=1)
    assert first(Thread.objects.get()).words == "Two"
    assert Version.objects.count() == 1


def test_a_change_sent_twice_is_one_and_notes_set_meanwhile_are_not_overwritten(group, wren, lead):
    post = first(a_thread(wren, group, "Nights", "One"))
    change = {"words": "Two", "edition": 1, "title": "Nights", "notes": ("panic",)}
    actions.edit_post(by=wren, post=post, **change)
    actions.edit_post(by=wren, post=post, **change)
    assert (Version.objects.count(), first(Thread.objects.get()).edition) == (1, 2)
    actions.note_content(by=lead, post=post, notes=("loss",))
    with pytest.raises(EditedMeanwhile):
        actions.edit_post(by=wren, post=post, **{**change, "edition": 2})
    assert first(Thread.objects.get()).shown["notes"] == ["loss"]


def test_the_same_words_again_are_no_new_version(group, wren):
    post = first(a_thread(wren, group, words="One"))
    actions.edit_post(by=wren, post=post, words="One", edition=1, need="advice")
    row = first(Thread.objects.get())
    assert (row.edition, row.edited_on, row.shown["need"]) == (2, None, "advice")
    assert Version.objects.count() == 0
    assert Thread.objects.get().head["need"] == "advice"


def test_taken_back_leaves_a_placeholder_that_names_nobody(group, wren, ash):
    thread = a_thread(wren, group, "Nights", "Gone soon")
    a_reply(ash, thread, "I read it", quotes=1)
    actions.support(by=ash, post=first(thread), kind="with-you")
    actions.take_back(by=wren, post=first(thread))
    seen = conversation_at(group, 1, viewer=ash)
    assert seen.title == ""
    assert not seen.posts[0].is_here
    assert not seen.posts[0].speaker
    assert seen.posts[1].quote is None
    row = first(thread)
    assert (row.member_id, row.words, row.shown, row.state) == (None, None, None, "taken-back")
    assert Support.objects.count() == Version.objects.count() == 0
    with pytest.raises(Refused):
        actions.take_back(by=wren, post=first(thread))


def test_who_began_with_facilitators_alone_stays_in_it_without_the_first_words(
    group, wren, ash, lead
):
    thread = a_thread(wren, group, "For you", seen_by="facilitators")
    a_reply(lead, thread, "I read it")
    actions.take_back(by=wren, post=first(thread))
    assert [p.is_here for p in conversation_at(group, thread.number, viewer=wren).posts] == [
        False,
        True,
    ]
    (listed,) = threads_in(group, viewer=wren).threads
    assert (listed.title, listed.speaker.name) == ("", "")
    assert "I read it" in conversation_at(group, thread.number, viewer=wren).posts[1].shown["html"]
    assert [n.threads for n in news_for(viewer=wren)] == [1]
    a_reply(wren, thread, "Once more")
    assert threads_in(group, viewer=ash).threads == []
    with pytest.raises(Unseen):
        conversation_at(group, thread.number, viewer=ash)


def test_only_facilitators_put_away_and_always_with_a_reason(group, wren, ash, lead):
    thread = a_thread(wren, group)
    with pytest.raises(Refused):
        actions.put_away(by=ash, post=first(thread), why="I do not like it")
    with pytest.raises(Refused):
        actions.put_away(by=lead, post=first(thread), why=" ")
    actions.put_away(by=lead, post=first(thread), why="It says how somebody was found")
    seen = conversation_at(group, 1, viewer=ash).posts[0]
    assert not seen.is_here
    assert seen.post.why == "It says how somebody was found"
    assert Line.objects.filter(kind="threads.put_away").count() == 1


def test_one_support_a_person_and_post_changed_and_taken_back(group, wren, ash):
    thread = a_thread(wren, group)
    rowan = a_member(group, "Rowan")[0]
    for kind in ("me-too", "with-you", "with-you"):
        actions.support(by=ash, post=first(thread), kind=kind)
    actions.support(by=rowan, post=first(thread), kind="with-you")
    seen = conversation_at(group, 1, viewer=ash).posts[0]
    assert seen.supports == (("With you", ["Ash", "Rowan"]),)
    assert seen.my_support == "with-you"
    with pytest.raises(Refused):
        actions.support(by=wren, post=first(thread), kind="me-too")
    assert actions.unsupport(by=ash, post=first(thread))
    assert conversation_at(group, 1, viewer=wren).posts[0].supports == (("With you", ["Rowan"]),)


def test_a_draft_is_kept_in_its_place_and_spent_when_sent(group, wren):
    thread = a_thread(wren, group)
    actions.keep_draft(by=wren, group=group, thread=thread, words="Half a th", key=5)
    actions.keep_draft(by=wren, group=group, thread=thread, words="Half a thought", key=5)
    actions.keep_draft(by=wren, group=group, title="Another", words="Begun", key=6)
    assert conversation_at(group, 1, viewer=wren).draft.kept["words"] == "Half a thought"
    assert Draft.objects.count() == 2
    a_reply(wren, thread, "A whole thought", key=5)
    assert conversation_at(group, 1, viewer=wren).draft is None
    assert actions.drop_draft(by=wren, group=group)
    assert Draft.objects.count() == 0


def test_what_was_read_is_not_new_any_more(group, wren, ash):
    thread = a_thread(wren, group)
    seen = conversation_at(group, 1, viewer=ash)
    assert [p.new for p in seen.posts] == [True]
    actions.note_read(by=seen.voice, thread=seen.thread, last=seen.last)
    assert not threads_in(group, viewer=ash).threads[0].new
    a_reply(wren, thread)
    seen = conversation_at(group, 1, viewer=ash)
    assert [p.new for p in seen.posts] == [False, True]
    assert threads_in(group, viewer=ash).threads[0].new
    assert Reader.objects.count() == 1


def test_a_muted_conversation_is_never_new_and_followed_is_not_muted(group, wren, ash):
    thread = a_thread(wren, group)
    actions.mute(by=ash, thread=thread, there=True)
    one = threads_in(group, viewer=ash).threads[0]
    assert (one.new, one.muted, one.followed) == (False, True, False)
    actions.follow(by=ash, thread=thread, there=True)
    one = threads_in(group, viewer=ash).threads[0]
    assert (one.new, one.muted, one.followed) == (True, False, True)


def test_folds_by_the_group_by_the_reader_and_by_words_and_people(group, wren, ash, lead):
    actions.open_thread(by=lead, group=group, title="Welcome", words="Read this first")
    actions.change_talk(by=lead, group=group, folded=["loss"])
    thread = a_thread(wren, group, "Grandmother", "She had a fishing boat", notes=("loss",))
    a_reply(wren, thread, "And *panic* at night", notes=("panic",))

    def folded():
        return [list(map(str, p.folded)) for p in conversation_at(group, 2, viewer=ash).posts]

    assert folded() == [["Death and loss"], []]
    actions.change_reading(by=ash, group=group, folds=("panic",), words=("FISHING",))
    assert folded() == [["a word you muted"], ["Panic described closely"]]
    assert not threads_in(group, viewer=ash).threads[0].folded
    wren_id = conversation_at(group, 2, viewer=ash).posts[0].post.member_id
    actions.mute_person(by=ash, group=group, member=wren_id, there=True)
    assert folded()[1] == ["Panic described closely", "somebody you muted"]
    assert conversation_at(group, 2, viewer=wren).posts[0].folded == ()
    with pytest.raises(Unseen):
        actions.mute_person(by=wren, group=group, member=wren_id, there=True)


def test_muted_words_are_looked_for_in_what_can_be_read_and_not_in_its_markup(group, wren, ash):
    thread = a_thread(wren, group, words="It is *very* quiet at the R&B night")

    def folded(*words):
        actions.change_reading(by=ash, group=group, words=words)
        return [list(map(str, p.folded)) for p in conversation_at(group, 1, viewer=ash).posts]

    assert folded("em", "<p>", "amp") == [[]]
    assert folded("very quiet") == folded("r&b") == [["a word you muted"]]
    assert news_for(viewer=ash) == []
    a_reply(ash, thread, "A quiet answer for R&B", quotes=1)
    (hit,) = find(Wish(words="answer"), viewer=ash).hits
    assert hit.folded == ()  # one's own words never are


def test_pinned_ones_come_first_and_there_are_few(group, wren, lead):
    threads = [a_thread(wren, group, f"Thread {n}") for n in range(7)]
    with pytest.raises(Refused):
        actions.pin(by=wren, thread=threads[0], there=True)
    for thread in threads[:5]:
        actions.pin(by=lead, thread=thread, there=True)
    with pytest.raises(Refused):
        actions.pin(by=lead, thread=threads[5], there=True)
    titles = [one.title for one in threads_in(group, viewer=wren).threads]
    assert titles == [*(f"Thread {n}" for n in (4, 3, 2, 1, 0)), "Thread 6", "Thread 5"]
    actions.pin(by=lead, thread=threads[0], there=False)
    actions.pin(by=lead, thread=threads[5], there=True)


def test_closed_takes_no_answer_save_a_last_word_and_opens_again(group, wren, ash, lead):
    thread = a_thread(wren, group)
    actions.close(by=lead, thread=thread, why="It has found its end")
    assert conversation_at(group, 1, viewer=wren).closing == {"why": "It has found its end"}
    with pytest.raises(Refused):
        a_reply(ash, thread)
    a_reply(lead, thread, "Thank you all")
    actions.reopen(by=lead, thread=thread)
    a_reply(ash, thread)
    kinds = Line.objects.filter(kind__startswith="threads.").values_list("kind", flat=True)
    assert sorted(kinds) == ["threads.closed", "threads.reopened"]


def test_a_facilitator_adds_a_note_instead_of_putting_away(group, wren, ash, lead):
    thread = a_thread(wren, group)
    with pytest.raises(Refused):
        actions.note_content(by=ash, post=first(thread), notes=("loss",))
    actions.note_content(by=lead, post=first(thread), notes=("loss",))
    assert conversation_at(group, 1, viewer=ash).posts[0].notes == ["Death and loss"]
    assert threads_in(group, viewer=ash).threads[0].notes == ("Death and loss",)
    assert Line.objects.filter(kind="threads.noted").count() == 1
    actions.note_content(by=wren, post=first(thread), notes=())
    assert conversation_at(group, 1, viewer=ash).posts[0].notes == []


def test_the_ways_of_a_group_are_for_its_facilitators(group, wren, lead):
    with pytest.raises(Refused):
        actions.change_talk(by=wren, group=group, need_asked=True)
    with pytest.raises(TypeError):
        actions.change_talk(by=lead, group=group, scope=1)
    actions.change_talk(by=lead, group=group, need_asked=True)
    with pytest.raises(Refused):
        a_thread(wren, group)
    a_thread(wren, group, need="sharing")
    assert Talk.objects.get().need_asked


def test_who_joins_late_sees_what_the_group_says(group, wren, lead):
    day = clock.now()
    with clock.at(day):
        old = a_thread(wren, group, "Before")
        actions.change_talk(by=lead, group=group, late="from-joining")
    with clock.at(day + dt.timedelta(days=1)):
        late = a_member(group, "Late")[0]
        a_reply(wren, old, "Still talking")
        a_thread(wren, group, "Since")
        assert [t.title for t in threads_in(group, viewer=late).threads] == ["Since"]
        with pytest.raises(Unseen):
            conversation_at(group, 1, viewer=late)
        with pytest.raises(Unseen):
            a_reply(late, old)
        assert len(threads_in(group, viewer=wren).threads) == 2
        actions.change_talk(by=lead, group=group, late="all")
        assert len(threads_in(group, viewer=late).threads) == 2


def test_visitors_read_where_the_group_lets_them_and_only_what_is_for_everyone(group, wren, lead):
    from holdspace.threads.tests.factories import an_expected_visitor

    visitor = an_expected_visitor(group, lead)
    with pytest.raises(Refused):
        a_thread(wren, group, seen_by="everyone")
    a_thread(wren, group, "Ours")
    actions.change_talk(by=lead, group=group, visitors_read=True)
    thread = a_thread(wren, group, "For all", seen_by="everyone")
    a_reply(wren, thread, "Not for all", seen_by="members")
    assert [t.title for t in threads_in(group, viewer=visitor).threads] == ["For all"]
    assert [p.number for p in conversation_at(group, 2, viewer=visitor).posts] == [1]
    with pytest.raises(Refused):
        a_reply(visitor, thread)
    actions.change_talk(by=lead, group=group, visitors_read=False)
    with pytest.raises(Unseen):
        conversation_at(group, 2, viewer=visitor)
