"""Retention: what is over is deleted."""

import datetime as dt

from holdspace.kit import clock
from holdspace.ledger.acts import act
from holdspace.people.models import Allowance, Barring, Person, RecoveryKey, Session
from holdspace.vault.models import Key

ALLOWANCE_KEPT = dt.timedelta(days=14)
BATCH = 500


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
    """Delete accounts whose key is gone: erased ones that an old backup brought back."""
    kept = dict(Person.objects.values_list("scope", "id"))
    scopes, gone = list(kept), 0
    for i in range(0, len(scopes), BATCH):
        batch = scopes[i : i + BATCH]
        living = set(Key.objects.filter(scope__in=batch).values_list("scope", flat=True))
        dead = [kept[scope] for scope in batch if scope not in living]
        gone += len(dead)
        Person.objects.filter(id__in=dead).delete()
    return gone
