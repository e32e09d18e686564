"""./manage add_organisation: one more organisation on this installation."""

from typing import Any
from zoneinfo import available_timezones

from django.core.management.base import BaseCommand, CommandError, CommandParser

from holdspace.ledger.acts import SYSTEM
from holdspace.organisations.actions import open_organisation
from holdspace.organisations.queries import free_slug, organisation_named


class Command(BaseCommand):
    help = "Add an organisation; it is reached by its own host name, or at SLUG.localhost."

    def add_arguments(self, parser: CommandParser) -> None:
        """Name, and what may be changed later on its page."""
        parser.add_argument("name")
        parser.add_argument("--slug", default="", help="short name, made from the name if missing")
        parser.add_argument("--host", default="", help="its own host name, e.g. groups.example.org")
        parser.add_argument("--country", default="GB", help="two letters, e.g. GB")
        parser.add_argument("--zone", default="Europe/London", help="time zone, e.g. Europe/London")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Add it, and say how its first coordinator gets in."""
        slug = options["slug"] or free_slug(options["name"])
        if organisation_named(slug):
            raise CommandError(f"there is an organisation {slug!r} already")
        if options["zone"] not in available_timezones():
            raise CommandError(f"no such time zone: {options['zone']}")
        made = open_organisation(
            by=SYSTEM,
            name=options["name"],
            slug=slug,
            country=options["country"].upper(),
            zone=options["zone"],
            host=options["host"].lower(),
        )
        where = made.host or f"{made.slug}.localhost"
        self.stdout.write(f"{made.name} is at {where}. Its groups are not open to the public yet.")
        self.stdout.write(f"Invite its first coordinator: ./manage staff_link {made.slug}")
