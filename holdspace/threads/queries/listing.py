"""A group's conversations, pinned ones first, then as they moved."""

from typing import TYPE_CHECKING, Any

from holdspace.kit import clock
from holdspace.kit.guard import Unseen, sees
from holdspace.kit.viewer import Viewer
from holdspace.threads import rules
from holdspace.threads.models import Post, Talk, Thread
from holdspace.threads.queries.ground import heard_by, me_in, talk_of
from holdspace.threads.queries.rows import threads_of
from holdspace.threads.queries.seen import (
    NOBODY,
    Listing,
    SeenPost,
    SeenThread,
    Speakers,
    Waiting,
    label,
    opened,
)
from holdspace.threads.reading import Reading
from holdspace.threads.sending import unsent
from holdspace.threads.sight import others_than, posts_seen
from holdspace.threads.voices import Voice, voice_in
from holdspace.threads.waiting import usual_wait
from holdspace.threads.words import Late, Need, Note

if TYPE_CHECKING:
    from holdspace.groups.models import Group

PAGE = 20
MOST_AWAITING = 5


@sees
def threads_in(group: "Group", *, viewer: Viewer, before: int = 0) -> Listing:
    """A page of conversations; `before` is where the page before ended. Raises Unseen."""
    voice = voice_in(group, viewer)
    talk, reading = talk_of(group, voice)
    if not rules.may_read(voice, talk):
        raise Unseen
    mine = me_in(voice)
    who = {**heard_by(voice), "reader": mine["me"], "works": mine["works"]}
    found = threads_of(group=group.pk, **_slice(voice, talk, before), **who)
    awaiting = _awaiting(voice, talk) if voice.greets and not before else []
    speakers = Speakers()
    shown = found[:PAGE]
    seen = [seen_thread(thread, talk, reading, speakers) for thread in shown]
    return Listing(
        voice=voice,
        talk=talk,
        reading=reading,
        threads=seen,
        awaiting=[_first_words(post, speakers) for post in awaiting],
        older=shown[-1].moved if len(found) > PAGE else 0,
        usual_wait=usual_wait(talk),
        drafts=_drafts(talk, shown, seen),
    )


def _slice(voice: Voice, talk: Talk, before: int) -> dict[str, Any]:
    """From where the page goes, and for late joiners since which day."""
    late = talk.late == Late.FROM_JOINING and voice.member is not None and not voice.facilitates
    day = voice.member.joined_on if late and voice.member is not None else clock.today()
    return {"since": late, "day": day, "older": bool(before), "before": before, "many": PAGE + 1}


def _awaiting(voice: Voice, talk: Talk) -> list[Post]:
    """First posts that nobody else has answered yet, the longest wait first."""
    rows = Post.objects.filter(posts_seen(voice, talk), awaits=True)
    rows = rows.select_related("thread", "member", "staff")
    return list(
        rows.filter(others_than(voice)).defer("words", "why").order_by("place")[:MOST_AWAITING]
    )


def _drafts(talk: Talk, threads: list[Thread], seen: list[SeenThread]) -> list[Waiting]:
    """Where on this page words wait that this voice began and has not sent."""
    places = [(getattr(talk, "draft", None), Waiting(0, ""))]
    for thread, one in zip(threads, seen, strict=True):
        title = "" if one.folded else one.title
        places.append((getattr(thread, "draft", None), Waiting(one.thread.number, title)))
    living = {draft.pk for draft in unsent([draft for draft, _place in places if draft])}
    return [place for draft, place in places if draft and draft.pk in living]


def _first_words(post: Post, speakers: Speakers) -> SeenPost:
    return SeenPost(post, speakers.of(post), opened(post, "shown") or {})


def seen_thread(thread: Thread, talk: Talk, reading: Reading, speakers: Speakers) -> SeenThread:
    """A conversation as one reader's list shows it; of rows seen already, so without a viewer."""
    head: dict[str, Any] = opened(thread, "head") or {}
    notes, title = head.get("notes", []), str(head.get("title", ""))
    return SeenThread(
        thread=thread,
        speaker=speakers.of(thread) if head else NOBODY,
        title=title,
        need=label(Need, head.get("need", "")),
        notes=tuple(label(Note, note) for note in notes),
        folded=bool(reading.folded(notes, talk.folded)) or reading.has_muted_word(title),
        muted=thread.number in reading.muted_threads or thread.member_id in reading.people,
        new=reading.has_new(thread.number, getattr(thread, "heard_last", None)),
        followed=thread.number in reading.followed,
    )
