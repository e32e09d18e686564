"""Retention: what is over is deleted."""

import datetime as dt

from holdspace.kit import clock
from holdspace.ledger import chain
from holdspace.ledger.acts import act
from holdspace.people import barring
from holdspace.people.actions.signing import whose
from holdspace.people.log import chain_of
from holdspace.people.models import Allowance, Barring, Person, RecoveryKey, Session
from holdspace.vault.scopes import without_key

ALLOWANCE_KEPT = dt.timedelta(days=14)


@act
def clear_old(*, by: object) -> None:
    """Delete sessions, short codes, allowances and barrings whose last day has passed."""
    today = clock.today()
    Session.objects.filter(expires__lt=today).delete()
    RecoveryKey.objects.filter(until__lt=today).delete()
    Allowance.objects.filter(week__lt=today - ALLOWANCE_KEPT).delete()
    Barring.objects.filter(until__lt=today).delete()


@act
def clear_erased(*, by: object) -> int:
    """Delete accounts whose key is gone: erased ones that an old backup brought back.

    Their sessions came back too, and go first; so do their own chain and what bars them.
    """
    gone = without_key(Person.objects.values_list("scope", flat=True))
    for scope in sorted(gone):
        person = Person.objects.select_related("organisation").get(scope=scope)
        Session.objects.filter(whose=whose(person)).delete()
        sealed_under = person.organisation.scope
        Barring.objects.filter(tag=barring.tag_of(sealed_under, person.id)).delete()
        chain.end(chain_of(sealed_under, person.id))
        person.delete()
    return len(gone)
