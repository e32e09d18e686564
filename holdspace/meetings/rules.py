"""Who may do what about meetings: yes, or no with a reason."""

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from holdspace.groups.rules import may_arrange
from holdspace.kit import clock
from holdspace.kit.guard import may
from holdspace.kit.verdicts import Verdict, no, when, yes
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import SYSTEM
from holdspace.meetings.models import Meeting
from holdspace.members.rules import may_facilitate

if TYPE_CHECKING:
    from holdspace.groups.models import Group
    from holdspace.members.models import Member, Visit

    By = Viewer | str | Member | Visit

HERE = ("joined", "resting")  # a member's standings that keep a place in the group
PAST = _("That time has already passed.")
AFTERWARDS = dt.timedelta(hours=2)  # how long the page of a meeting keeps its times and its place


@may
def may_plan(by: "By", group: "Group", begins: dt.datetime | None = None) -> Verdict:
    """Coordinators and the group's facilitators plan its meetings; `begins` must lie ahead.

    A member who is co-facilitator by alias counts; so does SYSTEM, for the clock and commands.
    `by` may be the Member or Visit whom a viewer is here, where the caller knows that already.
    """
    if not _runs(by, group):
        return no(_("Only a facilitator of this group or a coordinator can do this."))
    return when(begins is None or begins > clock.now(), PAST)


@may
def may_plan_more(by: "By", group: "Group", begins: dt.datetime | None = None) -> Verdict:
    """The same, for meetings that are not planned yet: a group that has ended gets none."""
    allowed = may_plan(by, group, begins)
    return allowed and when(group.state != "ended", _("This group has ended. It meets no more."))


def _runs(by: "By", group: "Group") -> bool:
    if isinstance(by, str):
        return by == SYSTEM
    if isinstance(by, Viewer):
        return bool(may_arrange(by, group)) or bool(may_facilitate(by, group))
    return _leads_by_alias(by) and by.group_id == group.id


def _leads_by_alias(who: "Member | Visit") -> bool:
    role = getattr(who, "role", "")
    return role == "co-facilitator" and who.standing in HERE


@may
def may_change(by: "By", meeting: Meeting, begins: dt.datetime | None = None) -> Verdict:
    """A meeting can be skipped, moved or cancelled until it begins; `begins` is its new time."""
    allowed = may_plan(by, meeting.group)
    if not allowed:
        return allowed
    if not meeting.is_open:
        return no(_("This meeting is not planned any more."))
    if meeting.begins is None or meeting.begins <= clock.now():
        return no(_("This meeting has already begun."))
    return when(begins is None or begins > clock.now(), PAST)


@may
def may_restore(by: "By", meeting: Meeting) -> Verdict:
    """A skipped or cancelled meeting can be put back while its time lies ahead."""
    allowed = may_plan_more(by, meeting.group)
    if not allowed:
        return allowed
    if meeting.state not in {Meeting.State.SKIPPED, Meeting.State.CANCELLED}:
        return no(_("This meeting is planned already."))
    return when(meeting.begins is not None and meeting.begins > clock.now(), PAST)


@may
def may_see_coming(by: "By", meeting: Meeting) -> Verdict:
    """Who comes is for the group's facilitators; a coordinator plans and does not read names."""
    if isinstance(by, Viewer):
        return may_facilitate(by, meeting.group)
    leads = not isinstance(by, str) and _leads_by_alias(by) and by.group_id == meeting.group_id
    return when(leads, _("Only this group's facilitators can do this."))


@may
def may_take_seat(who: "Member | Visit", meeting: Meeting, free: int) -> Verdict:
    """Members of the group come to its meetings, visits to its introductory sessions.

    `free` is how many seats are free; the act counts them under the lock of the meeting's row.
    """
    verdict = _comes_to(who, meeting)
    if not verdict:
        return verdict
    if meeting.state in {Meeting.State.SKIPPED, Meeting.State.CANCELLED}:
        return no(_("This meeting does not take place."))
    if meeting.ends is None or meeting.ends <= clock.now():
        return no(_("This meeting is over."))
    return when(free > 0, _("All seats at this meeting are taken."))


def _comes_to(who: "Member | Visit", meeting: Meeting) -> Verdict:
    """Their own group, and for a visit an introductory session."""
    if who.group_id != meeting.group_id:
        return no(_("This is for people who have a place in the group."))
    if who._meta.model_name == "visit":
        if who.standing != "expected":
            return no(_("The facilitators have not said yes to your visit."))
        return when(meeting.introductory, _("Visitors come to introductory sessions."))
    current = who.standing in HERE
    return when(current, _("This is for people who have a place in the group."))


@may
def may_see_place(by: "By", meeting: Meeting, *, seated: bool) -> Verdict:
    """The exact place and the link are for those with a seat and for whoever plans the meeting.

    For a seat they end two hours after the meeting, whether or not the clock's task has run.
    """
    if may_plan(by, meeting.group):
        return yes()
    if not meeting.is_open:
        return no(_("This meeting does not take place, or is over."))
    if meeting.ends is None or meeting.ends + AFTERWARDS <= clock.now():
        return no(_("This meeting is over. Where it was is no longer shown."))
    return when(seated, _("Exactly where it is, and how to join, is for those with a seat."))
