"""The secret address from which one member's calendar fetches their group's meetings."""

from django.db import models

from holdspace.kit.models import OrganisationRow
from holdspace.vault.fields import SealedJSON, TagField


class GroupCalendar(OrganisationRow):
    """One address a membership: leaving ends it, and no other member's tells the same.

    Only a keyed tag of it is kept; `chosen`, how meetings are called, lies under the member's key.
    """

    member = models.OneToOneField("members.Member", on_delete=models.CASCADE, related_name="+")
    scope = models.BigIntegerField()
    token_tag = TagField(unique=True)
    chosen = SealedJSON(bucket=256)
