"""Beginning a conversation and answering in one."""

from secrets import SystemRandom
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from holdspace.kit import clock
from holdspace.kit.guard import Refused, demand
from holdspace.kit.ids import new_id
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import act
from holdspace.ledger.events import announce
from holdspace.threads import rules
from holdspace.threads.actions.ground import Said, add_post, answered, lock, lock_thread
from holdspace.threads.actions.picturing import Pictured, hang, showing
from holdspace.threads.models import Post, Talk, Thread, Version
from holdspace.threads.queries.ground import me_in
from holdspace.threads.queries.rows import drafts_of, post_sent
from holdspace.threads.queries.seen import opened
from holdspace.threads.sending import post_id_of
from holdspace.threads.voices import Voice, voice_in
from holdspace.threads.words import Audience, Need, Note

if TYPE_CHECKING:
    from holdspace.groups.models import Group

LONGEST = 12_000  # characters of a post
LONGEST_TITLE = 120
APART = 400_000_000  # numbers that no group reaches by counting, and that fit into every address

_chance = SystemRandom()


class SentBefore(Exception):
    """From this composer other words were sent before, as `post`; nothing was written."""

    def __init__(self, post: Post) -> None:
        super().__init__(post.pk)
        self.post = post


@act
def open_thread(
    *,
    by: Viewer,
    group: "Group",
    title: str,
    words: str,
    need: str = "",
    notes: tuple[str, ...] = (),
    seen_by: str = "",
    unsigned: bool = False,
    key: int = 0,
    picture: Pictured | None = None,
) -> Thread:
    """Begin a conversation. Sent twice with the same composer's key it is one conversation.

    Raises Refused (nothing written, too long, not allowed here), SentBefore, Unseen.
    """
    talk, voice = lock(group), voice_in(group, by)
    demand(rules.may_speak(voice, group))
    post_id = post_id_of(voice, key or new_id())
    before = post_sent(post=post_id)
    if before:
        sent: Thread = before[0].thread
        before[0].talk = sent.talk = talk
        _demand_the_same(before[0], words, title)
        return sent
    audience = Audience(seen_by or Audience.MEMBERS).value
    shown = showing(voice, talk, None, picture, unsigned=unsigned)
    asked = _need(talk, need)
    said = Said(words_of(words), asked, notes_of(notes), audience, unsigned, picture=shown)
    demand(rules.may_be_seen_by(talk, said.seen_by))
    thread = _new_thread(talk, said)
    post = add_post(voice, talk, thread, said, post_id)
    thread.scope, thread.member, thread.staff = post.scope, post.member, post.staff
    thread.moved, thread.head = post.place, _head(title, said)
    thread.save(force_insert=True)
    _settle(talk, thread, post, said)
    _drop_draft(voice, talk, None, said, key)
    return thread


def _new_thread(talk: Talk, said: Said) -> Thread:
    today = clock.today()
    return Thread(
        organisation_id=talk.organisation_id,
        talk=talk,
        number=_number(talk, said.seen_by),
        seen_by=said.seen_by,
        day=today,
        last_day=today,
    )


def _number(talk: Talk, seen_by: str) -> int:
    """Numbered through, save for facilitators alone: to all others a gap would tell of it."""
    if seen_by != Audience.FACILITATORS:
        talk.last_thread += 1
        return talk.last_thread
    number = APART + _chance.randrange(APART)
    taken = Thread.objects.filter(talk=talk, number=number).exists()
    return _number(talk, seen_by) if taken else number


def _head(title: str, said: Said) -> dict[str, Any]:
    return {"title": title_of(title), "need": said.need, "notes": sorted(set(said.notes))}


