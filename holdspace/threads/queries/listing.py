"""A group's conversations, pinned ones first, then as they moved."""

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from holdspace.kit.guard import Unseen, sees
from holdspace.kit.viewer import Viewer
from holdspace.threads import rules
from holdspace.threads.models import Post, Talk, Thread
from holdspace.threads.queries.ground import talk_of
from holdspace.threads.queries.seen import (
    Listing,
    SeenPost,
    SeenThread,
    Speaker,
    label,
    opened,
    speaker_of,
    speakers_of,
)
from holdspace.threads.reading import Reading
from holdspace.threads.sight import posts_seen, threads_seen
from holdspace.threads.voices import Voice, voice_in
from holdspace.threads.waiting import usual_wait
from holdspace.threads.words import Need, Note

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
    rows: Any = Thread.objects.filter(threads_seen(voice, talk), talk=talk)
    if before:
        rows = rows.filter(pinned=False, moved__lt=before)
    rows = rows.defer("closing").select_related("staff").order_by("-pinned", "-moved")
    found = list(rows[: PAGE + 1])
    awaiting = _awaiting(voice, talk) if voice.greets and not before else []
    known = speakers_of(voice, [*found, *awaiting])
    shown = found[:PAGE]
    return Listing(
        voice=voice,
        talk=talk,
        reading=reading,
        threads=[seen_thread(thread, talk, reading, known) for thread in shown],
        awaiting=[_first_words(post, known) for post in awaiting],
        older=shown[-1].moved if len(found) > PAGE else 0,
        usual_wait=usual_wait(talk),
    )


def _awaiting(voice: Voice, talk: Talk) -> list[Post]:
    """First posts that nobody else has answered yet, the longest wait first."""
    rows = Post.objects.filter(posts_seen(voice, talk), awaits=True).select_related("thread")
    return list(
        rows.filter(_not_mine(voice)).defer("words", "why").order_by("place")[:MOST_AWAITING]
    )


def _not_mine(voice: Voice) -> Q:
    return ~Q(member=voice.member.pk) if voice.member is not None else Q()


def _first_words(post: Post, known: dict[int, Speaker]) -> SeenPost:
    return SeenPost(post, speaker_of(post, known), opened(post, "shown") or {})


def seen_thread(
    thread: Thread, talk: Talk, reading: Reading, known: dict[int, Speaker]
) -> SeenThread:
    """A conversation as one reader's list shows it; of rows seen already, so without a viewer."""
    head: dict[str, Any] = opened(thread, "head") or {}
    notes, title = head.get("notes", []), str(head.get("title", ""))
    return SeenThread(
        thread=thread,
        speaker=speaker_of(thread, known),
        title=title,
        need=label(Need, head.get("need", "")),
        notes=tuple(label(Note, note) for note in notes),
        folded=bool(reading.folded(notes, talk.folded)) or reading.has_muted_word(title),
        muted=thread.number in reading.muted_threads or thread.member_id in reading.people,
        new=reading.has_new(thread.number, thread.last_number),
        followed=thread.number in reading.followed,
    )
