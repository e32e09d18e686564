"""Who runs this."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from holdspace.kit.models import OrganisationRow, Row
from holdspace.vault.fields import TagField


class Organisation(Row):
    """A charity, clinic, university or city that runs groups on this installation.

    `cover` holds the hours when a person reads: [weekday 0-6, "18:00", "22:00"] each, in `zone`.
    `opened_on` is the day the opening gate was passed; empty means closed to the public.
    `first` is the one that this installation began with: it answers names that nobody owns.
    """

    class Yarn(models.TextChoices):
        MULBERRY = "mulberry", _("Mulberry and moss")
        SLATE = "slate", _("Slate and rust")
        HEATHER = "heather", _("Heather and pine")
        INDIGO = "indigo", _("Indigo and clay")

    class AgeRule(models.TextChoices):
        ADULTS = "adults", _("Adults only")
        BOTH = "both", _("Adults, and separate groups for minors")
        MINORS = "minors", _("Minors only")

    scope = models.BigIntegerField()
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=40, unique=True)
    host = models.CharField(max_length=120, blank=True, db_index=True)
    first = models.BooleanField(default=False)
    sentence = models.CharField(max_length=300, blank=True)
    country = models.CharField(max_length=2, default="GB")
    zone = models.CharField(max_length=60, default="Europe/London")
    languages = models.JSONField(default=list)
    yarn = models.CharField(max_length=20, choices=Yarn, default=Yarn.MULBERRY)
    leave_to = models.URLField(max_length=200, blank=True)
    contact = models.CharField(max_length=300, blank=True)
    mail_name = models.CharField(max_length=60, default="Messages")
    age_rule = models.CharField(max_length=10, choices=AgeRule, default=AgeRule.ADULTS)
    adult_from = models.PositiveSmallIntegerField(default=18)
    minors_from = models.PositiveSmallIntegerField(default=14)
    cover = models.JSONField(default=list)
    wants_second_facilitator = models.BooleanField(default=True)
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_on__isnull=True) | models.Q(opened_on__isnull=False),
                name="organisation_closed_after_opening",
            ),
            models.UniqueConstraint(
                fields=["host"], condition=~models.Q(host=""), name="organisation_host_once"
            ),
            models.UniqueConstraint(
                fields=["first"], condition=models.Q(first=True), name="organisation_first_once"
            ),
        ]


class Beginning(Row):
    """The one-time link that sets up an empty installation; gone once it was used."""

    token_tag = TagField(unique=True)
    lapses_on = models.DateField()


class Tally(OrganisationRow):
    """How many came within a while, to do one thing: a number, and nothing of who they were.

    One tool for every slow-down that knows nobody: questions, new accounts, visits.
    """

    tag = TagField(unique=True)
    count = models.PositiveIntegerField(default=0)
    goes = models.DateTimeField(db_index=True)
