"""./manage draw_settings: write docs/run/settings.md from the list of what is read."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from holdspace.kit import surroundings


class Command(BaseCommand):
    help = "Writes docs/run/settings.md."

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the page."""
        (settings.ROOT / surroundings.PAGE).write_text(surroundings.draw())
        self.stdout.write(f"{surroundings.PAGE} written")
