"""What ends: by the clock, on leaving, with an account, and what stays readable."""

import datetime as dt

import pytest
from django.db import connection

from holdspace.groups.actions import change_group
from holdspace.kit import clock
from holdspace.kit.guard import Refused
from holdspace.kit.holdings import member_holdings
from holdspace.ledger.acts import SYSTEM
from holdspace.ledger.models import Line, Task
from holdspace.ledger.queue import claim, perform
from holdspace.members.actions import leave_group, remove_member
from holdspace.members.privacy import erase_piece
from holdspace.members.queries import member_for
from holdspace.members.tests.browser import signed_in
from holdspace.threads import actions, tasks
from holdspace.threads.models import Draft, Post, Reader, Support, Thread
from holdspace.threads.queries import conversation_at, threads_in
from holdspace.threads.tests.factories import a_reply, a_thread
from holdspace.threads.unsigned import SPREAD
from holdspace.vault.models import Key
from holdspace.vault.scopes import shred

pytestmark = pytest.mark.django_db


def days_on(days):
    return clock.at(clock.now() + dt.timedelta(days=days))


def run_due():
    """Everything that listens, as a worker would run it."""
    while task := claim():
        perform(task)


def allow_unsigned(group, lead):
    a_thread(lead, group, "Welcome")
    actions.change_talk(by=lead, group=group, unsigned_allowed=True)


def leaves(group, viewer, words):
    leave_group(by=member_for(group, viewer=viewer), words=words)
    run_due()


def test_what_is_for_facilitators_alone_stays_its_beginner_s_when_its_first_words_are_too_old(
    group, wren, lead
):
    change_group(by=SYSTEM, group=group, retention_days=30)
    thread = a_thread(wren, group, "For you", seen_by="facilitators")
    with days_on(20):
        a_reply(lead, thread, "I read it")
    with days_on(31):
        tasks.purge_old()
        assert [p.number for p in conversation_at(group, thread.number, viewer=wren).posts] == [2]
        leaves(group, wren, "taken-back")
        assert Thread.objects.get().member is None


def test_the_clock_purges_what_the_group_does_not_keep(group, wren, ash):
    change_group(by=SYSTEM, group=group, retention_days=30)
    old = a_thread(wren, group, "Old")
    living = a_thread(wren, group, "Living")
    with days_on(20):
        a_reply(ash, living, "Still here", quotes=1)
        tasks.purge_old()
        assert Post.objects.count() == 3
    with days_on(31):
        tasks.purge_old()
        assert not Thread.objects.filter(pk=old.pk).exists()
        (left,) = Post.objects.all()
        assert (left.words, left.quotes_id) == ("Still here", None)
        assert threads_in(group, viewer=ash).threads[0].title == ""
        assert [p.number for p in conversation_at(group, 2, viewer=ash).posts] == [2]
        a_reply(wren, living, "And more")
    with days_on(70):
        tasks.purge_old()
        assert Thread.objects.count() == Post.objects.count() == 0


def test_purging_an_unsigned_post_destroys_its_key(group, wren, lead):
    allow_unsigned(group, lead)
    thread = a_thread(wren, group, "Secret", unsigned=True)
    assert Key.objects.filter(scope=thread.scope).exists()
    with days_on(400):
        tasks.purge_old()
    assert not Key.objects.filter(scope=thread.scope).exists()


def test_a_draft_goes_after_thirty_days_and_a_spent_one_the_same_night(group, wren, lead):
    allow_unsigned(group, lead)
    thread = Thread.objects.get()
    actions.keep_draft(by=wren, group=group, thread=thread, words="Mine", key=9)
    actions.keep_draft(by=wren, group=group, title="Other", words="Begun", key=10)
    a_reply(wren, thread, "Mine", unsigned=True, key=9)
    assert Draft.objects.count() == 2  # in this transaction it would tell whose the post is
    tasks.purge_old()
    assert Draft.objects.count() == 1
    with days_on(31):
        tasks.purge_old()
    assert Draft.objects.count() == 0


def test_words_stay_when_somebody_leaves_and_says_so(group, wren, ash):
    thread = a_thread(wren, group, "Nights")
    actions.keep_draft(by=wren, group=group, thread=thread, words="Half")
    leaves(group, wren, "stay")
    seen = conversation_at(group, 1, viewer=ash)
    assert (seen.title, seen.posts[0].speaker.name) == ("Nights", "Wren")
    assert Draft.objects.count() == 0


