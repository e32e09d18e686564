"""A recurring meeting of a group: its rhythm, how people come, and where."""

from datetime import date
from functools import lru_cache

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from holdspace.kit.models import OrganisationRow
from holdspace.kit.speaking import language
from holdspace.meetings.rhythm import Pause, Rhythm, shape_from_rule
from holdspace.vault.fields import SealedText

MOST_SEATS = 500
USUAL_SEATS = 12  # product.md: ten to twelve people is what a circle holds


class Attendance(models.TextChoices):
    """How people come: said by whoever plans it, never inferred from an address or a link."""

    IN_PERSON = "in_person", _("In person")
    VIDEO = "video", _("By video")
    TEXT = "text", _("In writing")
    HYBRID = "hybrid", _("In person and by video")


@lru_cache(maxsize=200)
def _in_words(_language: str, attendance: str) -> str:
    return str(Attendance(attendance).label)


class Gathering(OrganisationRow):
    """What a series and a single meeting have in common.

    `area` is for everybody ("Leith, near the library"). `place` and `link` are sealed under the
    group's scope, copied here into `scope`, and shown only to those with a seat. `version` counts
    what was changed since it was planned: calendars tell by it which of two words is the later.
    """

    group = models.ForeignKey("groups.Group", on_delete=models.CASCADE, related_name="+")
    scope = models.BigIntegerField()
    zone = models.CharField(max_length=60)
    attendance = models.CharField(max_length=12, choices=Attendance)
    seats = models.PositiveSmallIntegerField(
        default=USUAL_SEATS, validators=[MinValueValidator(1), MaxValueValidator(MOST_SEATS)]
    )
    introductory = models.BooleanField(default=False)
    area = models.CharField(max_length=160, blank=True)
    version = models.PositiveIntegerField(default=0)
    place = SealedText(bucket=256, null=True)
    link = SealedText(bucket=256, null=True)

    class Meta(OrganisationRow.Meta):
        abstract = True

    @property
    def attendance_words(self) -> str:
        """How people come, in words."""
        return _in_words(language(), self.attendance)

    @property
    def exact_place(self) -> str:
        """Address and directions, opened; only for those with a seat and whoever runs it."""
        return self.place or ""

    @property
    def join_link(self) -> str:
        """The join link, opened; only for those with a seat and whoever runs it."""
        return self.link or ""

    @property
    def in_a_room(self) -> bool:
        """Whether one may come in person."""
        return self.attendance in {Attendance.IN_PERSON, Attendance.HYBRID}

    @property
    def on_a_line(self) -> bool:
        """Whether one may come without leaving the house."""
        return self.attendance != Attendance.IN_PERSON


class Series(Gathering):
    """A recurring meeting. The columns are a Rhythm, taken apart so that each can be read."""

    rule = models.CharField(max_length=4000)
    first_day = models.DateField()
    at = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    last_day = models.DateField(null=True)
    times = models.PositiveSmallIntegerField(null=True)
    pauses = models.JSONField(default=list)

    class Meta(Gathering.Meta):
        indexes = [models.Index(fields=["organisation", "last_day"])]

    @property
    def rhythm(self) -> Rhythm:
        """The rule that its meetings follow."""
        return Rhythm(
            shape=shape_from_rule(self.rule, self.first_day),
            starts=self.first_day,
            at=self.at,
            minutes=self.minutes,
            zone=self.zone,
            until=self.last_day,
            times=self.times,
            pauses=tuple(
                Pause(date.fromisoformat(first), date.fromisoformat(last))
                for first, last in self.pauses
            ),
        )
