"""Retention: what is over is deleted."""

import datetime as dt

from holdspace.kit import clock
from holdspace.ledger.acts import act
from holdspace.people.models import Allowance, Barring, RecoveryKey, Session

ALLOWANCE_KEPT = dt.timedelta(days=14)


@act
def clear_old(*, by: object) -> None:
    """Delete sessions, short codes, allowances and barrings whose last day has passed."""
    today = clock.today()
    Session.objects.filter(expires__lt=today).delete()
    RecoveryKey.objects.filter(until__lt=today).delete()
    Allowance.objects.filter(week__lt=today - ALLOWANCE_KEPT).delete()
    Barring.objects.filter(until__lt=today).delete()
