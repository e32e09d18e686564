"""One conversation, twenty posts a page, and one post by itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from holdspace.kit.guard import Unseen, sees
from holdspace.kit.viewer import Viewer
from holdspace.threads import rules
from holdspace.threads.models import Post, Support, Thread, Version
from holdspace.threads.queries.ground import mine, reading_of
from holdspace.threads.queries.seen import (
    PAGE,
    Conversation,
    SeenPost,
    Speaker,
    label,
    opened,
    speaker_of,
    speakers_of,
    staff_speaker,
)
from holdspace.threads.reading import Reading
from holdspace.threads.sight import posts_in
from holdspace.threads.voices import Voice, voice_in
from holdspace.threads.words import Kind, Note, Speaks

if TYPE_CHECKING:
    from holdspace.groups.models import Group

_UNREAD = ("words", "why", "owner", "writer")


@sees
def conversation_at(group: "Group", number: int, *, viewer: Viewer, start: int = 0) -> Conversation:
    """A page of a conversation: from post `start`, else where the unread begin. Raises Unseen."""
    voice = voice_in(group, viewer)
    thread, reading = _thread(group, number, voice)
    first = _first_of_page(thread, reading, start)
    rows: Any = Post.objects.filter(posts_in(voice, thread), thread=thread)
    rows = rows.filter(number__gte=first, number__lt=first + PAGE).select_related("quotes", "staff")
    posts = list(_lean(rows).order_by("number"))
    return _conversation(voice, thread, reading, posts, first)


def _thread(group: "Group", number: int, voice: Voice) -> tuple[Thread, Reading]:
    """The thread with its talk, this voice's reader and draft, in one query. Raises Unseen."""
    rows: Any = Thread.objects.filter(talk=group.pk, number=number)
    rows = rows.annotate(reader=mine(voice, "talk__readers"), draft=mine(voice, "drafts"))
    thread = rows.select_related("talk", "reader", "draft").first()
    if thread is None:
        raise Unseen
    thread.talk.group = group
    if not rules.may_see_thread(voice, thread.talk, thread):
        raise Unseen
    return thread, reading_of(getattr(thread, "reader", None))


def _lean(rows: Any) -> Any:
    return rows.defer(*_UNREAD, *(f"quotes__{name}" for name in _UNREAD))


def _first_of_page(thread: Thread, reading: Reading, start: int) -> int:
    """Pages begin at 1, 21, 41 and so on, so that an address shows the same words tomorrow."""
    wanted = start or reading.read_to(thread.number) + 1
    wanted = min(max(wanted, 1), thread.last_number)
    return (wanted - 1) // PAGE * PAGE + 1


@dataclass(frozen=True, slots=True)
class _Look:
    """One reader looking at one conversation, and who is named in it."""

    voice: Voice
    thread: Thread
    reading: Reading
    known: dict[int, Speaker]


def _conversation(
    voice: Voice, thread: Thread, reading: Reading, posts: list[Post], first: int
) -> Conversation:
    said = _supports(posts)
    quoted = [post.quotes for post in posts if post.quotes is not None]
    look = _Look(voice, thread, reading, speakers_of(voice, [*posts, *quoted, *said]))
    by_post: dict[int, list[Support]] = {}
    for support in said:
        by_post.setdefault(support.post_id, []).append(support)
    return Conversation(
        voice=voice,
        talk=thread.talk,
        thread=thread,
        reading=reading,
        head=opened(thread, "head") or {},
        posts=[_seen(look, post, by_post.get(post.pk, ())) for post in posts],
        first=first,
        last=posts[-1].number if posts else 0,
        draft=getattr(thread, "draft", None),
        closing=(opened(thread, "closing") or {}) if thread.is_closed else {},
    )


def _supports(posts: list[Post]) -> list[Support]:
    """Every support of these posts in one query, in the order in which they were said."""
    if not posts:
        return []
    rows = Support.objects.filter(post__in=[post.pk for post in posts if post.is_here])
    return list(rows.select_related("staff").order_by("number"))


