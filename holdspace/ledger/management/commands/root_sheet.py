"""./manage root_sheet: print the sheet that a second holder keeps."""

from typing import Any

from django.core.management.base import BaseCommand

from holdspace.ledger.actions import print_root_sheet

SHEET = """
HOLDSPACE - SHEET FOR THE SECOND HOLDER

With this sheet and a key backup the data of this installation can be opened
when the machine is lost. Either of them alone opens nothing. Print it, put it
in an envelope, keep it in another house than the backups, and close this
window. It is kept nowhere else and cannot be shown again.

{words}

It serves every backup taken from now on. A sheet printed later replaces it.
To restore: ./manage restore DIR --sheet
"""


class Command(BaseCommand):
    help = "Prints a new sheet for the second holder of the root key."

    def handle(self, *args: Any, **options: Any) -> None:
        groups = print_root_sheet(by="operator").words.split(" ")
        lines = ["   ".join(groups[i : i + 5]) for i in range(0, len(groups), 5)]
        self.stdout.write(SHEET.format(words="\n".join(lines)))
