"""./manage rotate_root_key: a new epoch; done every week by the clock as well."""

from typing import Any

from django.core.management.base import BaseCommand

from holdspace.ledger.actions import rotate_root_key


class Command(BaseCommand):
    help = "Wraps every key anew and destroys epochs that no kept backup needs."

    def handle(self, *args: Any, **options: Any) -> None:
        wrapped, gone = rotate_root_key(by="operator")
        self.stdout.write(f"{wrapped} keys wrapped anew, {len(gone)} old epochs destroyed")
