"""What ends by the clock, on leaving, and with an account."""

import datetime as dt

from django.db.models import Exists, F, OuterRef

from holdspace.kit import clock
from holdspace.ledger.acts import act
from holdspace.members.queries import keys_of
from holdspace.threads.actions.fading import fade_within
from holdspace.threads.actions.ground import turn_all, turn_of_thread
from holdspace.threads.models import Draft, Picture, Post, Reader, Support, Talk, Thread, Version
from holdspace.threads.sending import was_sent
from holdspace.threads.unsigned import AT_ONCE, SPREAD
from holdspace.threads.words import Audience, Speaks, State
from holdspace.vault.scopes import shred, without_key

DRAFTS_STAY = dt.timedelta(days=30)
MOST_AT_ONCE = 500  # rows of one act, so that nobody waits long for the lock


@act
def purge(*, by: object, talk: Talk) -> int:
    """The clock's: delete what is older than the group keeps; returns how many posts went.

    Conversations in which nothing is left go whole. Run again until it returns 0.
    """
    limit = clock.today() - dt.timedelta(days=talk.group.retention_days)
    Talk.objects.select_for_update().get(pk=talk.pk)
    old = Post.objects.filter(talk=talk, day__lt=limit)
    rows = old.order_by("day", "id").values_list("pk", "thread_id", "speaks", "scope")
    chosen = list(rows[:MOST_AT_ONCE])
    ids, threads = [row[0] for row in chosen], {row[1] for row in chosen}
    first = Post.objects.filter(pk__in=ids, number=1).values_list("thread_id", flat=True)
    begun = Thread.objects.filter(pk__in=list(first))
    begun.update(head=None)
    begun.exclude(seen_by=Audience.FACILITATORS).update(member=None, staff=None)
    turned = F("turn") + 1
    Thread.objects.filter(pk__in=threads).update(turn=turned, own_turn=turned)
    Post.objects.filter(quotes__in=ids).update(quotes=None, turn=turn_of_thread())
    Post.objects.filter(pk__in=ids).delete()
    left = Exists(Post.objects.filter(thread=OuterRef("pk")))
    Thread.objects.filter(~left, pk__in=threads).delete()
    unsigned = [row[3] for row in chosen if row[2] == Speaks.UNSIGNED]
    if unsigned:
        shred(unsigned)
    return len(ids)


@act
def forget_drafts(*, by: object) -> int:
    """The clock's: drafts kept 30 days ago, and those whose words were sent; returns how many.

    Not in the act that sent them: the draft of an unsigned post would tell whose it was.
    """
    old = Draft.objects.filter(day__lt=clock.today() - DRAFTS_STAY)
    rest = Draft.objects.filter(day__gte=clock.today() - DRAFTS_STAY)
    spent = [draft.pk for draft in rest.iterator() if was_sent(draft)]
    gone = [*old.values_list("pk", flat=True), *spent]
    Draft.objects.filter(pk__in=gone).delete()
    return len(gone)


@act
def leave_words(*, by: object, talk: int, member: int, taken_back: bool) -> int:
    """Somebody left: drafts and what they kept go, and their words if they chose so.

    Returns how many posts went.
    """
    Talk.objects.select_for_update().filter(pk=talk).first()
    Draft.objects.filter(talk=talk, member=member).delete()
    Reader.objects.filter(talk=talk, member=member).delete()
    Post.objects.filter(talk=talk, member=member, awaits=True).update(awaits=False)
    _fade_all(talk, member, SPREAD if taken_back else None)
    return _empty_all(talk, member) if taken_back else 0


def _fade_all(talk: int, member: int, time: dt.timedelta | None) -> None:
    group, scope = keys_of(member)
    if scope and group == talk:
        fade_within(talk, scope, time)


def _empty_all(talk: int, member: int) -> int:
    """All signed words of one member, behind placeholders that name nobody."""
    mine = Post.objects.filter(talk=talk, member=member)
    turn_all(Post.objects.filter(talk=talk, supports__member=member))
    turn_all(mine.filter(state=State.HERE))
    Version.objects.filter(post__in=mine).delete()
    Picture.objects.filter(post__in=mine).delete()
    Support.objects.filter(post__in=mine).delete()
    Support.objects.filter(member=member).delete()
    Thread.objects.filter(talk=talk, member=member).update(head=None, member=None)
    gone: int = mine.filter(state=State.HERE).update(
        words=None,
        shown=None,
        quotes=None,
        member=None,
        first=False,
        awaits=False,
        state=State.LEFT.value,
        state_on=clock.today(),
    )
    return gone


@act
def erase_words(*, by: object, talk: int, member: int) -> int:
    """With an account all of one member's words go, and what they kept; returns how many posts.

    Signed ones at once, unsigned ones each at an hour of its own within a day.
    """
    Talk.objects.select_for_update().filter(pk=talk).first()
    _fade_all(talk, member, AT_ONCE)
    gone = _empty_all(talk, member)
    Draft.objects.filter(talk=talk, member=member).delete()
    Reader.objects.filter(talk=talk, member=member).delete()
    return gone


@act
def forget_unopenable(*, by: object) -> int:
    """Posts whose key is gone (a backup was put back, a membership forgotten) become placeholders.

    Returns how many.
    """
    here = Post.objects.filter(state=State.HERE)
    gone = without_key(here.values_list("scope", flat=True).distinct())
    lost = here.filter(scope__in=gone)
    turn_all(lost)
    Version.objects.filter(scope__in=gone).delete()
    Picture.objects.filter(scope__in=gone).delete()
    Draft.objects.filter(scope__in=gone).delete()
    Reader.objects.filter(scope__in=gone).delete()
    Support.objects.filter(post__in=lost).delete()
    Thread.objects.filter(scope__in=gone).update(head=None, member=None)
    emptied: int = lost.update(
        words=None, shown=None, quotes=None, member=None, first=False, awaits=False,
        state=State.LEFT.value, state_on=clock.today(),
    )  # fmt: skip
    return emptied
