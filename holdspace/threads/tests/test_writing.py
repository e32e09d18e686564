"""Beginning conversations, answering, and what a page of them holds."""

import datetime as dt

import pytest

from holdspace.kit import clock
from holdspace.kit.guard import Refused, Unseen
from holdspace.members.actions import leave_group
from holdspace.members.queries import member_for
from holdspace.threads import actions
from holdspace.threads.actions import SentBefore
from holdspace.threads.actions.writing import APART
from holdspace.threads.models import Post, Talk, Thread
from holdspace.threads.queries import conversation_at, news_for, threads_in
from holdspace.threads.tests.factories import a_member, a_reply, a_thread, an_expected_visitor

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 16, 12, 0, tzinfo=dt.UTC)


def test_a_conversation_is_begun_answered_and_read(group, wren, ash):
    thread = a_thread(wren, group, "Nights", "I *cannot* sleep", need="listening", notes=("panic",))
    a_reply(ash, thread, "Me neither", quotes=1)
    seen = conversation_at(group, thread.number, viewer=ash)
    one, two = seen.posts
    assert (seen.title, one.need) == ("Nights", "Listening")
    assert one.notes == ["Panic described closely"]
    assert one.shown["html"] == "<p>I <em>cannot</em> sleep</p>\n"
    assert (one.speaker.name, two.speaker.name) == ("Wren", "Ash")
    assert two.quote is not None
    assert (two.quote[0], two.quote[1].name, two.quote[2]) == (1, "Wren", "I cannot sleep")
    assert two.mine
    assert not one.mine


def test_the_list_shows_what_moved_last_first_and_says_what_is_new(group, wren, ash):
    old = a_thread(wren, group, "Old")
    a_thread(wren, group, "Newer")
    a_reply(ash, old)
    listed = threads_in(group, viewer=ash)
    assert [one.title for one in listed.threads] == ["Old", "Newer"]
    assert all(one.new for one in listed.threads)
    assert listed.threads[0].speaker.name == "Wren"


def test_the_list_is_paged_by_place(group, wren, ash):
    for number in range(25):
        a_thread(wren, group, f"Thread {number}")
    first = threads_in(group, viewer=ash)
    second = threads_in(group, viewer=ash, before=first.older)
    titles = [one.title for one in [*first.threads, *second.threads]]
    assert titles == [f"Thread {number}" for number in reversed(range(25))]
    assert second.older == 0


def test_a_conversation_opens_twenty_posts_a_page(group, wren, ash):
    thread = a_thread(wren, group)
    for _ in range(44):
        a_reply(ash, thread)
    seen = conversation_at(group, 1, viewer=wren)
    assert [p.number for p in seen.posts] == list(range(1, 21))
    assert (seen.earlier, seen.later) == (0, 21)
    seen = conversation_at(group, 1, viewer=wren, start=41)
    assert [p.number for p in seen.posts] == list(range(41, 46))
    assert (seen.earlier, seen.later) == (21, 0)


def test_sent_twice_is_one_post(group, wren, ash):
    one = a_thread(wren, group, words="A hello", key=77)
    two = a_thread(wren, group, words=" A hello ", key=77)
    assert one.pk == two.pk
    first = a_reply(ash, one, "Once", key=78)
    again = a_reply(ash, one, "Once", key=78)
    assert first.pk == again.pk
    a_reply(wren, one, "Somebody else's key is another post", key=78)
    assert Post.objects.count() == 3
    assert Talk.objects.get().last_place == 3
    assert Thread.objects.get().last_number == 3
    for other in (
        lambda: a_reply(ash, one, "Twice", key=78),
        lambda: a_thread(wren, group, "Days", "A hello", key=77),
    ):
        with pytest.raises(SentBefore):
            other()


@pytest.mark.parametrize("words", ["", "  \n ", "x" * 12_001])
def test_nothing_and_too_much_are_refused(group, wren, words):
    with pytest.raises(Refused):
        actions.open_thread(by=wren, group=group, title="Nights", words=words)
    assert Thread.objects.count() == 0


def test_a_title_that_is_too_long_and_a_need_that_there_is_not_are_refused(group, wren):
    thread = a_thread(wren, group)
    with pytest.raises(Refused):
        actions.open_thread(by=wren, group=group, title="x" * 121, words="Words")
    with pytest.raises(ValueError):
        a_reply(wren, thread, need="money")
    assert Post.objects.count() == 1


