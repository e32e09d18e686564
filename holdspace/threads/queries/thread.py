"""One conversation, twenty posts a page, and one post by itself."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from holdspace.kit.guard import Unseen, sees
from holdspace.kit.viewer import Viewer
from holdspace.threads import rules
from holdspace.threads.models import Picture, Post, Support, Thread, Version
from holdspace.threads.queries.folding import text_of, why_folded
from holdspace.threads.queries.ground import heard_by, me_in, reading_of
from holdspace.threads.queries.rows import (
    ALL,
    posts_between,
    posts_turned,
    supports_between,
    thread_and_reader,
)
from holdspace.threads.queries.seen import (
    PAGE,
    Conversation,
    Quote,
    SeenPost,
    Speakers,
    opened,
)
from holdspace.threads.reading import Reading
from holdspace.threads.voices import Voice, voice_in
from holdspace.threads.words import Audience, Kind, Speaks

if TYPE_CHECKING:
    from holdspace.groups.models import Group


_TALK: Any = Post._meta.get_field("talk")
_THREAD: Any = Post._meta.get_field("thread")


@sees
def conversation_at(group: "Group", number: int, *, viewer: Viewer, start: int = 0) -> Conversation:
    """A page of a conversation: from post `start`, else where the unread begin. Raises Unseen."""
    voice = voice_in(group, viewer)
    thread, reading = _thread(group, number, voice)
    first = _first_of_page(thread, reading, start)
    return _conversation(voice, thread, reading, first, first + PAGE - 1)


def _thread(group: "Group", number: int, voice: Voice) -> tuple[Thread, Reading]:
    """The thread with its talk, this voice's reader and draft, in one query. Raises Unseen."""
    found = thread_and_reader(group=group.pk, number=number, **me_in(voice))
    if not found:
        raise Unseen
    thread = found[0]
    thread.talk.group = group
    if not rules.may_see_thread(voice, thread.talk, thread):
        raise Unseen
    return thread, reading_of(getattr(thread, "reader", None))


def _first_of_page(thread: Thread, reading: Reading, start: int) -> int:
    """Pages begin at 1, 21, 41 and so on, so that an address shows the same words tomorrow."""
    wanted = start or reading.read_to(thread.number) + 1
    wanted = min(max(wanted, 1), thread.last_number)
    return (wanted - 1) // PAGE * PAGE + 1


@dataclass(frozen=True, slots=True)
class _Look:
    """One reader looking at one conversation, and who is named in it.

    Without a reading it is a circle of readers: nothing is folded, each does that in their page.
    """

    voice: Voice
    thread: Thread
    reading: Reading | None
    speakers: Speakers
    read_to: int = 0
    folds: bool = False  # whether anything at all is folded for them here


def _conversation(
    voice: Voice, thread: Thread, reading: Reading, first: int, last: int
) -> Conversation:
    """The posts from `first` to `last` as this voice may see them, in two queries."""
    folds = bool(thread.talk.folded) or reading.folds_some
    look = _Look(voice, thread, reading, Speakers(), reading.read_to(thread.number), folds)
    between = {"thread": thread.pk, "first": first, "last": last}
    heard = _hearing(voice, thread)
    posts = posts_between(**between, **heard, whole=first == last) if last >= first else []
    return Conversation(
        voice=voice,
        talk=thread.talk,
        thread=thread,
        reading=reading,
        head=opened(thread, "head") or {},
        posts=_all_seen(look, posts),
        first=first,
        last=posts[-1].number if posts else 0,
        draft=getattr(thread, "draft", None),
        closing=(opened(thread, "closing") or {}) if thread.is_closed else {},
    )


def _hearing(voice: Voice, thread: Thread) -> dict[str, Any]:
    """Whose posts this voice sees in it: who sees one to facilitators alone sees all of it."""
    if thread.seen_by == Audience.FACILITATORS:
        return {"heard": ALL, "me": 0}
    return heard_by(voice)


def turned(voice: Voice, thread: Thread, after: int, *, most: int) -> list[SeenPost] | None:
    """The posts that changed after a turn, as a circle of readers may see them; None for many.

    Asked by the live line for a voice without a face, whose listeners the page let in and whose
    standing was asked again a moment before; hence without a viewer.
    """
    look = _Look(voice, thread, None, Speakers())
    heard = _hearing(voice, thread)
    posts = posts_turned(thread=thread.pk, after=after, many=most + 1, **heard)
    return None if len(posts) > most else _all_seen(look, posts)


def _all_seen(look: _Look, posts: list[Post]) -> list[SeenPost]:
    """Posts in their order, with the supports of all of them in one query."""
    if not posts:
        return []
    supports: dict[int, list[Support]] = {}
    between = {"thread": look.thread.pk, "first": posts[0].number, "last": posts[-1].number}
    for support in supports_between(**between):
        supports.setdefault(support.post_id, []).append(support)
    return [_seen(look, post, supports.get(post.id, ())) for post in posts]


