"""Weekly epochs of the root key: wrap anew, and destroy what no kept backup needs."""

import datetime as dt
from itertools import pairwise

from django.db import transaction

from holdspace.kit import clock
from holdspace.vault import ciphers, keys, rootkey
from holdspace.vault.models import Key
from holdspace.vault.router import KEYS

KEPT_WEEKS = 4  # how long key backups are kept, and with them the epochs that open them


def epoch_of(day: dt.date) -> int:
    """The number of the first epoch of a day's ISO week: year, week, and a digit."""
    year, week, _weekday = day.isocalendar()
    return (year * 100 + week) * 10


def week_of(epoch: int) -> dt.date:
    """The Monday of the week in which an epoch was made."""
    year, week = divmod(epoch // 10, 100)
    return dt.date.fromisocalendar(year, week, 1)


def rotate() -> int:
    """Make a new epoch and wrap every top key in it; returns how many were wrapped anew.

    The new file is on disk before the first key needs it, so a crash in between loses nothing.
    """
    epoch = rootkey.write_epoch(max(epoch_of(clock.today()), rootkey.current_epoch() + 1))
    return wrap_all_in(epoch)


def wrap_all_in(epoch: int) -> int:
    """Wrap every top key that is still in another epoch; returns how many there were."""
    above, wrapped = rootkey.root_key(epoch), 0
    with transaction.atomic(using=KEYS):
        for row in Key.objects.select_for_update().filter(epoch__isnull=False).exclude(epoch=epoch):
            place = keys.wrapping_place(row.scope, row.version, None)
            old = rootkey.root_key(row.epoch or 0)
            row.wrapped = ciphers.encrypt(
                above, ciphers.decrypt(old, bytes(row.wrapped), place), place
            )
            row.epoch = epoch
            row.save(update_fields=["wrapped", "epoch"])
            wrapped += 1
    return wrapped


def destroy_old_epochs() -> list[int]:
    """Destroy the files of epochs replaced more than KEPT_WEEKS weeks ago; returns them.

    Raises RuntimeError if a key were still wrapped in one of them.
    """
    rootkey.sweep_up()
    here = rootkey.epochs()
    limit = clock.today() - dt.timedelta(weeks=KEPT_WEEKS)
    old = [epoch for epoch, next_one in pairwise(here) if week_of(next_one) <= limit]
    if Key.objects.filter(epoch__in=old).exists():
        raise RuntimeError("keys are still wrapped in an epoch that was to be destroyed")
    for epoch in old:
        rootkey.destroy_epoch(epoch)
    return old


def gone_by(day: dt.date) -> dt.date:
    """When the last backup that could restore what is erased on `day` is unreadable.

    Keys erased today stand in today's key backup, wrapped in this week's epoch; that epoch is
    replaced next Monday and its file destroyed KEPT_WEEKS weeks later.
    """
    next_monday = day + dt.timedelta(days=7 - day.weekday())
    return next_monday + dt.timedelta(weeks=KEPT_WEEKS)
