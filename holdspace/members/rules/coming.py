"""Who may come in: join, apply, wait."""

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from holdspace.groups.rules import may_lead
from holdspace.kit.guard import may
from holdspace.kit.verdicts import Verdict, no, when, yes
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import SYSTEM
from holdspace.members.models import Application, Waiting
from holdspace.members.steps import Step, next_step
from holdspace.people.rules import may_join_for_age, may_take_part

if TYPE_CHECKING:
    from holdspace.groups.models import Group

NOT_YET: dict[Step, str | Promise] = {
    Step.APPLY: _("This group asks a few questions before you join."),
    Step.WAIT: _("This group is full. You can join the waiting list."),
    Step.INVITED_ONLY: _("This group takes people in by invitation."),
    Step.APPLIED: _("The facilitators are reading your answers."),
    Step.DECLINED: _("The facilitators answered that this group is not the one."),
    Step.WAITING: _("You are on the waiting list. We keep your turn."),
    Step.HERE: _("You have a place in this group already."),
    Step.REMOVED: _("You were asked to stay away from this group. Its coordinator can explain."),
    Step.CLOSED: _("This group is not taking anybody in at the moment."),
    Step.WORKS_HERE: _("A work account can hold no place in a group. Use an account of your own."),
}


@may
def may_join(viewer: Viewer, group: "Group", *, invited: bool = False) -> Verdict:
    """A place is free and theirs to take. Signed out is fine: joining begins an account."""
    step = next_step(viewer, group, invited=invited)
    return _may_come(viewer, group) if step == Step.JOIN else no(NOT_YET[step])


def _may_come(viewer: Viewer, group: "Group") -> Verdict:
    """Not barred from the organisation, and of the age the group is for, as far as is known."""
    if viewer.holder is None:
        return yes()
    return may_take_part(viewer) & may_join_for_age(viewer, group.is_for_minors)


@may
def may_apply(viewer: Viewer, group: "Group") -> Verdict:
    """The group asks questions, and this person has not answered them yet."""
    step = next_step(viewer, group)
    if step == Step.JOIN:
        return no(_("You can join this group right away."))
    return _may_come(viewer, group) if step == Step.APPLY else no(NOT_YET[step])


@may
def may_wait(viewer: Viewer, group: "Group", *, invited: bool = False) -> Verdict:
    """The group is full, or others come first."""
    step = next_step(viewer, group, invited=invited)
    if step == Step.JOIN:
        return no(_("A place is free. You can join right away."))
    return _may_come(viewer, group) if step == Step.WAIT else no(NOT_YET[step])


@may
def may_answer_application(viewer: Viewer, application: Application) -> Verdict:
    """Facilitators who work here read and answer; a coordinator or a member never sees it."""
    allowed = may_lead(viewer, application.group)
    still = application.standing == Application.Standing.OPEN
    return allowed and when(still, _("This has been answered already."))


@may
def may_leave_waiting(viewer: Viewer, waiting: Waiting) -> Verdict:
    """One's own turn may be given up at any time."""
    mine = viewer.holder is not None and viewer.holder.tag(waiting.group_id) == waiting.holder
    return when(mine and waiting.is_live, _("You are not on this waiting list."))


@may
def may_let_lapse(by: object, waiting: Waiting, now: dt.datetime) -> Verdict:
    """The clock ends an offer when its time is over."""
    due = waiting.until is not None and waiting.until <= now
    return when(by == SYSTEM and due, _("This offer has not lapsed."))
