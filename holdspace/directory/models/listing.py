"""One group that can be found: ours, or one that is run elsewhere."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from holdspace.directory.models.source import Source
from holdspace.kit.ids import new_code
from holdspace.kit.models import OrganisationRow

FAR = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)  # sorts after every date: no next meeting is known


class Standing(models.TextChoices):
    """Whether it can be come to."""

    ACTIVE = "active", _("Takes place")
    PAUSED = "paused", _("Temporarily closed")
    INACTIVE = "inactive", _("Not meeting")
    GONE = "gone", _("No longer in its source")


class Way(models.TextChoices):
    """How one gets in, as a card says it."""

    COME = "come", _("You can simply come")
    ASK = "ask", _("Ask first")
    INVITED = "invited", _("By invitation")
    FULL = "full", _("Full at the moment")
    ELSEWHERE = "elsewhere", _("Ask those who run it")


class Listing(OrganisationRow):
    """What anybody may read about a group. Nothing here is confidential.

    `times` and `rules` hold the repeating times of an imported listing, by the wall clock of
    `zone`; `soonest` is the begin of the next meeting, or FAR. `number` counts the listings of an
    organisation, none is given twice; `words` are the terms under which the word table names it:
    none unless it is `shown`. A group or source whose listing is kept cannot be deleted alone,
    since the word table would still name it.
    """

    class Mode(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        ONLINE = "online", _("Online")
        VIDEO = "video", _("By video")
        TEXT = "text", _("In writing")
        HYBRID = "hybrid", _("In person and online")
        UNSTATED = "unstated", _("Not said how")

    code = models.CharField(max_length=12, unique=True, default=new_code)
    group = models.OneToOneField(
        "groups.Group", on_delete=models.RESTRICT, related_name="+", null=True
    )
    source = models.ForeignKey(Source, on_delete=models.RESTRICT, related_name="+", null=True)
    source_key = models.CharField(max_length=32, blank=True)
    digest = models.CharField(max_length=32, blank=True)

    name = models.CharField(max_length=160)
    text = models.TextField(blank=True)
    kind = models.CharField(max_length=12, blank=True)
    audience = models.CharField(max_length=10, blank=True)
    topics = models.JSONField(default=list)
    identities = models.JSONField(default=list)
    mode = models.CharField(max_length=10, choices=Mode)
    standing = models.CharField(max_length=10, choices=Standing)
    way = models.CharField(max_length=10, choices=Way)
    wait_days = models.PositiveSmallIntegerField(null=True)
    place = models.CharField(max_length=300, blank=True)
    town = models.CharField(max_length=160, blank=True)
    country = models.CharField(max_length=60, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    approximate = models.BooleanField(default=False)
    zone = models.CharField(max_length=60)
    times = models.JSONField(default=list)
    rules = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    access = models.JSONField(default=list)
    cost = models.CharField(max_length=300, blank=True)
    run_by = models.CharField(max_length=160, blank=True)
    url = models.CharField(max_length=500, blank=True)
    stated_on = models.DateField(null=True)
    confirmed_on = models.DateField(null=True)

    number = models.PositiveIntegerField()
    words = models.BinaryField(default=bytes)
    soonest = models.DateTimeField(default=FAR)
    minutes = models.PositiveSmallIntegerField(default=60)
    shown = models.BooleanField(default=False)

    class Meta(OrganisationRow.Meta):
        indexes = [
            # What search asks of rows stands in both ways to them, so that it opens none.
            models.Index(
                fields=["organisation", "soonest", "number", "latitude", "longitude", "shown"],
                condition=Q(shown=True),
                name="directory_soon",
            ),
            models.Index(
                fields=["organisation", "number", "soonest", "latitude", "longitude"],
                name="directory_numbered",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "number"], name="directory_numbered_once"
            ),
            models.UniqueConstraint(fields=["source", "source_key"], name="directory_listed_once"),
            models.CheckConstraint(
                condition=Q(group__isnull=False) | Q(source__isnull=False),
                name="directory_ours_or_imported",
            ),
        ]

    @property
    def has_next(self) -> bool:
        """Whether a next meeting is known."""
        return self.soonest != FAR
