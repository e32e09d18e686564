"""What an operator sees of an installation: how it stands, and nothing of what anybody wrote."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from holdspace.kit import clock
from holdspace.kit.verdicts import Verdict
from holdspace.ledger import worker
from holdspace.ledger.queries import last_day_of
from holdspace.ledger.queue import stuck
from holdspace.notices.rules import can_send_mail
from holdspace.organisations.rules import is_open_to_public

if TYPE_CHECKING:
    from holdspace.organisations.models import Organisation

BACKUP_WITHIN, REHEARSED_WITHIN = dt.timedelta(days=2), dt.timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Operation:
    """The state of the installation, for the page of its operator."""

    works: bool
    stuck: int
    backup: dt.date | None
    backup_is_old: bool
    rehearsal: dt.date | None
    rehearsal_is_old: bool
    mail: Verdict
    doors: Verdict


def operation_of(organisation: "Organisation") -> Operation:
    """How the installation stands today. Ask `may_operate` first."""
    backup, rehearsal = last_day_of("backup.taken"), last_day_of("restore.rehearsed")
    return Operation(
        works=worker.alive(),
        stuck=len(list(stuck())),
        backup=backup,
        backup_is_old=_is_old(backup, BACKUP_WITHIN),
        rehearsal=rehearsal,
        rehearsal_is_old=_is_old(rehearsal, REHEARSED_WITHIN),
        mail=can_send_mail(),
        doors=is_open_to_public(organisation),
    )


def _is_old(day: dt.date | None, within: dt.timedelta) -> bool:
    return day is None or clock.today() - day > within
