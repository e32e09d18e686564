"""One occurrence, and what was changed about it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from holdspace.kit.models import OrganisationRow
from holdspace.meetings.models.series import Gathering, Series
from holdspace.vault.fields import SealedText


class Meeting(Gathering):
    """One occurrence, made ahead by the clock or added by hand.

    `rule_day` is the date its series gave it and stays when it is moved, so that the clock never
    makes it twice; `day` is when it takes place on the wall of its zone. The exact instants stand
    open only until it is over. `place` and `link` are empty where the series' own hold.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        SKIPPED = "skipped", _("Not this time")
        CANCELLED = "cancelled", _("Cancelled")
        DONE = "done", _("Over")

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="meetings", null=True)
    number = models.PositiveIntegerField()
    rule_day = models.DateField(null=True)
    day = models.DateField()
    begins = models.DateTimeField(null=True, db_index=True)
    ends = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)

    class Meta(Gathering.Meta):
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="meetings_numbered"),
            models.UniqueConstraint(fields=["series", "rule_day"], name="meetings_once_a_date"),
            models.CheckConstraint(
                condition=Q(begins__isnull=True, ends__isnull=True)
                | Q(begins__isnull=False, ends__isnull=False),
                name="meetings_both_ends",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(begins__isnull=True),
                name="meetings_times_go_when_done",
            ),
            models.CheckConstraint(
                condition=Q(series__isnull=True, rule_day__isnull=True)
                | Q(series__isnull=False, rule_day__isnull=False),
                name="meetings_of_a_series_or_added",
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Whether it will take place or is taking place."""
        return self.state == self.State.PLANNED

    @property
    def exact_place(self) -> str:
        """Its own, else that of its series."""
        return self.place or (self.series.place if self.series else None) or ""

    @property
    def join_link(self) -> str:
        """Its own, else that of its series."""
        return self.link or (self.series.link if self.series else None) or ""


class Change(OrganisationRow):
    """A meeting was skipped, moved or cancelled, with words for those who meant to come."""

    class Kind(models.TextChoices):
        SKIP = "skip", _("Skipped")
        MOVE = "move", _("Moved")
        CANCEL = "cancel", _("Cancelled")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="changes")
    scope = models.BigIntegerField()
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    changed_on = models.DateField()
    from_day = models.DateField()
    words = SealedText(bucket=128, null=True)

    class Meta(OrganisationRow.Meta):
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="meetings_change_numbered")
        ]
