"""The places of a group under their lock: taken, freed, kept for whoever's turn it is.

Lock order, the same in every act of members: the group's Ring, then rows of members, then the
group's chain. One act touches one group, save the clock's, which delete all their rows before they
write a line. On SQLite the transaction itself is the lock.
"""

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction

from holdspace.kit import clock
from holdspace.ledger.chain import record
from holdspace.ledger.events import announce
from holdspace.members.models import Ring, Waiting
from holdspace.members.steps import free_places
from holdspace.vault.scopes import shred

if TYPE_CHECKING:
    from holdspace.groups.models import Group

OFFER_LASTS = dt.timedelta(hours=72)
LAPSES_THAT_COST_NOTHING = 2


def lock(group: "Group") -> Ring:
    """The group's ring, locked until the act ends, with the group's ceiling read afresh."""
    ring: Ring = Ring.objects.select_for_update().get_or_create(
        group=group, defaults={"organisation_id": group.organisation_id}
    )[0]
    group.refresh_from_db(fields=["ceiling", "state", "way_in", "visitor_seats"])
    return ring


def take(ring: Ring, waiting: Waiting | None) -> None:
    """One more place is taken; the turn on the list, and the place kept for it, are used up."""
    if waiting is not None:
        if waiting.standing == Waiting.Standing.OFFERED:
            ring.kept -= 1
        end_turn(waiting, Waiting.Standing.TAKEN)
    ring.taken += 1
    ring.save(update_fields=["taken", "kept"])


def free(ring: Ring, group: "Group") -> None:
    """A place came free: it is everybody's turn again, and offered to whoever is first."""
    ring.taken -= 1
    ring.save(update_fields=["taken"])
    Waiting.objects.filter(group=group, passed=True).update(passed=False)
    offer(ring, group)


def offer(ring: Ring, group: "Group") -> list[Waiting]:
    """Keep every free place for the next in turn to whom it was not offered yet."""
    offered = []
    queue = Waiting.objects.select_for_update().filter(
        group=group, standing=Waiting.Standing.WAITING, passed=False
    )
    for waiting in queue.order_by("number")[: free_places(group, ring)]:
        waiting.standing = Waiting.Standing.OFFERED.value
        waiting.offered_on = clock.today()
        waiting.until = clock.now() + OFFER_LASTS
        waiting.save(update_fields=["standing", "offered_on", "until"])
        record(group.scope, "members.place_offered", actor="turn", subject=waiting)
        announce("members.place_offered", group=group.id, waiting=waiting.id)
        offered.append(waiting)
    if offered:
        ring.kept += len(offered)
        ring.save(update_fields=["kept"])
    return offered


def pass_on(ring: Ring, group: "Group", waiting: Waiting) -> None:
    """An offer was not taken. Twice that costs nothing: the turn stays. The third time ends it."""
    ring.kept -= 1
    ring.save(update_fields=["kept"])
    waiting.lapsed += 1
    if waiting.lapsed > LAPSES_THAT_COST_NOTHING:
        end_turn(waiting, Waiting.Standing.ENDED)
    else:
        waiting.standing, waiting.until = Waiting.Standing.WAITING.value, None
        waiting.passed = True
        waiting.save(update_fields=["standing", "until", "passed", "lapsed"])
    offer(ring, group)


def give_up(ring: Ring, group: "Group", waiting: Waiting) -> None:
    """A turn ends before its place was taken; a place kept for it goes to the next."""
    if waiting.standing == Waiting.Standing.OFFERED:
        ring.kept -= 1
        ring.save(update_fields=["kept"])
    end_turn(waiting, Waiting.Standing.ENDED)
    offer(ring, group)


def end_turn(waiting: Waiting, standing: Waiting.Standing) -> None:
    """The turn is over: only its days stay, for the usual wait. Its key goes after the commit,
    so that an act that fails further on costs nobody their turn.
    """
    waiting.standing, waiting.until, waiting.passed = standing.value, None, False
    waiting.holder = waiting.person = waiting.draft = None
    waiting.save()
    transaction.on_commit(partial(shred, [waiting.scope]))
