"""Who may run an organisation, and whether its doors are open."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from holdspace.kit import clock
from holdspace.kit.guard import may
from holdspace.kit.verdicts import Verdict, no, when, yes
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import SYSTEM
from holdspace.organisations import gate
from holdspace.organisations.beginning import beginning_tag
from holdspace.organisations.models import Beginning, Organisation

opening_check = gate.check


@may
def may_run(viewer: Viewer | str, organisation: Organisation) -> Verdict:
    """Coordinators run their own organisation; the operator's commands act as SYSTEM."""
    if isinstance(viewer, str):
        return when(viewer == SYSTEM, _("Only a coordinator can do this."))
    if viewer.organisation != organisation.id:
        return no(_("Only a coordinator can do this."))
    return when(viewer.has_role("coordinator"), _("Only a coordinator can do this."))


@may
def may_begin() -> Verdict:
    """An installation is set up once, while it has no organisation."""
    return when(not Organisation.objects.exists(), _("This place is set up already."))


@may
def may_begin_with(token: str) -> Verdict:
    """Whoever has the one-time token from the terminal may set up an empty installation."""
    known = Beginning.objects.filter(
        token_tag=beginning_tag(token), lapses_on__gte=clock.today()
    ).exists()
    stale = _("This link is not right, or it was used already. The terminal gives a new one.")
    return may_begin() and when(known, stale)


@may
def may_see_opening(viewer: Viewer, organisation: Organisation) -> Verdict:
    """Everybody who works here may see what is missing before the doors open."""
    here = viewer.staff is not None and viewer.organisation == organisation.id
    return when(here, _("This page is for people who work here."))


@may
def is_open_to_public(organisation: Organisation) -> Verdict:
    """Whether the opening gate was passed and the doors were not closed again."""
    if organisation.opened_on is None or organisation.closed_on is not None:
        return no(_("These groups are not open yet."))
    return yes()


@may
def may_open_doors(viewer: Viewer | str, organisation: Organisation) -> Verdict:
    """A coordinator opens the doors when every check of the gate says yes."""
    allowed = may_run(viewer, organisation)
    if not allowed:
        return allowed
    missing = [c for c in gate.checks() if not c.asking(organisation)]
    return when(not missing, _("Some things on the list are still missing."))


@may
def may_open_demonstration(_by: Viewer | str) -> Verdict:
    """Only a demonstration opens without the gate: it is invented and serves this machine only."""
    there = settings.DEMONSTRATION or settings.TESTING
    return when(there, _("Only the demonstration opens without its list."))
