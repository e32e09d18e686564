"""What goes by itself: old words, spent drafts, the words of who left."""

from secrets import SystemRandom

from holdspace.kit.scope import everywhere
from holdspace.ledger.acts import SYSTEM
from holdspace.ledger.events import after, every
from holdspace.threads import actions
from holdspace.threads.models import Talk
from holdspace.threads.unsigned import due_to_fade

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


@after("members.words_taken_back")
def somebody_took_their_words_back(*, group: int, member: int) -> None:
    """They had left, or were asked to stay away, and decided only then."""
    with everywhere("somebody took their words back"):
        actions.leave_words(by=SYSTEM, talk=group, member=member, taken_back=True)


@every("1h")
def fade_unsigned() -> None:
    """Unsigned words of who left and took theirs back, or was erased: in no order, one an act."""
    with everywhere("unsigned words of who left"):
        due = due_to_fade()
        SystemRandom().shuffle(due)
        for post in due:
            actions.fade(by=SYSTEM, post=post)


@every("10m")
def mingle() -> None:
    """Nothing tells for longer than this when an unsigned post was written."""
    with everywhere("unsigned posts of the day"):
        actions.mingle(by=SYSTEM)


@every("day 04:40")
def settle_unsigned() -> None:
    """Those of all days are written together once a night."""
    with everywhere("unsigned posts of all days"):
        actions.mingle(by=SYSTEM, settle=True)
