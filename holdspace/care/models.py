"""Lines that an organisation keeps itself: phoned, put right, added, or taken down."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from holdspace.kit.models import OrganisationRow


class HelpLine(OrganisationRow):
    """An organisation's own record of a line; it stands before the shipped one of that code.

    `record` has the shape of our text files (records.py). `checked_by` is an open staff account.
    """

    class Withdrawn(models.TextChoices):
        SILENT = "silent", _("Nobody answers there any more")
        WRONG = "wrong", _("The number belongs to someone else")

    country = models.CharField(max_length=2)
    code = models.SlugField(max_length=40)
    record = models.JSONField()
    checked_on = models.DateField()
    checked_by = models.BigIntegerField()
    phoned = models.BooleanField()
    withdrawn = models.CharField(max_length=10, choices=Withdrawn, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "country", "code"], name="helpline_once"
            )
        ]