def test_who_is_outside_sees_and_says_nothing(group, wren, ash, lead):
    thread = a_thread(wren, group)
    leave_group(by=member_for(group, viewer=ash))
    visitor = an_expected_visitor(group, lead)
    for viewer in (ash, visitor):
        with pytest.raises(Unseen):
            threads_in(group, viewer=viewer)
        with pytest.raises(Unseen):
            conversation_at(group, 1, viewer=viewer)
        with pytest.raises((Unseen, Refused)):
            a_reply(viewer, thread)
    assert Post.objects.count() == 1


def test_facilitators_alone_and_the_writer_see_what_was_written_to_them(group, wren, ash, lead):
    thread = a_thread(wren, group, "For you", seen_by="facilitators")
    assert [t.title for t in threads_in(group, viewer=wren).threads] == ["For you"]
    assert [t.title for t in threads_in(group, viewer=lead).threads] == ["For you"]
    assert threads_in(group, viewer=ash).threads == []
    with pytest.raises(Unseen):
        conversation_at(group, thread.number, viewer=ash)
    with pytest.raises(Unseen):
        a_reply(ash, thread)
    a_reply(lead, thread, "I read it")
    assert conversation_at(group, thread.number, viewer=wren).posts[1].speaker.name == "Sam"
    with pytest.raises(Refused):
        a_reply(lead, thread, seen_by="members")


def test_no_gap_in_the_numbers_tells_of_a_conversation_with_facilitators(group, wren, ash, lead):
    hidden = [a_thread(wren, group, "For you", seen_by="facilitators") for _ in range(2)]
    open_ = [a_thread(one, group, "Nights") for one in (ash, lead)]
    hidden.append(a_thread(lead, group, "Among us", seen_by="facilitators"))
    open_.append(a_thread(wren, group, "Days"))
    assert [thread.number for thread in open_] == [1, 2, 3]
    numbers = {thread.number for thread in hidden}
    assert len(numbers) == 3
    assert all(APART <= number < 10**9 for number in numbers)
    a_reply(lead, hidden[0], "I read it")
    assert [n.threads for n in news_for(viewer=wren)] == [5]  # all but "Among us"
    conversation = conversation_at(group, hidden[0].number, viewer=wren)
    actions.note_read(by=conversation.voice, thread=conversation.thread, last=conversation.last)
    assert [n.threads for n in news_for(viewer=wren)] == [4]


def test_an_answer_to_facilitators_in_an_open_conversation(group, wren, ash, lead):
    thread = a_thread(wren, group)
    a_reply(wren, thread, "Between us", seen_by="facilitators")
    a_reply(lead, thread, "Yes", quotes=2)
    assert [p.number for p in conversation_at(group, 1, viewer=ash).posts] == [1, 3]
    assert conversation_at(group, 1, viewer=ash).posts[1].quote is None
    assert conversation_at(group, 1, viewer=wren).posts[2].quote[2] == "Between us"


def test_a_first_post_awaits_an_answer_and_the_wait_is_learned(group, wren, ash, lead):
    hours = (1, 3, 8)
    for number, waited in enumerate(hours):
        newcomer = a_member(group, f"New {'abc'[number]}{'abc'[number]}{'abc'[number]}")[0]
        with clock.at(NOON):
            thread = a_thread(newcomer, group, f"Hello {number}")
            a_reply(newcomer, thread, "One more thing")
            shown = threads_in(group, viewer=lead).awaiting
            assert thread.pk in [p.post.thread_id for p in shown]
            assert threads_in(group, viewer=newcomer).awaiting == []
        with clock.at(NOON + dt.timedelta(hours=waited)):
            a_reply(wren, thread, "Welcome")
        assert threads_in(group, viewer=lead).usual_wait == (3.0 if number == 2 else None)
    # Wren's own first post, an answer, waits as well
    assert [p.speaker.name for p in threads_in(group, viewer=lead).awaiting] == ["Wren"]


def test_an_answer_is_sent_without_a_quote_whose_words_went_meanwhile(group, wren, ash, lead):
    thread = a_thread(wren, group)
    hidden = a_reply(wren, thread, seen_by="facilitators")
    assert a_reply(ash, thread, quotes=hidden.number).quotes is None
    assert a_reply(ash, thread, quotes=77).quotes is None
    assert a_reply(lead, thread, quotes=hidden.number).quotes == hidden
