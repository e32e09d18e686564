"""The talk of the story holds together: who, when, which words, and none that could hurt."""

import datetime as dt
import re
from collections import Counter
from zoneinfo import ZoneInfo

import pytest

from holdspace.demo.conversations import FOLDER, Post, conversations
from holdspace.demo.drawing import DRAWN, as_sent
from holdspace.demo.happenings import happenings
from holdspace.demo.telling import STORY, WEEKS, read
from holdspace.threads.actions.picturing import LONGEST_ALT
from holdspace.threads.words import Kind, Need, Note

LONDON = ZoneInfo("Europe/London")
MONDAY = dt.date(2026, 9, 14)
TOLD = conversations()
THREADS = [thread for told in TOLD for thread in told.threads]
POSTS = [post for thread in THREADS for post in thread.posts]
GROUPS = {part["name"]: part for part in map(read, sorted((STORY / "groups").glob("*.toml")))}

NEEDS, SUPPORTS = set(Need.values), set(Kind.values)
HURTS = re.compile(
    r"commit(ted|ting|s)? suicide|\bsuffer(s|ed|ing)? from\b|\b(un)?successful (suicide|attempt)"
    r"|failed (suicide|attempt)|completed suicide|suicide note|took (his|her|their) own life"
    r"|\bthe mentally ill\b|\bschizophrenics?\b|\baddicts?\b|\balcoholics?\b|\bpsychos?\b|\bcrazy\b"
    r"|\boverdos|\bhang(ed|ing)\b|\bcut(ting)? (my|her|him|them)sel|\bblades?\b|\brazor",
    re.IGNORECASE,
)
NUMBERS_THAT_HARM = re.compile(
    r"\bkilos?\b|\bkgs?\b|\bcalor|\bstones? \d|\d+ ?(mg|lbs?|pounds)\b|\bBMI\b|\d+ (tablets|pills)",
    re.IGNORECASE,
)
WAYS_TO_REACH = re.compile(r"@|https?:|www\.|\+?\d[\d ()-]{6,}\d")
CLICHES = re.compile(
    r"hold(ing)? space|self-care|journey|toxic|validat|be kind to yourself|you are enough"
    r"|it's okay not to be okay|reach out|proud of you|one day at a time",
    re.IGNORECASE,
)


def _words():
    for thread in THREADS:
        yield thread.title
        for post in thread.posts:
            yield post.body
            yield post.alt
            yield from (edit.body for edit in post.edits)
        if thread.closed:
            yield thread.closed.reason
    for told in TOLD:
        for draft in told.drafts:
            yield from (draft.title, draft.body)


def _here_from(group, name):
    """The first whole day that somebody is there: one person joins each group every week."""
    people = GROUPS[group]["people"]
    return 2 + 7 * people["members"].index(name) if name in people["members"] else 1


def _days(moment):
    return (moment.astimezone(LONDON).date() - MONDAY).days


def test_every_group_that_has_people_talks():
    with_people = {name for name, part in GROUPS.items() if part["people"]["members"]}
    assert {told.group for told in TOLD} == with_people
    for file, told in zip(sorted(FOLDER.glob("*.toml")), TOLD, strict=True):
        assert read(STORY / "groups" / file.name)["name"] == told.group


