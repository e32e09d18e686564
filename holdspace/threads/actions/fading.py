"""Words without a name: how they go, and what keeps a stolen copy from telling whose they were."""

import datetime as dt
from secrets import SystemRandom

from django.db import connection, transaction

from holdspace.kit import clock
from holdspace.ledger.acts import act
from holdspace.threads.actions.editing import empty
from holdspace.threads.models import Draft, Post, Talk
from holdspace.threads.queries.seen import opened
from holdspace.threads.sending import unsent
from holdspace.threads.unsigned import unsigned_of
from holdspace.threads.words import Speaks, State
from holdspace.vault.scopes import fold_wal, prefetch

MANY = 5_000  # ids in one question

_chance = SystemRandom()


def fade_within(talk: int, scope: int, time: dt.timedelta | None) -> None:
    """Have all unsigned words of one member go within some time, or (None) not by themselves.

    Each at an hour of its own, which stands sealed on its own row. Every unsigned post of the
    group is written anew with them, so that nothing tells which they are. Not an act: those by
    which somebody leaves or is erased ask it, under the lock of the talk.
    """
    mine = {post.pk for post in unsigned_of(scope, talk)}
    rows = Post.objects.filter(talk=talk, speaks=Speaks.UNSIGNED, state=State.HERE)
    posts = list(rows.only("scope", "fades").order_by("id"))
    prefetch({post.scope for post in posts})
    for post in posts:
        post.fades = opened(post, "fades") or {}
        if post.pk in mine:
            post.fades = {"at": _some_moment(time)} if time is not None else {}
        post.fresh = True
        post.save(update_fields=["fades", "fresh"])
    transaction.on_commit(fold_wal)


def _some_moment(time: dt.timedelta) -> str:
    after = dt.timedelta(minutes=_chance.randrange(10, int(time.total_seconds()) // 60))
    return (clock.now() + after).isoformat(timespec="minutes")


@act
def fade(*, by: object, post: int) -> None:
    """Take one unsigned post back, in an act of its own; safe to run twice.

    Its row is then as if its writer had done so: that they left would be a trace of them.
    """
    Talk.objects.select_for_update().filter(
        pk__in=Post.objects.filter(pk=post).values("talk")
    ).first()
    row = Post.objects.filter(pk=post, speaks=Speaks.UNSIGNED, state=State.HERE).first()
    if row is not None:
        empty(row, State.TAKEN_BACK)


@act
def mingle(*, by: object, settle: bool = False) -> None:
    """The clock's: unsigned posts that were written today are written once more, all together.

    PostgreSQL notes on each row the transaction that wrote it last, SQLite's write-ahead log
    their order: next to rows that name somebody, it would tell who wrote a post. Drafts of such
    posts, which name somebody, go now. At night (`settle`) the posts of all days settle at once;
    those that somebody is just changing wait for the next time.
    """
    rows = Post.objects.filter(speaks=Speaks.UNSIGNED)
    fresh = rows.filter(fresh=True)
    if not settle:
        _forget_spent_drafts(list(fresh.values_list("talk", flat=True).distinct()))
    rows = rows if settle and connection.vendor == "postgresql" else fresh
    free = list(rows.select_for_update(skip_locked=True).values_list("pk", flat=True))
    for at in range(0, len(free), MANY):
        Post.objects.filter(pk__in=free[at : at + MANY]).update(fresh=not settle)
    if free:
        transaction.on_commit(fold_wal)


def _forget_spent_drafts(talks: list[int]) -> None:
    drafts = list(Draft.objects.filter(talk__in=talks))
    spent = set(drafts) - set(unsent(drafts))
    Draft.objects.filter(pk__in=[draft.pk for draft in spent]).delete()
