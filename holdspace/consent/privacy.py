"""What we hold of somebody's consents."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from holdspace.consent.models import Consent
from holdspace.consent.purposes import PURPOSES
from holdspace.kit.holdings import of_a_person, say


def export(account: int) -> dict[str, Any]:
    """Each purpose with its version and days."""
    rows = Consent.objects.filter(person_id=account).select_related("person")
    return {row.purpose: dict(row.sealed) for row in rows}


def erase(account: int) -> list[int]:
    """The rows go; they are sealed under the person, who goes last. Safe to repeat."""
    Consent.objects.filter(person_id=account).delete()
    return []


of_a_person("consent", export=export, erase=erase)
say(
    {
        "consent": _("What you agreed to"),
        "version": _("Version of the words"),
        "given": _("Given"),
        "withdrawn": _("Withdrawn"),
        "what=consent.given": _("You agreed to something"),
        "what=consent.withdrawn": _("You withdrew what you had agreed to"),
        **{purpose.slug: purpose.title for purpose in PURPOSES.values()},
    }
)
