"""Who may agree, withdraw, take everything along, and leave for good."""

from django.utils.translation import gettext_lazy as _

from holdspace.consent.along import agrees
from holdspace.consent.purposes import VISITING
from holdspace.kit.guard import may
from holdspace.kit.verdicts import Verdict, when
from holdspace.kit.viewer import Viewer


@may
def may_decide(viewer: Viewer) -> Verdict:
    """Whoever is signed in with an account of their own decides about it."""
    return when(viewer.holder is not None, _("Please sign in with an account of your own first."))


@may
def may_see_everything_held(viewer: Viewer) -> Verdict:
    """Everybody may see what is held on them; a work account too."""
    return when(viewer.is_somebody, _("Please sign in first."))


@may
def may_erase_account(viewer: Viewer) -> Verdict:
    """One's own account; a work account is ended by a coordinator."""
    return when(viewer.holder is not None, _("A coordinator ends work accounts. Please ask one."))


@may
def has_agreed(viewer: Viewer, purpose: str) -> Verdict:
    """Whether who is looking agrees to this purpose now, in its present version."""
    return when(agrees(viewer, purpose), _("You have not agreed to this yet."))


@may
def is_for_a_visit(viewer: Viewer, version: int) -> Verdict:
    """Whether what a visitor agreed to is what we ask now; it stands on the visit alone."""
    asked_again = _("What you agree to has changed while you were reading. Please read it.")
    return when(version == VISITING.version, asked_again)
