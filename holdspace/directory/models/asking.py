"""How many questions came within an hour: a number, and nothing of who asked."""

from django.db import models

from holdspace.kit.models import OrganisationRow
from holdspace.vault.fields import TagField


class Asking(OrganisationRow):
    """One count for an organisation and one for each place that is asked: a tag, and its end."""

    tag = TagField(unique=True)
    count = models.PositiveIntegerField(default=0)
    goes = models.DateTimeField(db_index=True)
