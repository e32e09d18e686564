"""What the conversation holds on a member: words, supports, drafts, and what they keep."""

from functools import partial
from typing import Any

from django.db import transaction

from holdspace.kit.holdings import of_a_member
from holdspace.ledger.acts import SYSTEM
from holdspace.members.queries import keys_of
from holdspace.threads import actions
from holdspace.threads.models import Draft, Post, Reader, Support, Version
from holdspace.threads.queries.seen import opened
from holdspace.threads.unsigned import unsigned_of
from holdspace.threads.words import State


def _export(member: int) -> dict[str, Any]:
    """One's own words alone: nobody else's stand in it, not even quoted."""
    posts = Post.objects.filter(member_id=member, state=State.HERE).select_related("thread")
    rows = list(posts.order_by("place"))
    group, scope = keys_of(member)
    unsigned = unsigned_of(scope, group) if scope else []
    drafts = Draft.objects.filter(member_id=member).order_by("day", "id")
    given = Support.objects.filter(member_id=member).select_related("post").order_by("id")
    reader = Reader.objects.filter(member_id=member).first()
    return {
        "posts": [_post(post) for post in rows],
        "unsigned": [{"words": opened(post, "words"), "day": str(post.day)} for post in unsigned],
        "drafts": [{"kept": opened(draft, "kept"), "day": str(draft.day)} for draft in drafts],
        "supports": [{"kind": one.kind, "post": one.post.place} for one in given],
        "reading": opened(reader, "kept") if reader is not None else {},
    }


def _post(post: Post) -> dict[str, Any]:
    shown = opened(post, "shown") or {}
    head = opened(post.thread, "head") if post.number == 1 else None
    earlier = Version.objects.filter(post=post).order_by("number")
    return {
        "conversation": post.thread.number,
        "number": post.number,
        "title": (head or {}).get("title", ""),
        "at": shown.get("at", ""),
        "words": opened(post, "words"),
        "need": shown.get("need", ""),
        "notes": shown.get("notes", []),
        "seen_by": post.seen_by,
        "earlier": [{"words": opened(one, "words"), "day": str(one.day)} for one in earlier],
    }


def _erase(member: int) -> list[int]:
    """Signed words go at once; unsigned ones each at an hour of its own, within a day.

    Their tasks are written once this has been committed, each in a transaction of its own: rows of
    one transaction would tell that one person wrote them.
    """
    group, scope = keys_of(member)
    if not scope:
        return []
    for post in unsigned_of(scope, group):
        transaction.on_commit(partial(actions.fade_later, by=SYSTEM, post=post.pk))
    actions.erase_words(by=SYSTEM, talk=group, member=member)
    return []


of_a_member("threads", export=_export, erase=_erase)
