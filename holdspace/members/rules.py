"""Who may come in, look inside, and do what in a group."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from holdspace.consent.queries import TAKING_PART
from holdspace.consent.rules import has_agreed
from holdspace.groups.queries import current_agreement, leaders_of
from holdspace.groups.rules import is_taking_people, may_arrange, may_lead
from holdspace.kit import clock
from holdspace.kit.guard import may
from holdspace.kit.verdicts import Verdict, no, when, yes
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import SYSTEM
from holdspace.members import evenings
from holdspace.members.models import Application, Member, Recognition, Return, Visit, Waiting
from holdspace.members.naming import look_at, passes_for, skeleton
from holdspace.members.naming.contacts import tells_how_to_reach
from holdspace.members.steps import Step, next_step
from holdspace.members.who import record_of
from holdspace.people.rules import may_join_for_age, may_take_part
from holdspace.people.rules import may_use_alias as may_use_beside_sign_in
from holdspace.vault.tags import tag

if TYPE_CHECKING:
    from holdspace.groups.models import Group

_SEATS_TAKEN = _("The seats for visitors are taken on this date. Please choose another.")
_NO_SEATS_AHEAD = _("The seats for visitors are taken on the dates ahead. A new date opens often.")
_NO_DATE_YET = _("Several people wait to hear of a date already. Please look again in a few days.")
_NOTHING_TO_COME_TO = _(
    "There is no seat left on this date, or it does not take place. Say so kindly: they can choose "
    "another date."
)
NOT_AGREED = _("Please read what is kept when you take part, and say whether you agree.")

_NOT_YET: dict[Step, str | Promise] = {
    Step.APPLY: _("This group asks a few questions before you join."),
    Step.WAIT: _("This group is full. You can join the waiting list."),
    Step.INVITED_ONLY: _("This group takes people in by invitation."),
    Step.APPLIED: _("The facilitators are reading your answers."),
    Step.DECLINED: _("The facilitators answered that this group is not the one."),
    Step.WAITING: _("You are on the waiting list. We keep your turn."),
    Step.HERE: _("You have a place in this group already."),
    Step.REMOVED: _("You were asked to stay away from this group. Its coordinator can explain."),
    Step.CLOSED: _("This group is not taking anybody in at the moment."),
    Step.WORKS_HERE: _("A work account holds no membership. Use an account of your own."),
}


@may
def may_join(viewer: Viewer, group: "Group", *, invited: bool = False) -> Verdict:
    """A place is free and theirs to take. Signed out is fine: joining begins an account."""
    step = next_step(viewer, group, invited=invited)
    return _may_come(viewer, group) if step == Step.JOIN else no(_NOT_YET[step])


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
    return _may_come(viewer, group) if step == Step.APPLY else no(_NOT_YET[step])


@may
def may_wait(viewer: Viewer, group: "Group", *, invited: bool = False) -> Verdict:
    """The group is full, or others come first."""
    step = next_step(viewer, group, invited=invited)
    if step == Step.JOIN:
        return no(_("A place is free. You can join right away."))
    return _may_come(viewer, group) if step == Step.WAIT else no(_NOT_YET[step])


@may
def may_use_alias(viewer: Viewer, group: "Group", alias: str, *, sure: bool = False) -> Verdict:
    """The name is fit to use here, whoever else has one. `sure` overrules what we only warn about.

    It does not ask whether somebody has it: `is_alias_free` does, and never of a stranger.
    """
    for finding in look_at(alias):
        if finding.firm or not sure:
            return no(finding.text)
    leaders = [part.staff.shown_as for part in leaders_of(group, viewer=viewer)]
    if passes_for(alias, leaders=leaders, organisation=group.organisation.name):
        return no(_("This could be taken for somebody who leads or works here. Choose another."))
    return yes() if viewer.holder is None else may_use_beside_sign_in(viewer, alias)


@may
def is_alias_free(group: "Group", alias: str, *, own: int = 0) -> Verdict:
    """Nobody here has the name, or one that looks like it. `own` is a member's or visit's id.

    Asked of those with an account, each try counted: the answer tells who is here.
    """
    taken = _has_alias(Member, group, alias, own) or _has_alias(Visit, group, alias, own)
    return when(not taken, _("Somebody here already has this name, or one that looks like it."))


@may
def is_evening_name_free(group: "Group", alias: str) -> Verdict:
    """No other visitor has the name. Members are not looked at: a visitor is always called one."""
    return when(
        not _has_alias(Visit, group, alias, 0),
        _("Another visitor has chosen this name. Please choose another."),
    )


def _has_alias(kind: type[Member | Visit], group: "Group", alias: str, own: int) -> bool:
    mark = tag(group.scope, "alias", skeleton(alias))
    rows: Any = kind.objects.filter(group=group, alias_tag=mark)
    return bool(rows.exclude(id=own).exists())


@may
def says_no_way_to_reach(words: str) -> Verdict:
    """Words hold no mail address, link, handle or number; who writes them may send them anyway."""
    return when(
        not tells_how_to_reach(words),
        _("This looks like a way to reach somebody outside this group. Others may copy it."),
    )


@may
def has_accepted(viewer: Viewer, group: "Group", member: Member) -> Verdict:
    """The member accepted the agreement in force, and agrees to what is kept of who takes part."""
    number = _in_force(viewer, group, member)
    accepted = when(
        number is None or member.agreement >= number,
        _("What the group agreed has changed. Please read it first."),
    )
    return accepted & agrees_to_take_part(viewer)


def _in_force(viewer: Viewer, group: "Group", member: Member) -> int | None:
    """The number of the agreement in force; it came with the viewer's own record."""
    if "in_force" in vars(member):
        known: int | None = vars(member)["in_force"]
        return known
    agreement = current_agreement(group, viewer=viewer)
    return agreement.number if agreement is not None else None


