"""Whose groups we show beside our own, and a file on its way in."""

from django.db import models

from holdspace.kit.models import OrganisationRow
from holdspace.vault.fields import SealedField, SealedText


class Source(OrganisationRow):
    """A feed of groups run elsewhere. `name` is who runs them, as people will read it.

    One who runs many publishes many files, each a source of its own: `file` is its name, or the
    address without its query.
    """

    key = models.CharField(max_length=64)
    name = models.CharField(max_length=160)
    file = models.CharField(max_length=160, blank=True)
    format = models.CharField(max_length=20)
    audience = models.CharField(max_length=10, blank=True)
    topics = models.JSONField(default=list)
    zone = models.CharField(max_length=60, blank=True)
    read_on = models.DateField()
    counts = models.JSONField(default=dict)  # what became of its records when it was read last

    class Meta(OrganisationRow.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="directory_source_once")
        ]


class Upload(OrganisationRow):
    """A file between preview and yes. Sealed, since feeds hold people; gone within a day.

    A large one is brought in later (`begun`): `read` of its `records` are done.
    """

    scope = models.BigIntegerField()
    code = models.CharField(max_length=12, unique=True)
    day = models.DateField()
    name = SealedText(bucket=64)
    content = SealedField(bucket=4_096)
    choices = models.JSONField(default=dict)
    begun = models.BooleanField(default=False)
    records = models.PositiveIntegerField(default=0)
    read = models.PositiveIntegerField(default=0)
