"""Changing one's own words, and taking them back behind a quiet placeholder."""

from typing import Any

from holdspace.kit import clock
from holdspace.kit.guard import demand
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import act
from holdspace.ledger.chain import record
from holdspace.ledger.events import announce
from holdspace.threads import rules
from holdspace.threads.actions.ground import Said, lock, lock_post, shown_of, turn
from holdspace.threads.actions.picturing import alt_of
from holdspace.threads.actions.writing import need_of, notes_of, title_of, words_of
from holdspace.threads.models import Picture, Post, Support, Version
from holdspace.threads.voices import voice_in
from holdspace.threads.words import Audience, Speaks, State
from holdspace.vault.scopes import shred


class EditedMeanwhile(Exception):
    """The words were changed in another place since this form was opened; nothing was written."""


@act
def edit_post(
    *,
    by: Viewer,
    post: Post,
    words: str,
    edition: int,
    need: str = "",
    notes: tuple[str, ...] = (),
    title: str = "",
    alt: str = "",
    without_picture: bool = False,
) -> Post:
    """Change one's own words; the wording before is kept for the writer alone.

    A picture can be said anew in words or taken away, and then it is gone: no version keeps one.
    `edition` is the one the writer saw: each change makes another, notes a facilitator sets too.
    Raises EditedMeanwhile when it is not the newest, save for the same change sent twice; Refused.
    """
    group = post.talk.group
    talk, voice = lock(group), voice_in(group, by)
    post = lock_post(talk, post, voice)
    demand(rules.may_edit(voice, post))
    said = Said(words_of(words), need_of(need), notes_of(notes))
    if post.edition != edition:
        if _stands_already(post, said, title, "" if without_picture else alt):
            return post
        raise EditedMeanwhile
    picture = _picture_left(post, alt, without=without_picture)
    shown = shown_of(said, at=(post.shown or {}).get("at", ""), picture=picture)
    if said.words != post.words:
        _keep_version(post)
        post.edited_on = clock.today()
    post.edition += 1
    post.words, post.shown = said.words, shown
    turn(post).save(update_fields=["words", "shown", "edition", "edited_on", "turn"])
    if post.number == 1 and post.thread.head is not None:
        _rename(post, title_of(title or post.thread.head["title"]))
    announce("threads.edited", group=talk.pk, thread=post.thread_id, post=post.pk)
    return post


def _stands_already(post: Post, said: Said, title: str, alt: str) -> bool:
    """Whether a change was made before as it is wished now: a form that was sent twice."""
    shown: dict[str, Any] = post.shown or {}
    beside = (shown.get("need", ""), shown.get("notes", []))
    head = (post.thread.head or {}).get("title", "") if post.number == 1 else ""
    return (
        (post.words, *beside) == (said.words, said.need, sorted(set(said.notes)))
        and shown.get("picture", {}).get("alt", "") == " ".join(alt.split())
        and head == " ".join(title.split())
    )


def _picture_left(post: Post, alt: str, *, without: bool) -> dict[str, Any] | None:
    """What pages are told of the picture from now on."""
    picture: dict[str, Any] | None = (post.shown or {}).get("picture")
    if without:
        Picture.objects.filter(post=post).delete()
    if picture is None or without:
        return None
    return {**picture, "alt": alt_of(alt)} if alt else picture


def _keep_version(post: Post) -> None:
    version = Version(
        organisation_id=post.organisation_id,
        post=post,
        number=post.edition,
        scope=post.scope,
        day=post.edited_on or post.day,
    )
    version.words = post.words
    version.save(force_insert=True)


def _rename(post: Post, title: str) -> None:
    """The list says of a conversation what its first post says."""
    shown: dict[str, Any] = post.shown or {}
    head = {"title": title, "need": shown.get("need", ""), "notes": shown.get("notes", [])}
    post.thread.head = head
    post.thread.save(update_fields=["head"])


@act
def take_back(*, by: Viewer, post: Post) -> Post:
    """Take one's own words back: they are gone, a quiet placeholder keeps the thread readable."""
    group = post.talk.group
    talk, voice = lock(group), voice_in(group, by)
    post = lock_post(talk, post, voice)
    demand(rules.may_take_back(voice, post))
    empty(post, State.TAKEN_BACK)
    return post


@act
def put_away(*, by: Viewer, post: Post, why: str) -> Post:
    """A facilitator puts words away, for a reason that stands in their place.

    Raises Refused without a reason.
    """
    group = post.talk.group
    talk, voice = lock(group), voice_in(group, by)
    post = lock_post(talk, post, voice)
    demand(rules.may_put_away(voice, post))
    demand(rules.has_reason(why))
    post.why = " ".join(why.split())
    post.save(update_fields=["why"])
    empty(post, State.PUT_AWAY)
    record(group.scope, "threads.put_away", actor=voice.actor, subject=post)
    return post


def empty(post: Post, state: State) -> None:
    """Remove the words and all that hangs on them, and whose they were; the place stays.

    Of unsigned words the glass keeps who wrote them only where a facilitator put them away.
    """
    Version.objects.filter(post=post).delete()
    Support.objects.filter(post=post).delete()
    Picture.objects.filter(post=post).delete()
    post.words = post.shown = post.quotes = post.member = post.staff = None
    post.first = post.awaits = False
    if state != State.PUT_AWAY:
        post.writer = None
    post.state, post.state_on = state.value, clock.today()
    if post.speaks == Speaks.UNSIGNED:  # on which days words went could tell whose they were
        post.state_on = post.day if state == State.TAKEN_BACK else post.state_on
        post.fades, post.fresh = None, True
    turn(post).save(
        update_fields=[
            "words", "shown", "quotes", "member", "staff", "writer", "first", "awaits", "state",
            "state_on", "turn", "fades", "fresh",
        ]
    )  # fmt: skip
    if post.number == 1:
        thread = post.thread
        thread.head = None
        if thread.seen_by != Audience.FACILITATORS:  # there it lets its beginner in to the answers
            thread.member = thread.staff = None
        thread.save(update_fields=["head", "member", "staff"])
    announce("threads.taken_back", group=post.talk_id, thread=post.thread_id, post=post.pk)
    if post.speaks == Speaks.UNSIGNED:
        shred([post.scope])
