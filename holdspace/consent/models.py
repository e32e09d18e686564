"""What was agreed to, and the undoing of everything."""

from typing import Any

from django.db import models

from holdspace.kit.models import OrganisationRow
from holdspace.ledger.stirring import Stirred
from holdspace.vault.fields import SealedJSON


class Consent(OrganisationRow, Stirred):
    """One purpose somebody agreed to, or no longer does: version and days are sealed."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=40)
    sealed = SealedJSON(bucket=128)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "purpose"], name="consent_purpose_once")
        ]

    @property
    def scope(self) -> int:
        """Sealed under the person who agreed."""
        return self.person.scope

    @property
    def is_given(self) -> bool:
        """Whether it holds now."""
        return is_given(self.sealed)


def is_given(said: dict[str, Any]) -> bool:
    """Whether what is sealed in a consent holds now."""
    return said["withdrawn"] is None


class Erasing(OrganisationRow):
    """An account on its way out: the intent and what is left to do, sealed under its own key.

    `due` stands open since the clock must find it. The row goes when all is done.
    """

    scope = models.BigIntegerField()
    due = models.DateTimeField(db_index=True)
    sealed = SealedJSON(bucket=2048)
