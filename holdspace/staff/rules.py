"""Who may do what among those who work here."""

from django.utils.translation import gettext_lazy as _

from holdspace.kit.guard import may
from holdspace.kit.verdicts import Verdict, no, when
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import SYSTEM
from holdspace.staff.models import Role, StaffAccount

COORDINATOR = Role.Name.COORDINATOR.value


@may
def may_work(viewer: Viewer) -> Verdict:
    """The Work pages are for staff accounts."""
    return when(viewer.staff is not None, _("This page is for people who work here."))


@may
def may_coordinate(viewer: Viewer | str) -> Verdict:
    """Coordinators arrange groups and staff; the operator's commands act as SYSTEM."""
    if isinstance(viewer, str):
        return when(viewer == SYSTEM, _("Only a coordinator can do this."))
    return when(viewer.has_role(COORDINATOR), _("Only a coordinator can do this."))


@may
def may_operate(viewer: Viewer | str) -> Verdict:
    """Operators see health and backups, and nothing of what groups write."""
    if isinstance(viewer, str):
        return when(viewer == SYSTEM, _("Only an operator can do this."))
    return when(viewer.has_role(Role.Name.OPERATOR), _("Only an operator can do this."))


@may
def may_end_account(viewer: Viewer | str, staff: StaffAccount, coordinators: int) -> Verdict:
    """A coordinator ends accounts, but an organisation keeps at least one coordinator.

    `coordinators` is how many there would be afterwards.
    """
    allowed = may_coordinate(viewer)
    if not allowed:
        return allowed
    if staff.ended_on is not None:
        return no(_("This account has ended already."))
    return when(coordinators > 0, _("Somebody has to be coordinator. Name another one first."))
