"""./manage backup DIR: a consistent copy while everything runs."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from holdspace.ledger.actions import take_backup


class Command(BaseCommand):
    help = "Copies content first and keys after into DIR; old key copies go."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        content, keys = take_backup(folder, by="operator")
        self.stdout.write(f"Content: {content.folder.name}. Keys: {keys.folder.name}.")
        self.stdout.write(
            "Move the folders 'content' and 'keys' to different places: together they open."
        )
