"""Coming once to an introductory session, without an account."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from holdspace.kit.models import OrganisationRow
from holdspace.vault.fields import SealedJSON, SealedText, TagField


class Visit(OrganisationRow):
    """One evening under a name for the evening, in a scope of its own.

    `digest` is of the private link's token. `wishes` holds greeted, listens and what the evening
    is called. `meeting` is the id of a meeting kept by a package above. `ends` is when the evening
    is over; it stands open because the clock must find it: 24 hours later everything is gone.
    `answer_by` is when a question that nobody answered lapses, open for the same reason. `agreed`
    is what they said yes to: the agreement's number, the version of what is kept, the day. `after`
    holds the answers to three private questions, and whether facilitators may read them.
    """

    class Standing(models.TextChoices):
        ASKED = "asked", _("Asked to come")
        EXPECTED = "expected", _("Expected")
        DECLINED = "declined", _("Not this time")
        LAPSED = "lapsed", _("Nobody answered")

    LIVE = (Standing.ASKED.value, Standing.EXPECTED.value)

    group = models.ForeignKey("groups.Group", on_delete=models.CASCADE, related_name="+")
    scope = models.BigIntegerField(unique=True)
    digest = TagField(unique=True)
    alias = SealedText(bucket=128)
    alias_tag = TagField()
    seed = models.PositiveIntegerField()
    wishes = SealedJSON(bucket=256)
    agreed = SealedJSON(bucket=128)
    meeting = models.BigIntegerField(null=True)
    ends = models.DateTimeField(db_index=True)
    answer_by = models.DateTimeField(null=True, db_index=True)
    standing = models.CharField(max_length=8, choices=Standing, default=Standing.ASKED)
    reply = SealedText(bucket=512, null=True)
    after = SealedJSON(bucket=1024, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "alias_tag"], name="visit_alias_once"),
            models.CheckConstraint(
                condition=Q(standing__in=["asked", "expected", "declined", "lapsed"]),
                name="visit_standing",
            ),
            models.CheckConstraint(
                condition=Q(standing="asked") ^ Q(answer_by__isnull=True),
                name="visit_asked_until",
            ),
            models.CheckConstraint(
                condition=Q(standing="declined") ^ Q(reply__isnull=True),
                name="visit_declined_with_words",
            ),
        ]
