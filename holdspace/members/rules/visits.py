"""Who may visit, when, and who says yes or no to it."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from holdspace.groups.rules import is_taking_people
from holdspace.kit.guard import may
from holdspace.kit.verdicts import Verdict, no, when
from holdspace.kit.viewer import Viewer
from holdspace.members import evenings
from holdspace.members.models import Visit
from holdspace.members.rules.coming import NOT_YET
from holdspace.members.rules.inside import may_facilitate
from holdspace.members.steps import Step, next_step

if TYPE_CHECKING:
    from holdspace.groups.models import Group

_SEATS_TAKEN = _("The seats for visitors are taken on this date. Please choose another.")
_NO_SEATS_AHEAD = _("The seats for visitors are taken on the dates ahead. A new date opens often.")
_NO_DATE_YET = _("Several people wait to hear of a date already. Please look again in a few days.")
_NOTHING_TO_COME_TO = _(
    "There is no seat left on this date, or it does not take place. Say so kindly: they can choose "
    "another date."
)


@may
def may_visit(viewer: Viewer, group: "Group") -> Verdict:
    """Anybody who has no place here may ask to come once, while the group has such evenings."""
    if viewer.staff is not None:
        return no(NOT_YET[Step.WORKS_HERE])
    if not group.introductions:
        return no(_("This group has no introductory sessions at the moment."))
    open_ = is_taking_people(group)
    if not open_:
        return open_
    step = next_step(viewer, group)
    if step in {Step.HERE, Step.REMOVED}:
        return no(NOT_YET[step])
    if viewer.visit and Visit.objects.filter(id=viewer.visit, group=group).exists():
        return no(_("You have asked to come already."))
    return _has_room(viewer, group)


def _has_room(viewer: Viewer, group: "Group") -> Verdict:
    """A visitor's seat is free on one of the dates ahead, or there is no date yet to wait for."""
    ahead = evenings.planned(group, viewer)
    if not ahead:
        return may_come_on(group, None)
    return when(bool(evenings.with_room(group, ahead)), _NO_SEATS_AHEAD)


@may
def may_come_on(group: "Group", meeting: int | None, *, own: int = 0) -> Verdict:
    """One more visitor may come to this evening, or wait to hear of a date; `own` is a visit's id.

    Counted for each evening, so that nobody closes a group, and so that members keep seats.
    """
    there = evenings.visits_to(group).filter(meeting=meeting).exclude(id=own).count()
    full = _SEATS_TAKEN if meeting else _NO_DATE_YET
    return when(there < group.visitor_seats, full)


@may
def may_answer_visit(viewer: Viewer, visit: Visit) -> Verdict:
    """Only whoever holds the private link answers the questions afterwards, or ends the visit."""
    return when(viewer.visit == visit.id, _("This belongs to somebody's private link."))


@may
def may_move_visit(viewer: Viewer, visit: Visit) -> Verdict:
    """Whoever holds the private link may choose another evening, unless they were declined."""
    open_ = visit.standing != Visit.Standing.DECLINED
    still = may_answer_visit(viewer, visit) and when(open_, _("This has been answered already."))
    return still and is_taking_people(visit.group)


@may
def may_confirm_visit(viewer: Viewer, visit: Visit) -> Verdict:
    """Facilitators say yes while it is asked and there is still a seat to come to."""
    allowed = may_facilitate(viewer, visit.group) and when(
        visit.standing == Visit.Standing.ASKED, _("This has been answered already.")
    )
    date = evenings.date_of(visit) if allowed else None
    there = date is None or date.seat in {evenings.Seat.HELD, evenings.Seat.FREE}
    return allowed and when(there, _NOTHING_TO_COME_TO)


@may
def may_decline_visit(viewer: Viewer, visit: Visit) -> Verdict:
    """Facilitators say not this time, also to somebody who is expected already."""
    return may_facilitate(viewer, visit.group) and when(
        visit.standing in Visit.LIVE, _("This has been answered already.")
    )
