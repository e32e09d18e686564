"""What acts of this package share: the group's talk under its lock, and posts being written.

Lock order, the same in every act: Talk, Thread, Post.
"""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F, OuterRef, QuerySet, Subquery

from holdspace.kit import clock, prose
from holdspace.kit.guard import Unseen, demand
from holdspace.members.queries import as_it_stands
from holdspace.threads import rules
from holdspace.threads.actions.picturing import Showing
from holdspace.threads.models import Post, Talk, Thread
from holdspace.threads.queries.rows import awaiting_in, first_said, talk_locked, thread_locked
from holdspace.threads.voices import Voice
from holdspace.threads.waiting import learn
from holdspace.threads.words import Audience, Speaks
from holdspace.vault.scopes import fold_wal, open_scope
from holdspace.vault.sealing import Unopenable

if TYPE_CHECKING:
    from holdspace.groups.models import Group


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody is saying: the words and what goes with them."""

    words: str
    need: str = ""
    notes: tuple[str, ...] = ()
    seen_by: str = Audience.MEMBERS.value
    unsigned: bool = False
    quotes: Post | None = None
    picture: Showing | None = None


def lock(group: "Group") -> Talk:
    """The group's talk, locked until the act ends; made when anybody first speaks. Not an act."""
    found = talk_locked(group=group.pk)
    talk: Talk = found[0] if found else _begun(group)
    talk.group = group
    return talk


def _begun(group: "Group") -> Talk:
    talk: Talk = Talk.objects.select_for_update().get_or_create(
        group=group,
        defaults={
            "organisation_id": group.organisation_id,
            "scope": group.scope,
            "glass": lambda: open_scope(group.scope),
        },
    )[0]
    return talk


def talk_in(group: "Group") -> Talk:
    """The group's talk without its lock, for acts that move no counter. Raises Unseen."""
    talk: Talk | None = Talk.objects.filter(group=group).first()
    if talk is None:
        raise Unseen
    talk.group = group
    return talk


def lock_thread(talk: Talk, thread: Thread, voice: Voice) -> Thread:
    """The thread as it stands now, locked. Raises Unseen."""
    rows = thread_locked(talk=talk.pk, thread=thread.pk)
    if not rows:
        raise Unseen
    found = rows[0]
    found.talk = talk
    if not rules.may_see_thread(voice, talk, found):
        raise Unseen
    return found


def lock_post(talk: Talk, post: Post, voice: Voice) -> Post:
    """The post and its thread as they stand now, the post locked. Raises Unseen."""
    rows = Post.objects.select_for_update(of=("self",)).select_related("thread")
    found: Post | None = rows.filter(talk=talk, pk=post.pk).first()
    if found is None:
        raise Unseen
    found.talk = found.thread.talk = talk
    if not rules.may_see_post(voice, talk, found.thread, found):
        raise Unseen
    return found


def turn(post: Post, *, words: bool = True) -> Post:
    """A post changes so that it can be seen: its conversation turns, and open pages are told.

    With its `words` whatever quotes them changes too. The post's own row is left to the caller.
    Under the talk's lock.
    """
    post.thread.turn += 1
    post.thread.save(update_fields=["turn"])
    post.turn = post.thread.turn
    if words:
        Post.objects.filter(quotes=post).update(turn=post.turn)
    return post


def turn_all(posts: QuerySet[Post]) -> None:
    """The same for many posts, before they change. Quotes are of the same conversation."""
    Thread.objects.filter(pk__in=posts.values("thread")).update(turn=F("turn") + 1)
    Post.objects.filter(quotes__in=posts).update(turn=turn_of_thread())
    posts.update(turn=turn_of_thread())


def turn_of_thread() -> Subquery:
    """How far the conversation of a post has turned, in an update; not an act."""
    return Subquery(Thread.objects.filter(pk=OuterRef("thread")).values("turn")[:1])


def turn_itself(thread: Thread) -> Thread:
    """The conversation changes, not a post of it; its row is left to the caller."""
    thread.turn += 1
    thread.own_turn = thread.turn
    return thread


def shown_of(said: Said, at: str = "", picture: Any = None) -> dict[str, Any]:
    """What pages show of a post: rendered here, once. `picture` is one that was there before."""
    html = prose.render(said.words)
    shown = {
        "html": html,
        "brief": prose.brief(html),
        "at": at or clock.now().isoformat(timespec="minutes"),
        "need": said.need,
        "notes": sorted(set(said.notes)),
        "picture": said.picture.facts if said.picture is not None else picture,
    }
    return {name: value for name, value in shown.items() if value}


def add_post(voice: Voice, talk: Talk, thread: Thread, said: Said, post_id: int) -> Post:
    """A new post at the end of a thread; the rows of talk and thread are left to the caller."""
    talk.last_place += 1
    post = Post(
        id=post_id,
        organisation_id=talk.organisation_id,
        talk=talk,
        thread=thread,
        number=thread.last_number,
        place=talk.last_place,
        turn=thread.turn,
        quotes=said.quotes,
        seen_by=said.seen_by,
        day=clock.today(),
    )
    _sign(post, voice, unsigned=said.unsigned)
    post.words, post.shown = said.words, shown_of(said)
    return post


def _sign(post: Post, voice: Voice, *, unsigned: bool) -> None:
    """Who speaks, and under what it is sealed. An unsigned post names nobody outside the glass."""
    if unsigned:
        demand(rules.may_go_unsigned(voice, post.talk, post.seen_by))
        assert voice.member is not None  # noqa: S101 -- the rule asked
        post.speaks = Speaks.UNSIGNED.value
        post.scope = open_scope(post.talk.scope)
        post.owner = voice.tag_of("unsigned", post.pk)
        post.writer = {"member": voice.member.pk}
        post.fades, post.fresh = {}, True
        transaction.on_commit(fold_wal)
        return
    post.scope = voice.scope
    post.member, post.staff = voice.member, voice.staff
    post.speaks = (Speaks.STAFF if voice.staff is not None else Speaks.MEMBER).value
    if voice.member is not None:
        if not as_it_stands(voice.member).is_current:  # locked: nobody speaks after they have left
            raise Unseen
        post.first = post.awaits = not first_said(member=voice.member.pk)


def answered(talk: Talk, thread: Thread, post: Post) -> None:
    """Somebody's first post in this thread has its answer; the group's waiting times learn it.

    An unsigned post does not count: it may be the newcomer's own.
    """
    if post.speaks == Speaks.UNSIGNED:
        return
    for first in awaiting_in(talk=talk.pk, thread=thread.pk):
        own = post.member_id is not None and first.member_id == post.member_id
        if own or first.pk == post.pk:
            continue
        first.awaits = False
        first.save(update_fields=["awaits"])
        _learn(talk, first)


def _learn(talk: Talk, first: Post) -> None:
    try:
        since = dt.datetime.fromisoformat((first.shown or {})["at"])
    except (Unopenable, KeyError):
        return
    learn(talk, (clock.now() - since).total_seconds() / 3600)
