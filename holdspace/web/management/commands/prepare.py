"""./manage prepare: make an installation ready to serve; harmless when it is."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from holdspace.vault.backup import unfinished
from holdspace.web import preparation


class Command(BaseCommand):
    help = "Make folders, keys, tables and static files, or bring them up to date."
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **options: Any) -> None:
        """Say what was done, nothing when all was there."""
        if unfinished.is_there():
            raise CommandError("A restore was cut short. Finish it: ./manage restore DIR")
        preparation.make_folders()
        preparation.make_secrets()
        preparation.wait_for_databases()
        for alias in preparation.migrate():
            self.stdout.write(f"brought the database {alias!r} up to date")
        if preparation.collect_static():
            self.stdout.write("collected the static files")
