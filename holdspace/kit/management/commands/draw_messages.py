"""./manage draw_messages: write the template of all messages, for those who translate."""

from typing import Any

from babel.messages.pofile import write_po
from django.conf import settings
from django.core.management.base import BaseCommand

from holdspace.kit.messages import TEMPLATE, drawn


class Command(BaseCommand):
    help = f"Writes {TEMPLATE}."

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write it, sorted, so that a change shows as one."""
        with (settings.ROOT / TEMPLATE).open("wb") as file:
            write_po(
                file, drawn(settings.ROOT), no_location=True, omit_header=True, sort_output=True
            )
        self.stdout.write(f"{TEMPLATE} written")
