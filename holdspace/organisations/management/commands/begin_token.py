"""./manage begin_token: the one-time link that sets up an empty installation."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from holdspace.kit.guard import Refused
from holdspace.ledger.acts import SYSTEM
from holdspace.organisations.actions import make_beginning

LOCKED_OUT = (
    "If its coordinator cannot sign in, ./manage staff_link SLUG prints a link that works once."
)


class Command(BaseCommand):
    help = "Print a one-time link that sets up an empty installation; an older one stops working."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where people reach this server."""
        parser.add_argument("--base", default="http://localhost:8000", help="address of the server")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print the link, and nothing else."""
        try:
            token = make_beginning(by=SYSTEM)
        except Refused as refused:
            said = f"{refused.reason} {LOCKED_OUT}"
            raise CommandError(said) from refused
        self.stdout.write(f"{options['base'].rstrip('/')}/begin/{token}/")
