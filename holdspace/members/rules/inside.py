"""Who may look inside, and do what, in a group."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from holdspace.consent.queries import TAKING_PART
from holdspace.consent.rules import has_agreed
from holdspace.groups.queries import current_agreement
from holdspace.groups.rules import is_taking_people, may_arrange, may_lead
from holdspace.kit import clock
from holdspace.kit.guard import may
from holdspace.kit.verdicts import Verdict, no, when, yes
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import SYSTEM
from holdspace.members.models import Member, Recognition, Return, Visit
from holdspace.members.who import record_of

if TYPE_CHECKING:
    from holdspace.groups.models import Group

NOT_AGREED = _("Please read what is kept when you take part, and say whether you agree.")


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
def may_take_words_back(viewer: Viewer, member: Member) -> Verdict:
    """Who has no place here any more still decides about what they wrote."""
    gone = when(not member.is_current, _("You are in this group: what you wrote is yours there."))
    return is_own(viewer, member) and gone


@may
def may_appoint(viewer: Viewer, group: "Group", member: Member) -> Verdict:
    """Facilitators who work here give members roles."""
    return may_remove(viewer, group, member)


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
