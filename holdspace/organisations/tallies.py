"""Counting those who come, without knowing who: per organisation and purpose, for a while.

No network address, no puzzle, no proof of work. Whoever counts decides what many means.
"""

import datetime as dt
from dataclasses import dataclass

from holdspace.kit import clock, scope
from holdspace.ledger.acts import act
from holdspace.organisations.models import Tally
from holdspace.vault.scopes import INSTALLATION
from holdspace.vault.tags import tag


@dataclass(frozen=True, slots=True)
class Counted:
    """How many came so far, this one too, and how long the while lasts still."""

    count: int
    left: dt.timedelta


@act
def count_one(*, by: object, purpose: str, within: dt.timedelta) -> Counted:
    """One more came for `purpose`; counts begin anew when `within` is over."""
    now = clock.now()
    row, _new = Tally.objects.select_for_update().get_or_create(
        tag=tag(INSTALLATION, "tally", f"{scope.current()}|{purpose}"),
        defaults={"organisation_id": scope.current(), "goes": now + within},
    )
    if row.goes <= now:
        row.count, row.goes = 0, now + within
    row.count += 1
    row.save(update_fields=["count", "goes"])
    return Counted(row.count, row.goes - now)


@act
def clear_tallies(*, by: object) -> int:
    """The clock's: forget counts whose while is over; inside `scope.everywhere`."""
    return Tally.objects.filter(goes__lte=clock.now()).delete()[0]
