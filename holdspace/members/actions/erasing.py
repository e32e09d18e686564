"""Erasing: what one account has in one group ends; the place goes to whoever is next."""

from typing import TYPE_CHECKING

from holdspace.ledger.acts import act
from holdspace.ledger.chain import record
from holdspace.members import places
from holdspace.members.models import Application, Member, Return, Waiting

if TYPE_CHECKING:
    from holdspace.groups.models import Group


@act
def erase_member(*, by: object, member: Member) -> list[int]:
    """Delete a membership with all that hangs on it; returns the scopes to shred afterwards.

    The chain keeps that a member was erased, with a number that leads nowhere. Twice is once.
    """
    ring = places.lock(member.group)
    found = Member.objects.select_for_update().filter(id=member.id).first()
    if found is None:
        return [member.scope]
    record(member.group.scope, "members.erased", actor="self", subject=found)
    current = found.is_current
    found.delete()
    if current:
        places.free(ring, member.group)
    return [member.scope]


@act
def erase_ways(*, by: object, group: "Group", holder: bytes) -> list[int]:
    """Delete an account's application, turn and request to return; returns scopes to shred."""
    ring = places.lock(group)
    turn = Waiting.objects.filter(group=group, holder=holder).first()
    if turn is not None:
        if turn.standing == Waiting.Standing.OFFERED:
            ring.kept -= 1
            ring.save(update_fields=["kept"])
        places.end_turn(turn, Waiting.Standing.ENDED)
        places.offer(ring, group)
    Return.objects.filter(group=group, holder=holder).delete()
    applications = Application.objects.filter(group=group, holder=holder)
    scopes = list(applications.values_list("scope", flat=True))
    applications.delete()
    return scopes