@act
def post_reply(
    *,
    by: Viewer,
    thread: Thread,
    words: str,
    need: str = "",
    notes: tuple[str, ...] = (),
    seen_by: str = "",
    quotes: int = 0,
    unsigned: bool = False,
    key: int = 0,
    picture: Pictured | None = None,
) -> Post:
    """Answer in a conversation. Sent twice with the same composer's key it is one post.

    `quotes` is the number of a post of the same conversation. Raises Refused, SentBefore, Unseen.
    """
    group = thread.talk.group
    talk, voice = lock(group), voice_in(group, by)
    thread = lock_thread(talk, thread, voice)
    demand(rules.may_answer(voice, thread))
    post_id = post_id_of(voice, key or new_id())
    before = post_sent(post=post_id)
    if before:
        before[0].talk, before[0].thread = talk, thread
        _demand_the_same(before[0], words)
        return before[0]
    audience = Audience(seen_by or thread.seen_by).value
    quoted = _quoted(voice, thread, quotes)
    shown = showing(voice, talk, thread, picture, unsigned=unsigned)
    said = Said(words_of(words), need_of(need), notes_of(notes), audience, unsigned, quoted, shown)
    demand(rules.may_be_seen_by(talk, audience, thread))
    thread.last_number += 1
    thread.turn += 1
    post = add_post(voice, talk, thread, said, post_id)
    _move(thread, post)
    _settle(talk, thread, post, said)
    _drop_draft(voice, talk, thread, said, key)
    return post


def _move(thread: Thread, post: Post) -> None:
    """Put the conversation first in the list; not for words in confidence, that would tell."""
    if post.seen_by in {thread.seen_by, Audience.MEMBERS.value}:
        thread.last_day, thread.moved = post.day, post.place
    thread.save(update_fields=["last_number", "last_day", "moved", "turn"])


def _settle(talk: Talk, thread: Thread, post: Post, said: Said) -> None:
    """Write the post and the counters, and tell who listens; open facts only."""
    post.save(force_insert=True)
    hang(post, said.picture)
    answered(talk, thread, post)
    talk.save(update_fields=["last_thread", "last_place", "waits"])
    announce("threads.posted", group=talk.pk, thread=thread.pk, post=post.pk)


def _quoted(voice: Voice, thread: Thread, number: int) -> Post | None:
    """The post that is quoted; none where its words went while somebody answered them."""
    if not number:
        return None
    post: Post | None = Post.objects.filter(thread=thread, number=number).first()
    if post is None or not rules.may_see_post(voice, thread.talk, thread, post):
        return None
    return post


def title_of(title: str) -> str:
    """A title on one line; not an act. Raises Refused."""
    title = " ".join(title.split())
    if not title or len(title) > LONGEST_TITLE:
        raise Refused(_("Give it a few words as a title, at most 120 characters."))
    return title


def words_of(words: str) -> str:
    """Words that can be sent; not an act. Raises Refused."""
    words = words.strip()
    if not words:
        raise Refused(_("Write something first. A few words are enough."))
    if len(words) > LONGEST:
        raise Refused(_("This is very long. Send it in two parts."))
    return words


def _need(talk: Talk, need: str) -> str:
    if talk.need_asked and not need:
        raise Refused(_("In this group we say what we need: listening, experience, advice."))
    return need_of(need)


def need_of(need: str) -> str:
    """A need that there is, or none; not an act. Raises ValueError."""
    return Need(need).value if need else ""


def notes_of(notes: tuple[str, ...]) -> tuple[str, ...]:
    """Content notes that there are; not an act. Raises ValueError."""
    return tuple(Note(note).value for note in notes)


def _demand_the_same(post: Post, words: str, title: str = "") -> None:
    """What is sent again is what was sent: as it stands, or as it stood before it was changed."""
    head = (post.thread.head or {}).get("title", "") if title else ""
    if post.words == words.strip() and head == " ".join(title.split()):
        return
    earlier = Version.objects.filter(post=post)
    if not any(version.words == words.strip() for version in earlier):
        raise SentBefore(post)


def _drop_draft(voice: Voice, talk: Talk, thread: Thread | None, said: Said, key: int) -> None:
    """The draft is spent, unless it is of another page, where somebody may be writing on.

    One of an unsigned post goes later, by the clock: else it would tell.
    """
    if said.unsigned:
        return
    number = thread.pk if thread is not None else 0
    within = thread is not None
    for draft in drafts_of(talk=talk.pk, thread=number, within=within, **me_in(voice)):
        if (opened(draft, "kept") or {}).get("key", 0) in {0, key}:
            draft.delete()
