"""./manage shred SCOPE --reason "…": destroy the keys of one scope."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from holdspace.ledger.actions import shred_scope


class Command(BaseCommand):
    help = "Destroys the keys of a scope and of all below it. This cannot be undone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("scope", type=int)
        parser.add_argument("--reason", required=True)

    def handle(self, *args: Any, scope: int, reason: str, **options: Any) -> None:
        try:
            gone = shred_scope(by="operator", scope=scope, reason=reason)
        except ValueError as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(f"{gone} keys destroyed")
