"""Who may arrange a group, lead it, and find it open."""

from django.utils.translation import gettext_lazy as _

from holdspace.groups.choices import State
from holdspace.groups.lacking import missing_to_open
from holdspace.groups.leading import part_of
from holdspace.groups.models import Group
from holdspace.kit.guard import may
from holdspace.kit.verdicts import Verdict, no, when, yes
from holdspace.kit.viewer import Viewer
from holdspace.organisations.rules import is_open_to_public
from holdspace.staff.rules import may_coordinate


@may
def may_arrange(viewer: Viewer | str, group: Group) -> Verdict:
    """Coordinators of the group's organisation change what the group is."""
    if isinstance(viewer, Viewer) and viewer.organisation != group.organisation_id:
        return no(_("Only a coordinator can do this."))
    return may_coordinate(viewer)


@may
def may_lead(viewer: Viewer, group: Group) -> Verdict:
    """Facilitators and co-facilitators of this group, at present, by their staff account."""
    return when(
        part_of(viewer, group) is not None, _("Only this group's facilitators can do this.")
    )


@may
def may_confirm(viewer: Viewer | str, group: Group) -> Verdict:
    """Who leads a group or arranges it may confirm that its listing is right."""
    if isinstance(viewer, Viewer) and part_of(viewer, group) is not None:
        return yes()
    return may_arrange(viewer, group)


@may
def may_open_group(viewer: Viewer | str, group: Group, agreements: int) -> Verdict:
    """A group opens when it has an agreement and says what happens the first time."""
    allowed = may_arrange(viewer, group)
    if not allowed:
        return allowed
    if group.state == State.ENDED:
        return no(_("This group has ended. Begin a new one instead."))
    missing = missing_to_open(group, agreements)
    return when(not missing, missing[0][0] if missing else "")


@may
def may_close_group(viewer: Viewer | str, group: Group) -> Verdict:
    """Only an open group can be closed for a while."""
    allowed = may_arrange(viewer, group)
    return allowed and when(group.state == State.OPEN, _("This group is not open."))


@may
def may_end_group(viewer: Viewer | str, group: Group) -> Verdict:
    """A group ends once."""
    allowed = may_arrange(viewer, group)
    return allowed and when(group.state != State.ENDED, _("This group has ended already."))


@may
def is_taking_people(group: Group) -> Verdict:
    """Whether newcomers may come at all: the organisation's doors and the group's are open."""
    if group.state == State.CLOSED:
        return no(_("This group is closed for now."))
    if group.state != State.OPEN:
        return no(_("This group does not take anybody in."))
    return is_open_to_public(group.organisation)