def test_words_are_taken_back_when_somebody_leaves_and_the_thread_stays_readable(group, wren, ash):
    thread = a_thread(wren, group, "Nights")
    a_reply(ash, thread, "I hear you", quotes=1)
    post = Post.objects.select_related("talk__group").get(number=2)
    actions.support(by=wren, post=post, kind="thank-you")
    leaves(group, wren, "taken-back")
    seen = conversation_at(group, 1, viewer=ash)
    assert seen.title == ""
    assert [p.is_here for p in seen.posts] == [False, True]
    assert seen.posts[1].quote is None
    assert (Post.objects.filter(words__isnull=False).count(), Support.objects.count()) == (1, 0)


def test_nobody_leaves_with_another_wish(group, wren):
    with pytest.raises(ValueError):
        leave_group(by=member_for(group, viewer=wren), words="burn")


def test_words_stay_when_somebody_is_asked_to_stay_away(group, wren, ash, lead):
    a_thread(wren, group, "Nights")
    words = {"reason": "What we agreed", "words": "Please stay away.", "write_to": "Ines"}
    remove_member(by=lead, member=member_for(group, viewer=wren), **words)
    run_due()
    assert conversation_at(group, 1, viewer=ash).title == "Nights"


@pytest.mark.parametrize("way", ["asked to stay away", "left"])
def test_words_that_stayed_are_taken_back_afterwards_by_the_page_that_says_so(
    group, wren, ash, lead, way
):
    allow_unsigned(group, lead)
    thread = a_thread(wren, group, "Nights")
    a_reply(wren, thread, "Nobody knows", unsigned=True)
    if way == "left":
        leaves(group, wren, "stay")
    else:
        said = {"reason": "What we agreed", "words": "Please stay away.", "write_to": "Ines"}
        remove_member(by=lead, member=member_for(group, viewer=wren), **said)
        run_due()
    browser = signed_in(group.organisation, wren)
    page = browser.get(f"/g/{group.code}/not-here/").content.decode()
    assert "Take all my words back" in page
    assert [p.is_here for p in conversation_at(group, 2, viewer=ash).posts] == [True, True]
    there = browser.post(f"/g/{group.code}/not-here/words-back/").headers["Location"]
    assert "is taken back now" in browser.get(there).content.decode()
    run_due()
    assert [p.is_here for p in conversation_at(group, 2, viewer=ash).posts] == [False, True]
    with days_on(SPREAD.days):
        tasks.fade_unsigned()
    assert [p.is_here for p in conversation_at(group, 2, viewer=ash).posts] == [False, False]
    other = signed_in(group.organisation, ash)
    assert other.post(f"/g/{group.code}/not-here/words-back/").status_code == 404


def test_unsigned_words_name_nobody_and_only_their_writer_takes_them_back(group, wren, ash, lead):
    with pytest.raises(Refused):
        a_thread(wren, group, unsigned=True)
    allow_unsigned(group, lead)
    thread = a_thread(wren, group, "Secret", "Nobody knows", unsigned=True)
    post = Post.objects.select_related("talk__group", "thread").get(thread=thread)
    assert (post.member_id, post.staff_id, post.first, post.awaits) == (None, None, False, False)
    assert (thread.member_id, thread.staff_id) == (None, None)
    for viewer in (wren, ash, lead):
        assert not conversation_at(group, 2, viewer=viewer).posts[0].speaker
    for viewer in (ash, lead):
        with pytest.raises(Refused):
            actions.take_back(by=viewer, post=post)
    with pytest.raises(Refused):
        actions.edit_post(by=wren, post=post, words="Other", edition=1)
    with pytest.raises(Refused):
        actions.support(by=wren, post=post, kind="me-too")
    with pytest.raises(Refused):
        a_thread(wren, group, unsigned=True, seen_by="facilitators")
    actions.take_back(by=wren, post=post)
    assert not Key.objects.filter(scope=post.scope).exists()


def test_who_notes_their_own_unsigned_words_leaves_no_line_that_names_them(group, wren, lead):
    allow_unsigned(group, lead)
    post = a_reply(wren, Thread.objects.get(), unsigned=True)
    lines = Line.objects.filter(kind="threads.noted")
    actions.note_content(by=wren, post=post, notes=("loss",))
    assert lines.count() == 0
    actions.note_content(by=lead, post=post, notes=("panic",))
    assert lines.count() == 1


