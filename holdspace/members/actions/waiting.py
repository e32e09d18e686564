"""The waiting list: a turn kept in order, offers that lapse without cost, leaving at any time."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db.models import Max

from holdspace.kit import clock
from holdspace.kit.guard import demand
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import SYSTEM, act
from holdspace.ledger.chain import record
from holdspace.members import places, rules
from holdspace.members.actions.inviting import is_good, use_up
from holdspace.members.models import Member, Ring, Waiting
from holdspace.members.who import holder_of
from holdspace.vault.scopes import living, open_scope, shred

if TYPE_CHECKING:
    from holdspace.groups.models import Group

ENDED_ROWS_STAY = dt.timedelta(days=365)  # days only, for the usual wait


@act
def wait(*, by: Viewer, group: "Group", invitation: str = "") -> Waiting:
    """A turn at the end of the list; the one they have already when asked again.

    The turn uses up an `invitation`, which else would let in as many as wait. Raises Refused.
    """
    holder = holder_of(by)
    ring = places.lock(group)
    rows = Waiting.objects.filter(group=group, holder=holder.tag(group.id))
    mine: Waiting | None = rows.first()
    if mine is not None:
        return mine
    demand(rules.may_wait(by, group, invited=is_good(group, invitation)))
    demand(rules.agrees_to_take_part(by))
    use_up(group, invitation)
    return line_up(ring, group, holder.tag(group.id), {"account": holder.account})


def line_up(
    ring: Ring,
    group: "Group",
    holder: bytes,
    person: dict[str, Any],
    draft: dict[str, Any] | None = None,
) -> Waiting:
    """A new turn with the next number, under the ring's lock; a free place is offered at once."""
    ring.last_number += 1
    ring.save(update_fields=["last_number"])
    waiting = Waiting(
        organisation_id=group.organisation_id,
        group=group,
        scope=open_scope(group.scope),
        holder=holder,
        number=ring.last_number,
        since=clock.today(),
    )
    waiting.person, waiting.draft = person, draft
    waiting.save(force_insert=True)
    record(group.scope, "members.waiting", actor=waiting)
    places.offer(ring, group)
    waiting.refresh_from_db()
    return waiting


def _locked(waiting: Waiting) -> tuple[Ring, Waiting | None]:
    ring = places.lock(waiting.group)
    rows = Waiting.objects.select_for_update().filter(id=waiting.id, standing__in=Waiting.LIVE)
    return ring, rows.first()


@act
def leave_waiting(*, by: Viewer, waiting: Waiting) -> None:
    """Give up one's turn; a place kept for it goes to the next. Leaving twice changes nothing."""
    ring, mine = _locked(waiting)
    if mine is None:
        return
    demand(rules.may_leave_waiting(by, mine))
    record(waiting.group.scope, "members.waiting_left", actor=mine)
    places.give_up(ring, waiting.group, mine)


@act
def pass_on_offer(*, by: Viewer, waiting: Waiting) -> None:
    """Not now: the place goes to the next, the turn stays as if the offer had lapsed."""
    ring, mine = _locked(waiting)
    if mine is None or mine.standing != Waiting.Standing.OFFERED:
        return
    demand(rules.may_leave_waiting(by, mine))
    places.pass_on(ring, waiting.group, mine)


@act
def let_lapse(*, by: object, waiting: Waiting) -> None:
    """The clock's: an offer whose time is over passes on. Twice run, once done."""
    ring, mine = _locked(waiting)
    if mine is None or mine.until is None or mine.until > clock.now():
        return
    demand(rules.may_let_lapse(by, mine, clock.now()))
    record(waiting.group.scope, "members.offer_lapsed", actor=SYSTEM, subject=mine)
    places.pass_on(ring, waiting.group, mine)


@act
def erase_turn(*, by: object, waiting: Waiting) -> None:
    """End a turn whose key is gone, as an erasure ended it; the list moves up. Twice is once."""
    ring, mine = _locked(waiting)
    if mine is not None:
        places.give_up(ring, waiting.group, mine)


@act
def recount(*, by: object, group: "Group") -> None:
    """After a restore: places taken and kept are what the rows say; free ones are offered."""
    ring = places.lock(group)
    ring.taken = Member.objects.filter(group=group, standing__in=Member.CURRENT).count()
    turns = Waiting.objects.filter(group=group)
    ring.kept = turns.filter(standing=Waiting.Standing.OFFERED).count()
    last = turns.aggregate(last=Max("number"))["last"] or 0
    ring.last_number = max(ring.last_number, last)
    ring.save(update_fields=["taken", "kept", "last_number"])
    places.offer(ring, group)


@act
def offer_free_places(*, by: object, group: "Group") -> list[Waiting]:
    """Places that came free by a higher ceiling are offered in turn."""
    ring = places.lock(group)
    Waiting.objects.filter(group=group, passed=True).update(passed=False)
    return places.offer(ring, group)


@act
def forget_turns(*, by: object) -> int:
    """The clock's: days of turns that ended a year ago tell nothing about today's wait.

    A key that a crash kept from going with its turn goes now.
    """
    over = Waiting.objects.exclude(standing__in=Waiting.LIVE)
    kept = living(over.values_list("scope", flat=True))
    if kept:
        shred(kept)
    return over.filter(since__lt=clock.today() - ENDED_ROWS_STAY).delete()[0]
