"""Who may agree, withdraw, take everything along, and leave for good."""

from django.utils.translation import gettext_lazy as _

from holdspace.consent.models import Consent
from holdspace.consent.purposes import PURPOSES, VISITING
from holdspace.kit.guard import may
from holdspace.kit.remembering import once_a_request
from holdspace.kit.verdicts import Verdict, when
from holdspace.kit.viewer import Viewer
from holdspace.people.queries import account_of


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
    return when(_agrees(viewer, purpose), _("You have not agreed to this yet."))


@once_a_request
def _agrees(viewer: Viewer, purpose: str) -> bool:
    account = account_of(viewer)
    rows = Consent.objects.select_related("person").filter(person_id=account, purpose=purpose)
    row = rows.first() if account is not None else None
    if row is None or not row.is_given:
        return False
    return bool(row.sealed["version"] == PURPOSES[purpose].version)


@may
def is_for_a_visit(viewer: Viewer, version: int) -> Verdict:
    """Whether what a visitor agreed to is what we ask now; it stands on the visit alone."""
    asked_again = _("What you agree to has changed while you were reading. Please read it.")
    return when(version == VISITING.version, asked_again)