def test_unsigned_words_fade_in_the_days_after_leaving(group, wren, ash, lead):
    allow_unsigned(group, lead)
    thread = a_thread(wren, group, "Signed")
    for _ in range(6):
        a_reply(wren, thread, unsigned=True)
    a_reply(ash, thread, "Somebody else's", unsigned=True)
    leaves(group, wren, "taken-back")
    here = Post.objects.filter(speaks="unsigned", state="here")
    assert here.count() == 7
    tasks.fade_unsigned()
    assert here.count() == 7
    left = []
    for day in (1, 5, 7):
        with days_on(day):
            tasks.fade_unsigned()
        left.append(here.count())
    assert [p.words for p in here] == ["Somebody else's"]
    assert left != [1, 1, 1]  # not all at once: by chance once in 100,000
    assert Reader.objects.count() == 0


@pytest.mark.parametrize("erased", [False, True])
def test_nothing_tells_beforehand_which_unsigned_words_will_fade(group, wren, ash, lead, erased):
    allow_unsigned(group, lead)
    thread = Thread.objects.get()
    for _ in range(3):
        a_reply(wren, thread, "Same", unsigned=True)
        a_reply(ash, thread, "Same", unsigned=True)
    tasks.settle_unsigned()
    before = _sealed()
    if erased:
        erase_piece(member_for(group, viewer=wren).pk)
    else:
        leaves(group, wren, "taken-back")
    now = _sealed()
    assert all(now[pk] != before[pk] for pk in before)
    assert len({len(fades) for fades, _fresh in now.values()}) == 1
    assert {fresh for _fades, fresh in now.values()} == {True}
    assert Task.objects.filter(name__contains="fade").count() == 0


def _sealed():
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, fades, fresh FROM threads_post WHERE speaks = 'unsigned'")
        return {row[0]: (bytes(row[1]), bool(row[2])) for row in cursor.fetchall()}


def test_posts_of_the_day_are_written_together_and_their_drafts_go(group, wren, ash, lead):
    allow_unsigned(group, lead)
    thread = Thread.objects.get()
    actions.keep_draft(by=wren, group=group, thread=thread, words="Mine", key=9)
    actions.keep_draft(by=ash, group=group, thread=thread, words="Not sent", key=10)
    a_reply(wren, thread, "Mine", unsigned=True, key=9)
    tasks.mingle()
    assert [draft.kept["words"] for draft in Draft.objects.all()] == ["Not sent"]
    fresh = Post.objects.filter(fresh=True)
    assert fresh.count() == 1
    tasks.settle_unsigned()
    assert fresh.count() == 0
    actions.take_back(by=wren, post=Post.objects.get(speaks="unsigned"))
    assert fresh.count() == 1


def test_how_somebody_read_goes_when_they_leave_and_an_earlier_leaving_is_forgotten(
    group, wren, lead
):
    allow_unsigned(group, lead)
    a_reply(wren, Thread.objects.get(), unsigned=True)
    member = member_for(group, viewer=wren)
    actions.change_reading(by=wren, group=group, words=("boat",))
    actions.leave_words(by=SYSTEM, talk=group.pk, member=member.pk, taken_back=True)
    leaves(group, wren, "stay")  # they had come back meanwhile
    assert Reader.objects.count() == 0
    with days_on(SPREAD.days):
        tasks.fade_unsigned()
    assert Post.objects.filter(speaks="unsigned", state="here").count() == 1


def test_unsigned_words_that_faded_look_as_those_their_writer_took_back(group, wren, ash, lead):
    allow_unsigned(group, lead)
    thread = Thread.objects.get()
    taken, faded = (a_reply(wren, thread, "Same", unsigned=True) for _ in range(2))
    away = a_reply(ash, thread, "Hard words", unsigned=True)
    actions.take_back(by=wren, post=taken)
    with days_on(3):
        actions.fade(by=SYSTEM, post=faded.pk)
        actions.fade(by=SYSTEM, post=faded.pk)
    rows = Post.objects.filter(pk__in=[taken.pk, faded.pk])
    shows = set(rows.values_list("state", "writer", "fades", "state_on"))
    assert shows == {("taken-back", None, None, taken.day)}
    actions.put_away(by=lead, post=away, why="It says how somebody was found")
    assert Post.objects.get(pk=away.pk).writer is not None


