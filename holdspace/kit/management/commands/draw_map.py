"""./manage draw_map: write docs/build/map.md from the house as it stands."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from holdspace.kit.mapping import draw

MAP = Path("docs") / "build" / "map.md"


class Command(BaseCommand):
    help = "Writes docs/build/map.md; with --check fails if it is not current."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        file, drawn = settings.ROOT / MAP, draw(settings.ROOT)
        if check and (not file.exists() or file.read_text() != drawn):
            raise CommandError("docs/build/map.md is not current: run ./manage draw_map")
        if not check:
            file.write_text(drawn)
            self.stdout.write(f"{MAP} written")