def _seen(look: _Look, post: Post, supports: Iterable[Support]) -> SeenPost:
    post.talk, post.thread = look.thread.talk, look.thread
    shown: dict[str, Any] = (opened(post, "shown") or {}) if post.is_here else {}
    named = look.voice.is_named_by(post)
    return SeenPost(
        post=post,
        speaker=speaker_of(post, look.known),
        shown=shown,
        mine=named,
        new=not named and post.number > look.reading.read_to(look.thread.number),
        folded=() if named else _folded(look, post, shown),
        quote=_quote(look, post.quotes) if post.quotes is not None else None,
        supports=_in_words(supports, look.known),
        my_support=next((s.kind for s in supports if look.voice.is_named_by(s)), ""),
    )


def _folded(look: _Look, post: Post, shown: dict[str, Any]) -> tuple[Any, ...]:
    """Why a post is folded for this reader, in words; nothing for an open one."""
    reading, by_group = look.reading, look.thread.talk.folded
    why: list[Any] = [label(Note, n) for n in reading.folded(shown.get("notes", []), by_group)]
    if reading.words and reading.has_muted_word(shown.get("html", "")):
        why.append(_("a word you muted"))
    if post.member_id is not None and post.member_id in reading.people:
        why.append(_("somebody you muted"))
    if post.speaks == Speaks.UNSIGNED and reading.hides_unsigned:
        why.append(_("written without a name"))
    return tuple(why)


def _quote(look: _Look, quoted: Post) -> tuple[int, Speaker, str] | None:
    """The quoted words as they stand now; nothing where this reader may not see them any more."""
    if not quoted.is_here or not rules.may_see_post(
        look.voice, look.thread.talk, look.thread, quoted
    ):
        return None
    shown = opened(quoted, "shown") or {}
    folded = not shown or bool(_folded(look, quoted, shown))
    brief = "" if folded else str(shown.get("brief", ""))
    return quoted.number, speaker_of(quoted, look.known), brief


def _in_words(
    supports: Iterable[Support], known: dict[int, Speaker]
) -> tuple[tuple[str, list[str]], ...]:
    """Supports as words with names, in the order of the words, never counted."""
    names: dict[str, list[str]] = {}
    for support in supports:
        who = staff_speaker(support.staff) if support.staff_id else known.get(support.member_id)
        if who:
            names.setdefault(support.kind, []).append(who.name)
    return tuple((str(kind.label), names[kind]) for kind in Kind if kind in names)


@sees
def thread_at(group: "Group", number: int, *, viewer: Viewer) -> Thread:
    """One conversation with its talk, to be acted on. Raises Unseen."""
    return _thread(group, number, voice_in(group, viewer))[0]


@sees
def answering(group: "Group", number: int, *, viewer: Viewer, quote: int = 0) -> Conversation:
    """A conversation to be answered, with the one post that is quoted, if any. Raises Unseen."""
    voice = voice_in(group, viewer)
    row, reading = _thread(group, number, voice)
    posts: list[Post] = []
    if quote:
        rows: Any = Post.objects.filter(posts_in(voice, row), thread=row, number=quote)
        posts = list(_lean(rows.select_related("quotes", "staff")))
    return _conversation(voice, row, reading, posts, 1)


@sees
def post_at(group: "Group", thread: int, number: int, *, viewer: Viewer) -> Conversation:
    """One post in its conversation, its words ready to be edited by its writer. Raises Unseen."""
    voice = voice_in(group, viewer)
    row, reading = _thread(group, thread, voice)
    rows: Any = Post.objects.filter(posts_in(voice, row), thread=row, number=number)
    posts = list(rows.select_related("quotes", "staff"))
    if not posts:
        raise Unseen
    return _conversation(voice, row, reading, posts, number)


@sees
def versions_of(post: Post, *, viewer: Viewer) -> list[Version]:
    """The earlier wordings of a post, newest first, for its writer alone. Raises Unseen."""
    voice = voice_in(post.talk.group, viewer)
    if not rules.is_writer(voice, post):
        raise Unseen
    return list(Version.objects.filter(post=post).order_by("-number"))
