"""./manage staff_link: a one-time link by which a coordinator gets in, when no colleague can."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from holdspace.kit import scope
from holdspace.ledger.acts import SYSTEM
from holdspace.organisations.queries import organisation_named
from holdspace.staff.actions import invite_staff


class Command(BaseCommand):
    help = "Print a one-time link that makes a work account with the role of coordinator."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which organisation, for whom, and where people reach it."""
        parser.add_argument("organisation", help="its slug")
        parser.add_argument("--name", default="Coordinator", help="who it is for, for colleagues")
        parser.add_argument("--base", default="", help="address of the organisation's pages")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print the link, and nothing else."""
        organisation = organisation_named(options["organisation"])
        if organisation is None:
            raise CommandError(f"no organisation {options['organisation']!r}")
        with scope.entered(organisation.id):
            token = invite_staff(
                by=SYSTEM,
                organisation=organisation.id,
                name=options["name"],
                shown_as=options["name"],
                roles=["coordinator"],
            )
        own = f"http://{organisation.host or organisation.slug + '.localhost:8000'}"
        self.stdout.write(f"{(options['base'] or own).rstrip('/')}/staff/begin/{token}/")
