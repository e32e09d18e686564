"""./manage rehearse_restore DIR: prove the newest backup by restoring it elsewhere."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from holdspace.ledger.actions import note_rehearsal
from holdspace.ledger.rehearsal import RehearsalFailed, rehearse
from holdspace.vault.backup.copies import BrokenCopy
from holdspace.vault.backup.restoring import NothingToRestore


class Command(BaseCommand):
    help = "Restores the newest backup in DIR into a throw-away place and checks it whole."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            proof = rehearse(folder)
        except (RehearsalFailed, NothingToRestore, BrokenCopy) as fault:
            raise CommandError(f"The backup did not hold: {fault}") from fault
        note_rehearsal(by="operator", content=proof.content, keys=proof.keys)
        self.stdout.write(
            f"Whole: {proof.rows} rows, {proof.opened} sealed values opened, "
            f"{proof.chains} ledger chains hold."
        )
