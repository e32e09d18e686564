"""Whose unsigned posts they are, found by making every tag anew with one member's key; and which
of them go by now.
"""

import datetime as dt

from holdspace.kit import clock
from holdspace.threads.models import Post
from holdspace.threads.queries.seen import opened
from holdspace.threads.words import Speaks, State
from holdspace.vault.scopes import prefetch
from holdspace.vault.sealing import Unopenable
from holdspace.vault.tags import tags

SPREAD = dt.timedelta(days=7)  # over which somebody's unsigned words fade after they left
AT_ONCE = dt.timedelta(hours=22)  # the same with an account: within a day, by an hourly clock
MANY = 500  # keys that are opened in one go


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


def due_to_fade() -> list[int]:
    """The unsigned posts whose hour has come, in the order of their ids."""
    rows = Post.objects.filter(speaks=Speaks.UNSIGNED, state=State.HERE, fades__isnull=False)
    found = list(rows.only("scope", "fades").order_by("id"))
    due = []
    for at in range(0, len(found), MANY):
        some = found[at : at + MANY]
        prefetch({post.scope for post in some})
        due += [post.pk for post in some if _has_come(post)]
    return due


def _has_come(post: Post) -> bool:
    at = str((opened(post, "fades") or {}).get("at", ""))
    return bool(at) and dt.datetime.fromisoformat(at) <= clock.now()
