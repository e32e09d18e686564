"""Whose unsigned posts they are: found by making every tag anew with one member's key."""

import datetime as dt

from holdspace.kit import clock
from holdspace.threads.models import Post
from holdspace.threads.words import Speaks, State
from holdspace.vault.sealing import Unopenable
from holdspace.vault.tags import tag, tags

SPREAD = 7  # days over which somebody's unsigned words fade after they left


def unsigned_of(scope: int, talk: int) -> list[Post]:
    """The unsigned posts in a group, still here, that were written with the key of `scope`."""
    rows = list(
        Post.objects.filter(talk=talk, speaks=Speaks.UNSIGNED, state=State.HERE)
        .defer("why", "writer")
        .order_by("id")
    )
    try:
        made = tags(scope, "threads|unsigned", [str(post.pk) for post in rows])
    except Unopenable:
        return []
    return [post for post, mine in zip(rows, made, strict=True) if post.owner == mine]


def fades_by_now(scope: int, post: Post, left_on: str) -> bool:
    """Whether a post's own day has come, some days after its writer left.

    The day comes from the writer's key: nothing is kept that could tell which posts go together.
    """
    return _days_since(left_on) >= tag(scope, "threads|fading", str(post.pk))[0] % SPREAD


def all_fade_by_now(left_on: str) -> bool:
    """Whether the day of every post has come."""
    return _days_since(left_on) >= SPREAD


def _days_since(left_on: str) -> int:
    return (clock.today() - dt.date.fromisoformat(left_on)).days