def test_they_stay_for_who_said_stay(group, wren, lead):
    allow_unsigned(group, lead)
    a_reply(wren, Thread.objects.get(), unsigned=True)
    leaves(group, wren, "stay")
    with days_on(SPREAD.days):
        tasks.fade_unsigned()
    assert Post.objects.filter(speaks="unsigned", state="here").count() == 1


def test_erasing_an_account_takes_all_its_words_and_the_thread_stays_readable(
    group, wren, ash, lead
):
    allow_unsigned(group, lead)
    thread = a_thread(wren, group, "Nights")
    a_reply(ash, thread, "I hear you", quotes=1)
    a_reply(wren, thread, "Unsigned", unsigned=True)
    seen = conversation_at(group, 2, viewer=wren)
    actions.note_read(by=seen.voice, thread=seen.thread, last=seen.last)
    member = member_for(group, viewer=wren)
    shred(erase_piece(member.pk))
    seen = conversation_at(group, 2, viewer=ash)
    assert [p.is_here for p in seen.posts] == [False, True, True]
    assert Reader.objects.count() == 0
    with days_on(1):
        tasks.fade_unsigned()
    assert not conversation_at(group, 2, viewer=ash).posts[2].is_here
    assert erase_piece(member.pk) is not None  # twice is once


def test_words_whose_key_is_gone_are_a_placeholder_never_a_fault(group, wren, ash):
    thread = a_thread(wren, group, "Nights")
    a_reply(ash, thread, "Still here", quotes=1)
    actions.support(by=ash, post=Post.objects.select_related("talk__group").get(number=1),
                    kind="me-too")  # fmt: skip
    shred([member_for(group, viewer=wren).scope])
    seen = conversation_at(group, 1, viewer=ash)
    assert seen.title == ""
    assert [p.is_here for p in seen.posts] == [False, True]
    assert not seen.posts[0].speaker
    assert threads_in(group, viewer=ash).threads[0].title == ""
    tasks.forget_lost()
    assert Post.objects.get(number=1).state == "left"


def test_the_export_holds_ones_own_words_and_nobody_elses(group, wren, ash, lead):
    allow_unsigned(group, lead)
    thread = a_thread(wren, group, "Nights", "Mine", need="sharing")
    post = Post.objects.select_related("talk__group").get(thread=thread)
    actions.edit_post(by=wren, post=post, words="Mine, better", edition=1)
    a_reply(ash, thread, "Somebody else's")
    a_reply(wren, thread, "Mine again", quotes=2)
    a_reply(wren, thread, "Mine without a name", unsigned=True)
    actions.keep_draft(by=wren, group=group, words="Mine, begun")
    actions.support(by=wren, post=Post.objects.select_related("talk__group").get(number=2,
                    thread=thread), kind="hoping")  # fmt: skip
    export = next(h.export for h in member_holdings() if h.name == "threads")
    told = export(member_for(group, viewer=wren).pk)
    assert [p["words"] for p in told["posts"]] == ["Mine, better", "Mine again"]
    assert told["posts"][0]["title"] == "Nights"
    assert [v["words"] for v in told["posts"][0]["earlier"]] == ["Mine"]
    assert [p["words"] for p in told["unsigned"]] == ["Mine without a name"]
    assert told["drafts"][0]["kept"]["words"] == "Mine, begun"
    assert [s["kind"] for s in told["supports"]] == ["hoping"]
    assert "Somebody else" not in str(told)


def _columns_alike(one, other):
    """The columns in which two rows of the database hold the same."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM threads_post WHERE id IN (%s, %s)", [one, other])
        names = [column[0] for column in cursor.description]
        first, second = cursor.fetchall()
    pairs = zip(names, first, second, strict=True)
    return {name for name, a, b in pairs if a == b and a is not None}


def _sizes(post):
    with connection.cursor() as cursor:
        sizes = (
            "SELECT LENGTH(words), LENGTH(shown), LENGTH(writer) FROM threads_post WHERE id = %s"
        )
        cursor.execute(sizes, [post])
        return cursor.fetchone()


def test_two_unsigned_posts_of_one_writer_share_no_more_than_those_of_two(group, wren, ash, lead):
    allow_unsigned(group, lead)
    thread = Thread.objects.get()
    mine, mine_too, other = (
        a_reply(viewer, thread, "Same length", unsigned=True).pk for viewer in (wren, wren, ash)
    )
    assert _columns_alike(mine, mine_too) == _columns_alike(mine, other)
    assert _sizes(mine) == _sizes(mine_too) == _sizes(other)
