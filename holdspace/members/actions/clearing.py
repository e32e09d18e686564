"""Freeing places that nobody used: by the clock after a first meeting, or by a facilitator."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from holdspace.kit import clock
from holdspace.kit.guard import demand
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import act
from holdspace.ledger.chain import record
from holdspace.ledger.events import announce
from holdspace.members import places, rules
from holdspace.members.models import Member
from holdspace.members.use import LAPSED, unused_in

if TYPE_CHECKING:
    from holdspace.groups.models import Group


@act
def free_unused(*, by: Viewer | str, group: "Group", members: Collection[int]) -> int:
    """Free those of these places that are still unused; returns how many.

    Whoever had one may come back while there is a place, under the same name: nobody is removed.
    """
    demand(rules.may_free_unused(by, group))
    ring = places.lock(group)
    gone = [member for member in unused_in(group) if member.id in members]
    for member in gone:
        member.standing, member.since = Member.Standing.LEFT.value, clock.today()
        member.about = {**member.about, LAPSED: True}
        member.save(update_fields=["standing", "since", "about"])
        record(group.scope, "members.lapsed", actor=by, subject=member)
        announce("members.left", group=group.id, member=member.id)
        places.free(ring, group)
    return len(gone)
