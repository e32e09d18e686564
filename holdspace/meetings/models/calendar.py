"""The secret address from which one member's calendar fetches their group's meetings."""

from django.db import models

from holdspace.kit.models import OrganisationRow
from holdspace.ledger.stirring import Stirred
from holdspace.vault.fields import SealedJSON, TagField


class GroupCalendar(OrganisationRow, Stirred):
    """One address a membership: leaving ends it, and no other member's tells the same.

    Only a keyed tag of it is kept; `chosen`, how meetings are called, lies under the member's key.
    Stirred, since whoever turns on one for each of their groups does so in a row.
    """

    member = models.OneToOneField("members.Member", on_delete=models.CASCADE, related_name="+")
    scope = models.BigIntegerField()
    token_tag = TagField(unique=True)
    chosen = SealedJSON(bucket=256)
