"""A seat at one meeting."""

from django.db import models
from django.db.models import Q

from holdspace.kit.models import OrganisationRow
from holdspace.meetings.models.meeting import Meeting


class Seat(OrganisationRow):
    """Someone means to come: a member, or a visit to an introductory session.

    One row per meeting and person, kept by the database: sending a form twice, or again after a
    crash, gives one seat. It goes with the membership or the visit, and after the meeting.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="taken")
    member = models.ForeignKey(
        "members.Member", on_delete=models.CASCADE, related_name="+", null=True
    )
    visit = models.ForeignKey(
        "members.Visit", on_delete=models.CASCADE, related_name="+", null=True
    )

    class Meta(OrganisationRow.Meta):
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="meetings_seat_member"),
            models.UniqueConstraint(fields=["meeting", "visit"], name="meetings_seat_visit"),
            models.CheckConstraint(
                condition=Q(member__isnull=True, visit__isnull=False)
                | Q(member__isnull=False, visit__isnull=True),
                name="meetings_seat_of_one",
            ),
        ]
