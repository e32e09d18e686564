"""Who may do what to the directory."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from holdspace.groups.rules import may_lead
from holdspace.kit.guard import may
from holdspace.kit.verdicts import Verdict, no, when, yes
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import SYSTEM

if TYPE_CHECKING:
    from holdspace.directory.models import Listing, Question

COORDINATOR = "coordinator"


def _is_coordinator(by: object) -> bool:
    return by == SYSTEM or (isinstance(by, Viewer) and by.has_role(COORDINATOR))


@may
def may_import(by: object) -> Verdict:
    """Coordinators decide which groups run elsewhere stand beside ours."""
    return when(_is_coordinator(by), _("Coordinators bring in groups from elsewhere."))


@may
def may_take_over(by: object, listing: "Listing") -> Verdict:
    """A coordinator may make a group of ours from an imported listing, once."""
    if listing.group_id:
        return no(_("This group is one of ours already."))
    return may_import(by)


@may
def may_ask(by: object) -> Verdict:
    """Anybody may ask, without an account and without a name."""
    return yes()


@may
def may_answer(by: object, question: "Question") -> Verdict:
    """Coordinators answer every question; a group's facilitators those about their group."""
    if _is_coordinator(by):
        return yes()
    return when(
        isinstance(by, Viewer)
        and question.group is not None
        and bool(may_lead(by, question.group)),
        _("The group's facilitators answer this."),
    )
