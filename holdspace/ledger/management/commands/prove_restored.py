"""./manage prove_restored: count, open and verify everything here; used by the rehearsal."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from holdspace.kit import scope
from holdspace.ledger.proof import prove


class Command(BaseCommand):
    help = "Counts all rows, opens sealed values, walks every chain; prints one line of JSON."

    def handle(self, *args: Any, **options: Any) -> None:
        with scope.everywhere("proving that everything here opens"):
            self.stdout.write(json.dumps(prove()))
