"""./manage verify_ledger: walk every chain; exit 1 where one does not hold."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from holdspace.ledger.chain import verify
from holdspace.ledger.models import Chain


class Command(BaseCommand):
    help = "Walks every hash chain of the ledger and names each place where one was changed."

    def handle(self, *args: Any, **options: Any) -> None:
        walked, breaks = 0, []
        for chain in Chain.objects.values_list("id", flat=True).order_by("id").iterator():
            walked += 1
            breaks += list(verify(chain))
        for found in breaks:
            self.stdout.write(f"chain {found.chain}, line {found.number}: {found.why}")
        if breaks:
            raise CommandError(f"{len(breaks)} breaks in {walked} chains")
        self.stdout.write(f"{walked} chains hold")
