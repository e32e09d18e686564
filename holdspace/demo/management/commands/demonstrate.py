"""./manage demonstrate: fill an empty installation with the invented organisation."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from holdspace.demo.keeping import keep_privately
from holdspace.demo.telling import Told, tell
from holdspace.organisations.queries import organisation_at

HEAD = "Everything here is invented. Step into any role with the bar at the top, or sign in:\n"


class Command(BaseCommand):
    help = "Tells the demonstration's story into an empty installation."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("only with HOLDSPACE_DEMONSTRATION=1, on an installation of its own")
        if organisation_at("localhost") is not None:
            raise CommandError("there is an organisation here already")
        told = tell(self.stdout.write)
        keep_privately(settings.KEYS / "demonstration.json", json.dumps(_roles(told)))
        keep_privately(settings.DATA / "demonstration.txt", _signs(told))


def _roles(told: Told) -> dict[str, Any]:
    return {"accounts": told.accounts, "visited": told.visited}


def _signs(told: Told) -> str:
    lines = [
        f"  {role:<12} {name}  /  {passphrase}  (one-time code secret {secret})"
        for role, name, passphrase, secret in told.signs
    ]
    return HEAD + "\n".join(lines) + "\n"