@may
def is_agreement_now(viewer: Viewer, group: "Group", number: int) -> Verdict:
    """The agreement somebody has read is the one in force."""
    current = current_agreement(group, viewer=viewer)
    changed = _("What the group agreed changed while you were reading. Please read it.")
    return when(current is not None and current.number == number, changed)


@may
def agrees_to_take_part(viewer: Viewer) -> Verdict:
    """The person agrees to what is kept of them in groups, in its present words."""
    return when(bool(has_agreed(viewer, TAKING_PART.slug)), NOT_AGREED)


@may
def may_see_inside(viewer: Viewer, group: "Group") -> Verdict:
    """Members who accepted the current agreement, and its facilitators. Nobody else.

    A visitor sees the evening's page only; coordinators arrange groups and do not read them.
    """
    if viewer.staff is not None:
        return may_lead(viewer, group)
    member = _here(viewer, group)
    if member is None:
        return no(_("This is for people who have a place in the group."))
    return has_accepted(viewer, group, member)


@may
def may_facilitate(viewer: Viewer, group: "Group") -> Verdict:
    """Facilitators by their work account, and a member who is co-facilitator by alias."""
    if viewer.staff is not None:
        return may_lead(viewer, group)
    member = _here(viewer, group)
    if member is None or member.role != Member.Role.CO_FACILITATOR:
        return no(_("Only this group's facilitators can do this."))
    return agrees_to_take_part(viewer)


def _here(viewer: Viewer, group: "Group") -> Member | None:
    own = record_of(viewer, group)
    return own if own is not None and own.is_current else None


@may
def may_invite(viewer: Viewer, group: "Group") -> Verdict:
    """Facilitators invite, into any group that is open."""
    return may_facilitate(viewer, group) and is_taking_people(group)


@may
def is_here(member: Member) -> Verdict:
    """Has a place in the group: here, or resting. Ask it of a row that was read afresh."""
    return when(member.is_current, _("This is for people who have a place in the group."))


@may
def is_own(viewer: Viewer, who: Member | Visit) -> Verdict:
    """The member, or the visit, is whoever is looking."""
    if isinstance(who, Visit):
        mine = viewer.visit == who.id
    else:
        mine = viewer.holder is not None and viewer.holder.tag(who.group_id) == who.holder
    return when(mine, _("This belongs to somebody else."))


