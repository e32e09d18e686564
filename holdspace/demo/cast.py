"""Invented people: an account each, and nothing that says who they are."""

from typing import TYPE_CHECKING

from holdspace.consent.actions import give_consent
from holdspace.consent.queries import TAKING_PART
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import SYSTEM
from holdspace.people.actions import affirm_age, begin_account, give_recovery_key
from holdspace.people.queries import holder_for

if TYPE_CHECKING:
    from holdspace.organisations.models import Organisation


def somebody(home: "Organisation", *, young: bool) -> Viewer:
    """Somebody signed in, of the age that is asked for, who may take part and keeps a way back."""
    account = begin_account(by=SYSTEM)
    affirm_age(by=SYSTEM, account=account, band="young" if young else "adult")
    give_recovery_key(by=SYSTEM, account=account)
    viewer = Viewer(organisation=home.id, holder=holder_for(account, scope=home.scope))
    give_consent(by=viewer, purpose=TAKING_PART.slug)
    return viewer
