"""What goes by itself: old words, spent drafts, the words of who left."""

from secrets import SystemRandom

from holdspace.kit.scope import everywhere
from holdspace.ledger.acts import SYSTEM
from holdspace.ledger.events import after, every, later
from holdspace.threads import actions
from holdspace.threads.models import Reader, Talk
from holdspace.threads.unsigned import all_fade_by_now, fades_by_now, unsigned_of
from holdspace.vault.sealing import Unopenable

LEFT = "left"
TAKEN_BACK = "taken-back"


@every("day 03:50")
def purge_old() -> None:
    """What is older than its group keeps goes, group by group, in acts of their own."""
    with everywhere("retention of what groups say"):
        for talk in Talk.objects.select_related("group").order_by("pk"):
            while actions.purge(by=SYSTEM, talk=talk):
                pass
        actions.forget_drafts(by=SYSTEM)


@every("day 02:45")
def forget_lost() -> None:
    """Words whose keys are gone become placeholders."""
    with everywhere("words whose keys are gone"):
        actions.forget_unopenable(by=SYSTEM)


@after("ledger.restored")
def forget_lost_at_once() -> None:
    """A backup was put back: what was erased since stays erased."""
    forget_lost()


@after("members.left")
def somebody_left(*, group: int, member: int, words: str = "") -> None:
    """They said what happens to their words."""
    with everywhere("somebody left"):
        taken_back = words == TAKEN_BACK
        actions.leave_words(by=SYSTEM, talk=group, member=member, taken_back=taken_back)


@after("members.removed")
def somebody_was_removed(*, group: int, member: int) -> None:
    """Their words stay as they are unless a facilitator decides; drafts go."""
    with everywhere("somebody was removed"):
        actions.leave_words(by=SYSTEM, talk=group, member=member, taken_back=False)


@every("day 04:20")
def fade_unsigned() -> None:
    """Unsigned words of who left and took theirs back: some each night, in no order, one an act."""
    with everywhere("unsigned words of who left"):
        due, over = [], []
        for reader in Reader.objects.filter(member__standing=LEFT).iterator():
            try:
                left_on = reader.kept.get("left")
            except Unopenable:
                continue
            if left_on:
                mine = unsigned_of(reader.scope, reader.talk_id)
                due += [post.pk for post in mine if fades_by_now(reader.scope, post, left_on)]
                over += [reader.pk] if all_fade_by_now(left_on) else []
        SystemRandom().shuffle(due)
        for post in due:
            actions.fade(by=SYSTEM, post=post)
        actions.forget_left(by=SYSTEM, readers=over)


@later
def fade_one(*, post: int) -> None:
    """One unsigned post of an account that was erased."""
    with everywhere("an account was erased"):
        actions.fade(by=SYSTEM, post=post)