def _seen(look: _Look, post: Post, supports: Collection[Support]) -> SeenPost:
    _TALK.set_cached_value(post, look.thread.talk)  # twenty times: not through the descriptor
    _THREAD.set_cached_value(post, look.thread)
    shown: dict[str, Any] = (opened(post, "shown") or {}) if post.is_here else {}
    named = look.voice.is_named_by(post)
    return SeenPost(
        post=post,
        speaker=look.speakers.of(post),
        shown=shown,
        mine=named,
        new=not named and post.number > look.read_to,
        folded=() if named else _folded(look, post, shown),
        quote=_quote(look, post.quotes) if post.quotes is not None else None,
        supports=_in_words(look, supports),
        my_support=next((s.kind for s in supports if look.voice.is_named_by(s)), ""),
    )


def _folded(look: _Look, post: Post, shown: dict[str, Any]) -> tuple[Any, ...]:
    if look.reading is None or not look.folds:
        return ()
    return why_folded(look.reading, look.thread.talk.folded, post, shown)


def _quote(look: _Look, quoted: Post) -> Quote | None:
    """The quoted words as they stand now; nothing where this reader may not see them any more."""
    if not quoted.is_here or not rules.may_see_post(
        look.voice, look.thread.talk, look.thread, quoted
    ):
        return None
    shown = opened(quoted, "shown") or {}
    folded = not shown or bool(_folded(look, quoted, shown))
    brief, text = str(shown.get("brief", "")), ""
    if look.reading is None:  # each page looks for muted words in all of it, as we do for one
        text = text_of(shown)
    return Quote(
        quoted.number,
        look.speakers.of(quoted),
        "" if folded else brief,
        tuple(shown.get("notes", ())),
        unsigned=quoted.speaks == Speaks.UNSIGNED,
        text="" if text.strip() == brief else text,
    )


def _in_words(look: _Look, supports: Collection[Support]) -> tuple[tuple[str, list[str]], ...]:
    """Supports as words with names, in the order of the words, never counted."""
    if not supports:
        return ()
    names: dict[str, list[str]] = {}
    for support in supports:
        who = look.speakers.of(support)
        if who:
            names.setdefault(support.kind, []).append(who.name)
    return tuple((str(kind.label), names[kind]) for kind in Kind if kind in names)


@sees
def thread_at(group: "Group", number: int, *, viewer: Viewer) -> Thread:
    """One conversation with its talk, to be acted on. Raises Unseen."""
    return _thread(group, number, voice_in(group, viewer))[0]


@sees
def answering(group: "Group", number: int, *, viewer: Viewer, quote: int = 0) -> Conversation:
    """A conversation to be answered, with the one post that is quoted, if any. Raises Unseen.

    Without a `quote` it is the one that is quoted in a draft.
    """
    voice = voice_in(group, viewer)
    row, reading = _thread(group, number, voice)
    draft = getattr(row, "draft", None)
    if draft is not None and not quote:
        quote = (opened(draft, "kept") or {}).get("quotes", 0)
    quote = quote if quote <= row.last_number else 0
    return _conversation(voice, row, reading, quote or 1, quote)


@sees
def post_at(group: "Group", thread: int, number: int, *, viewer: Viewer) -> Conversation:
    """One post in its conversation. Raises Unseen."""
    voice = voice_in(group, viewer)
    row, reading = _thread(group, thread, voice)
    seen = _conversation(voice, row, reading, number, number)
    if not seen.posts:
        raise Unseen
    return seen


@sees
def picture_of(
    group: "Group", thread: int, number: int, *, viewer: Viewer, large: bool = False
) -> bytes:
    """The bytes of a post's picture, for whoever may see the post. Raises Unseen."""
    voice = voice_in(group, viewer)
    within, _reading = _thread(group, thread, voice)
    one = {"thread": within.pk, "first": number, "last": number}
    posts = posts_between(**one, **_hearing(voice, within), whole=True)
    if not posts or not posts[0].is_here:
        raise Unseen
    row = Picture.objects.filter(post=posts[0]).defer("small" if large else "large").first()
    found: bytes | None = opened(row, "large" if large else "small") if row is not None else None
    if not found:
        raise Unseen
    return found


@sees
def versions_of(post: Post, *, viewer: Viewer) -> list[Version]:
    """The earlier wordings of a post, newest first, for its writer alone. Raises Unseen."""
    voice = voice_in(post.talk.group, viewer)
    if not rules.is_writer(voice, post):
        raise Unseen
    return list(Version.objects.filter(post=post).order_by("-number"))
