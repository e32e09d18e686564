"""./manage restore DIR: put the newest backup back and replay every erasure."""

import getpass
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from holdspace.ledger.actions import restore_backup
from holdspace.vault.backup.copies import BrokenCopy
from holdspace.vault.backup.restoring import NothingToRestore
from holdspace.vault.ciphers import Unopenable
from holdspace.vault.rootkey import RootKeyMissing
from holdspace.vault.sheet import UnreadableSheet

KIND = (NothingToRestore, BrokenCopy, UnreadableSheet, RootKeyMissing, Unopenable)


class Command(BaseCommand):
    help = "Replaces both databases by the newest backup in DIR. Stop ./serve first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--sheet", action="store_true", help="type in the second holder's sheet"
        )

    def handle(self, *args: Any, folder: Path, sheet: bool, **options: Any) -> None:
        os.umask(0o077)  # what comes back is for its owner only, as it was
        typed = getpass.getpass("The sheet, all groups of characters: ") if sheet else ""
        try:
            done = restore_backup(folder, by="operator", typed_sheet=typed)
        except KIND as fault:
            raise CommandError(str(fault) or type(fault).__name__) from fault
        self.stdout.write(
            f"Restored content {done.content} and keys {done.keys}; "
            f"{done.erased_again} erased keys destroyed again."
        )
