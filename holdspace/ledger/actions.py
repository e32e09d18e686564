"""The operator's acts on the cellar. Each leaves a line in the installation's own chain."""

import datetime as dt
from pathlib import Path

from django.core.management import call_command

from holdspace.kit import clock
from holdspace.ledger import chain as chains
from holdspace.ledger.acts import act
from holdspace.ledger.chain import record
from holdspace.ledger.events import announce
from holdspace.ledger.stirring import settle_all
from holdspace.ledger.worker import hear_now
from holdspace.vault import rotation, scopes
from holdspace.vault.backup import copies
from holdspace.vault.backup.restoring import Restored, restore
from holdspace.vault.scopes import INSTALLATION
from holdspace.vault.sheet import Sheet, make_sheet

LINES_KEPT = dt.timedelta(days=730)
ERASURES_KEPT = dt.timedelta(weeks=53)  # far longer than any key backup


@act
def rotate_root_key(*, by: object) -> tuple[int, list[int]]:
    """A new epoch for the root key; returns how many keys were wrapped anew and old epochs gone."""
    wrapped = rotation.rotate()
    gone = rotation.destroy_old_epochs()
    record(INSTALLATION, "root_key.rotated", actor=by, wrapped=wrapped, destroyed=gone)
    return wrapped, gone


@act
def shred_scope(*, by: object, scope: int, reason: str) -> int:
    """Destroy the keys of one scope and all below it; returns how many went.

    Raises ValueError without a reason, or for the installation's own scope.
    """
    if not reason or scope == INSTALLATION:
        raise ValueError("shredding needs a reason, and never the installation's own scope")
    record(INSTALLATION, "scope.shredded", actor=by, reason=reason)
    return scopes.shred([scope])


@act
def print_root_sheet(*, by: object) -> Sheet:
    """A new sheet for a second holder; the one before no longer opens later backups."""
    made = make_sheet()
    record(INSTALLATION, "root_sheet.printed", actor=by)
    return made


@act
def settle_stirred(*, by: object) -> int:
    """Let the rows that were written today settle together; returns how many."""
    return settle_all()


@act
def trim_chain(*, by: object, chain: int) -> int:
    """The clock's: lines of a chain older than two years go; what is left still verifies."""
    return chains.trim(chain, clock.today() - LINES_KEPT)


@act
def prune_erasures(*, by: object) -> int:
    """The clock's: what was erased over a year ago is in no backup that could still be opened."""
    return scopes.prune_erasures(clock.today() - ERASURES_KEPT)


@act
def note_backup(*, by: object, content: str, keys: str) -> None:
    """Remember that a backup was taken."""
    record(INSTALLATION, "backup.taken", actor=by, content=content, keys=keys)


@act
def note_rehearsal(*, by: object, content: str, keys: str) -> None:
    """Remember that a backup was restored elsewhere and found whole."""
    record(INSTALLATION, "restore.rehearsed", actor=by, content=content, keys=keys)


def take_backup(base: Path, *, by: object) -> tuple[copies.Copy, copies.Copy]:
    """Copy content first and keys after, then forget key copies that are too old.

    In this order every word in the copy has its key in the copy, or had it destroyed meanwhile.
    """
    content = copies.take(base, "content")
    key_copy = copies.take(base, "keys")
    copies.prune_keys(base)
    note_backup(by=by, content=content.folder.name, keys=key_copy.folder.name)
    return content, key_copy


def restore_backup(base: Path, *, by: object, typed_sheet: str = "") -> Restored:
    """Put the newest backup back, replay erasures, and clear what they leave without a key.

    See vault.backup.restoring.restore. What listens to the restore is done before this returns:
    nobody is served a row whose key is gone.
    """
    restored = restore(base, typed_sheet=typed_sheet)
    for database in ("keys", "default"):
        call_command("migrate", database=database, verbosity=0)
    note_restore(by=by, restored=restored)
    hear_now("ledger.restored")
    return restored


@act
def note_restore(*, by: object, restored: Restored) -> None:
    """Remember that a backup was put back."""
    record(
        INSTALLATION,
        "backup.restored",
        actor=by,
        content=restored.content,
        keys=restored.keys,
        erased_again=restored.erased_again,
    )
    announce("ledger.restored")