def test_there_is_enough_of_it_and_at_every_length():
    lengths = sorted(len(post.body.split()) for post in POSTS)
    assert len(THREADS) >= 45
    assert len(POSTS) - len(THREADS) >= 220
    assert lengths[len(lengths) // 4] <= 15
    assert sum(length > 120 for length in lengths) >= 5
    assert lengths[-1] <= 260
    assert all(0 < len(thread.title) <= 120 for thread in THREADS)
    assert len({thread.key for thread in THREADS}) == len(THREADS)


def test_it_shows_the_range():
    assert {thread.need for thread in THREADS} == NEEDS
    assert {post.seen_by for post in POSTS} == {"everyone", "members", "facilitators"}
    notes = {note for thread in THREADS for note in thread.notes}
    notes |= {note for thread in THREADS for deed in thread.noted for note in deed.notes}
    assert notes <= set(Note.values)
    assert {kind for post in POSTS for _who, kind in post.supports} == SUPPORTS
    assert sum(post.unsigned for post in POSTS) >= 4
    assert any(post.edits for post in POSTS)
    assert {bool(post.taken_back.by) for post in POSTS if post.taken_back} == {True, False}
    assert any(thread.closed for thread in THREADS)
    assert any(thread.pinned for thread in THREADS)
    assert any(thread.noted for thread in THREADS)
    assert any(len(thread.posts) == 1 for thread in THREADS)  # somebody still waits
    assert {draft.writer for told in TOLD for draft in told.drafts} == {"Wren"}


@pytest.mark.parametrize("told", TOLD, ids=lambda told: told.group)
def test_whoever_acts_is_there_at_that_time_whichever_weekday_it_begins(told):
    people = GROUPS[told.group]["people"]
    for shift in range(7):
        begins = MONDAY + dt.timedelta(days=shift)
        for one in happenings(told, begins=begins, zone=LONDON):
            day = _days(one.moment) - shift
            assert one.by in {*people["members"], *people["staff"]}, one.by
            assert _here_from(told.group, one.by) <= day < WEEKS * 7, (one.by, one.thread, day)


@pytest.mark.parametrize("told", TOLD, ids=lambda told: told.group)
def test_things_happen_in_order(told):
    for thread in told.threads:
        at = [(post.at.days, post.at.time) for post in thread.posts]
        assert at == sorted(at), thread.key
        assert len(set(at)) == len(at), thread.key
        assert at[0][0] == 0, thread.key
        for post in thread.posts:
            assert post.quotes is None or 1 <= post.quotes < post.number, thread.key
            deeds = [*post.edits, *([post.taken_back] if post.taken_back else [])]
            for deed in deeds:
                assert (deed.at.days, deed.at.time) > (post.at.days, post.at.time), thread.key
        for deed in (*thread.noted, thread.pinned):
            assert deed is None or (deed.at.days, deed.at.time) > at[0], thread.key
        if thread.closed:
            assert (thread.closed.at.days, thread.closed.at.time) > at[-1], thread.key


@pytest.mark.parametrize("told", TOLD, ids=lambda told: told.group)
def test_the_words_for_things_are_known(told):
    notes, people = Note.values, GROUPS[told.group]["people"]
    assert set(told.talk.get("greeters", [])) <= set(people["members"])
    for thread in told.threads:
        assert thread.need in NEEDS
        assert {*thread.notes, *(n for deed in thread.noted for n in deed.notes)} <= set(notes)
        for deed in (*thread.noted, thread.pinned, thread.closed):
            assert deed is None or deed.by in people["staff"], thread.key
        for post in thread.posts:
            assert not post.unsigned or (
                told.talk["unsigned_allowed"] and post.writer in people["members"]
            )
            assert not post.taken_back or post.taken_back.by in {"", *people["staff"]}
            assert {kind for _who, kind in post.supports} <= SUPPORTS
            assert max(Counter(who for who, _kind in post.supports).values(), default=1) == 1
            assert post.writer not in {who for who, _kind in post.supports}, thread.key
            if thread.posts[0].seen_by == "facilitators":
                assert post.seen_by == "facilitators"
                allowed = {thread.posts[0].writer, *people["staff"]}
                assert {post.writer, *(who for who, _kind in post.supports)} <= allowed
    keys = {thread.key for thread in told.threads}
    assert all(draft.thread in {"", *keys} for draft in told.drafts)


def test_nothing_in_it_hurts_or_leads_out_of_the_house():
    for words in _words():
        for pattern in (HURTS, NUMBERS_THAT_HARM, WAYS_TO_REACH, CLICHES):
            assert not pattern.search(words), words


def test_no_number_is_spoken_where_none_may_be():
    """Plate and Purpose: no digits at all, so that no weight, size or amount can slip in."""
    told = next(told for told in TOLD if told.group == "Plate and Purpose")
    assert not [p.body for thread in told.threads for p in thread.posts if re.search(r"\d", p.body)]


def test_those_who_lead_do_not_raise_their_voices():
    staff = {name for part in GROUPS.values() for name in part["people"]["staff"]}
    assert not [post.body for post in POSTS if post.writer in staff and "!" in post.body]
    assert sum("!" in post.body for post in POSTS) < len(POSTS) / 15


def test_a_first_post_that_was_answered_was_answered_soon_by_whoever_greets():
    told = next(told for told in TOLD if told.group == "Tuesday Light")
    first = next(thread for thread in told.threads if thread.key == "stairs")
    assert first.posts[1].writer in told.talk["greeters"]
    minutes = [one.at.time.hour * 60 + one.at.time.minute for one in first.posts[:2]]
    assert minutes[1] - minutes[0] <= 60


def test_a_word_that_means_nothing_is_refused():
    with pytest.raises(TypeError):
        Post.read(1, {"writer": "Wren", "at": "10:00", "body": "Hello.", "likes": 3})
    with pytest.raises(ValueError):
        Post.read(1, {"writer": "Wren", "at": "later", "body": "Hello."})


def test_a_follow_up_waits_for_the_weekday_it_speaks_of():
    thread = next(thread for thread in THREADS if thread.key == "after-the-silence")
    for shift in range(7):
        begins = MONDAY + dt.timedelta(days=shift)
        assert thread.begins(begins).weekday() == 2
        assert 0 <= (thread.begins(begins) - begins).days - thread.day < 7


def test_what_somebody_shows_is_drawn_and_said_in_words():
    shown = [post for post in POSTS if post.picture or post.alt]
    assert {post.picture for post in shown} == set(DRAWN)
    assert all(20 < len(post.alt) <= LONGEST_ALT for post in shown)
    for name in DRAWN:
        assert as_sent(name) == as_sent(name)