@may
def may_rest(member: Member) -> Verdict:
    """Rest keeps the place and asks for nothing."""
    here = member.standing == Member.Standing.JOINED
    return when(here, _("You are resting already, or not here."))


@may
def may_return(member: Member) -> Verdict:
    """Whoever rests may come back at any time."""
    return when(member.standing == Member.Standing.RESTING, _("You are not resting."))


@may
def may_leave(member: Member) -> Verdict:
    """Leaving is always possible, once."""
    return when(member.is_current, _("You have left this group already."))


@may
def may_change_alias(member: Member) -> Verdict:
    """Once, on the first day. Later a new name is a new beginning: leave, and join anew."""
    if member.renamed:
        return no(_("You have changed your name here once already."))
    first = member.is_current and member.joined_on == clock.today()
    return when(first, _("A name can be changed on the first day only."))


@may
def may_remove(viewer: Viewer, group: "Group", member: Member) -> Verdict:
    """Facilitators who work here ask a member to stay away; a peer co-facilitator asks them to."""
    allowed = may_lead(viewer, group)
    if not allowed:
        return allowed
    return when(
        member.group_id == group.id and member.is_current, _("This person is not here any more.")
    )


@may
def may_free_unused(by: Viewer | str, group: "Group") -> Verdict:
    """The clock, and facilitators who work here, free places that nobody used."""
    return when(by == SYSTEM, "") if isinstance(by, str) else may_lead(by, group)


@may
def may_read_farewell(viewer: Viewer, member: Member) -> Verdict:
    """The words to somebody who was asked to stay away are for them."""
    removed = when(member.standing == Member.Standing.REMOVED, _("There are no words to read."))
    return is_own(viewer, member) and removed


@may
def may_appoint(viewer: Viewer, group: "Group", member: Member) -> Verdict:
    """Facilitators who work here give members roles."""
    return may_remove(viewer, group, member)


@may
def may_visit(viewer: Viewer, group: "Group") -> Verdict:
    """Anybody who has no place here may ask to come once, while the group has such evenings."""
    if viewer.staff is not None:
        return no(_NOT_YET[Step.WORKS_HERE])
    if not group.introductions:
        return no(_("This group has no introductory sessions at the moment."))
    open_ = is_taking_people(group)
    if not open_:
        return open_
    step = next_step(viewer, group)
    if step in {Step.HERE, Step.REMOVED}:
        return no(_NOT_YET[step])
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
def may_tell(viewer: Viewer, group: "Group") -> Verdict:
    """Members and visitors may say that someone they know is here."""
    if viewer.visit and Visit.objects.filter(id=viewer.visit, group=group).exists():
        return yes()
    member = _here(viewer, group)
    return when(member is not None, _("This is for people who have a place in the group."))


@may
def may_settle(viewer: Viewer, recognition: Recognition) -> Verdict:
    """Whom it was written to."""
    if recognition.to == Recognition.To.COORDINATOR:
        return may_arrange(viewer, recognition.group)
    return may_lead(viewer, recognition.group)


@may
def may_vouch(viewer: Viewer, group: "Group") -> Verdict:
    """For a welcome back: facilitators, co-facilitators by alias, and coordinators."""
    if viewer.staff is not None and may_arrange(viewer, group):
        return yes()
    return may_facilitate(viewer, group)


@may
def may_welcome_back(viewer: Viewer, asked: Return, who: str) -> Verdict:
    """A second person confirms what a first one vouched for. `who` names the second as sealed."""
    allowed = may_vouch(viewer, asked.group)
    if not allowed:
        return allowed
    if asked.member is None or asked.until < clock.today():
        return no(_("This request has lapsed, or nobody has named the member yet."))
    if asked.member.standing == Member.Standing.REMOVED:
        return no(_("This member was asked to stay away. A coordinator can help."))
    return when(asked.first != who, _("A second person has to confirm this, not the same one."))


@may
def may_let_lapse(by: object, waiting: Waiting, now: dt.datetime) -> Verdict:
    """The clock ends an offer when its time is over."""
    due = waiting.until is not None and waiting.until <= now
    return when(by == SYSTEM and due, _("This offer has not lapsed."))
