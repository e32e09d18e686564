"""What stands between somebody looking at a group and a place in it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from holdspace.groups.rules import is_taking_people
from holdspace.kit import clock
from holdspace.kit.remembering import once_a_request
from holdspace.kit.viewer import Viewer
from holdspace.members.models import Application, Member, Ring, Waiting

if TYPE_CHECKING:
    from holdspace.groups.models import Group


class Step(StrEnum):
    """The next step for this viewer into this group."""

    JOIN = "join"  # a place is free, or one is kept for them
    APPLY = "apply"  # the group asks its questions first
    WAIT = "wait"  # full, or others come first: the waiting list
    INVITED_ONLY = "invited-only"
    APPLIED = "applied"  # being read
    DECLINED = "declined"
    WAITING = "waiting"
    HERE = "here"  # a member, resting included
    REMOVED = "removed"
    CLOSED = "closed"
    WORKS_HERE = "works-here"


@dataclass(frozen=True, slots=True)
class Footing:
    """All that is known of this viewer and this group before the next step is named."""

    member: Member | None = None
    waiting: Waiting | None = None
    application: Application | None = None


@once_a_request
def footing(viewer: Viewer, group: "Group") -> Footing:
    """What the viewer has in this group already; nothing without a sign-in."""
    if viewer.holder is None:
        return Footing()
    mine = {"group": group, "holder": viewer.holder.tag(group.id)}
    member = Member.objects.filter(**mine).first()
    if member is not None and member.is_current:
        return Footing(member=member)
    return Footing(
        member=member,
        waiting=Waiting.objects.filter(**mine, standing__in=Waiting.LIVE).first(),
        application=Application.objects.filter(**mine).first(),
    )


@once_a_request
def _ring(group: "Group") -> Ring | None:
    found: Ring | None = Ring.objects.filter(group=group).first()
    return found


def free_places(group: "Group", ring: Ring | None) -> int:
    """Places that are neither taken nor kept for an open offer; never below 0."""
    taken = (ring.taken + ring.kept) if ring else 0
    return max(group.ceiling - taken, 0)


def has_offer(waiting: Waiting | None) -> bool:
    """Whether a place is kept for this turn, and for how long still."""
    if waiting is None or waiting.standing != Waiting.Standing.OFFERED:
        return False
    return waiting.until is not None and waiting.until > clock.now()


def comes_first(group: "Group", waiting: Waiting | None, free: int) -> bool:
    """Whether a free place is this viewer's to take: nobody it was not offered to is before them.

    Those to whom the place now free was already offered (`passed`) hold nobody up, and may still
    take it themselves.
    """
    before = Waiting.objects.filter(group=group, standing=Waiting.Standing.WAITING, passed=False)
    if waiting is not None:
        before = before.filter(number__lt=waiting.number)
    return free > 0 and before.count() < free


def next_step(viewer: Viewer, group: "Group", *, invited: bool = False) -> Step:
    """The next step. `invited` says that a valid invitation is at hand."""
    if viewer.staff is not None:
        return Step.WORKS_HERE
    known = footing(viewer, group)
    if known.member is not None:
        if known.member.is_current:
            return Step.HERE
        if known.member.standing == Member.Standing.REMOVED:
            return Step.REMOVED
    if not is_taking_people(group):
        return Step.CLOSED
    return _step_in(group, known, invited=invited)


def _step_in(group: "Group", known: Footing, *, invited: bool) -> Step:
    if has_offer(known.waiting):
        return Step.JOIN
    if known.application is not None:
        declined = known.application.standing == Application.Standing.DECLINED
        return Step.DECLINED if declined else Step.APPLIED
    free = free_places(group, _ring(group))
    if known.waiting is not None:
        return Step.JOIN if comes_first(group, known.waiting, free) else Step.WAITING
    if not invited and group.way_in == "approval":
        return Step.APPLY
    if not invited and group.way_in == "invitation":
        return Step.INVITED_ONLY
    return Step.JOIN if comes_first(group, None, free) else Step.WAIT
