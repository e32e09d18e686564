"""Invented people: an account each, and nothing that says who they are."""

from typing import TYPE_CHECKING

from holdspace.consent.actions import give_consent
from holdspace.consent.queries import TAKING_PART
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import SYSTEM
from holdspace.people.actions import affirm_age, begin_account
from holdspace.people.queries import holder_for

if TYPE_CHECKING:
    from holdspace.organisations.models import Organisation


def somebody(home: "Organisation", *, young: bool) -> Viewer:
    """Somebody signed in, of the age that is asked for, who may take part; with no place yet."""
    account = begin_account(by=SYSTEM)
    affirm_age(by=SYSTEM, account=account, band="young" if young else "adult")
    viewer = Viewer(organisation=home.id, holder=holder_for(account, scope=home.scope))
    give_consent(by=viewer, purpose=TAKING_PART.slug)
    return viewer
