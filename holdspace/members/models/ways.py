"""Ways in: an application with the group's questions, an invitation, a turn on the waiting list."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from holdspace.kit.models import OrganisationRow
from holdspace.vault.fields import SealedJSON, SealedText, TagField


class Application(OrganisationRow):
    """Someone answered a group's questions. Only its facilitators can read the answers.

    Approved, it becomes a turn on the waiting list and goes; declined, it stays for 30 days with
    kind words. `draft` is the name and picture they chose and the agreement they accepted.
    """

    class Standing(models.TextChoices):
        OPEN = "open", _("Being read")
        DECLINED = "declined", _("Not this group")

    group = models.ForeignKey("groups.Group", on_delete=models.CASCADE, related_name="+")
    scope = models.BigIntegerField(unique=True)
    holder = TagField()
    person = SealedJSON(bucket=64)
    draft = SealedJSON(bucket=256)
    answers = SealedJSON(bucket=2048)
    standing = models.CharField(max_length=8, choices=Standing, default=Standing.OPEN)
    since = models.DateField()
    reply = SealedText(bucket=1024, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["holder", "group"], name="application_once"),
            models.CheckConstraint(
                condition=Q(standing="open", reply__isnull=True)
                | Q(standing="declined", reply__isnull=False),
                name="application_declined_with_words",
            ),
        ]


class Invitation(OrganisationRow):
    """A link that lets one person in, once, until a day. Gone when used, so it ties to nobody."""

    group = models.ForeignKey("groups.Group", on_delete=models.CASCADE, related_name="+")
    digest = TagField(unique=True)
    until = models.DateField()


class Waiting(OrganisationRow):
    """A turn on a group's waiting list, kept by number, sealed under a scope of its own.

    `until` is when an offer lapses; it stands open because the clock must find it. `lapsed` counts
    offers that lapsed: two cost nothing, the third ends the turn. `passed` marks that the place
    now free was already offered here. When it is over only days remain, for the
    usual wait, and its key goes.
    """

    class Standing(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        OFFERED = "offered", _("A place is kept for you")
        TAKEN = "taken", _("Took the place")
        ENDED = "ended", _("No longer waiting")

    LIVE = (Standing.WAITING.value, Standing.OFFERED.value)

    group = models.ForeignKey("groups.Group", on_delete=models.CASCADE, related_name="+")
    scope = models.BigIntegerField(unique=True)
    holder = TagField(null=True)
    person = SealedJSON(bucket=64, null=True)
    draft = SealedJSON(bucket=256, null=True)
    number = models.PositiveIntegerField()
    standing = models.CharField(max_length=8, choices=Standing, default=Standing.WAITING)
    since = models.DateField()
    offered_on = models.DateField(null=True)
    until = models.DateTimeField(null=True, db_index=True)
    lapsed = models.PositiveSmallIntegerField(default=0)
    passed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["holder", "group"], name="waiting_once"),
            models.UniqueConstraint(fields=["group", "number"], name="waiting_numbered"),
            models.CheckConstraint(
                condition=Q(standing="offered", until__isnull=False)
                | (~Q(standing="offered") & Q(until__isnull=True)),
                name="waiting_offer_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(standing__in=["waiting", "offered"], holder__isnull=False)
                | Q(standing__in=["taken", "ended"], holder__isnull=True, person__isnull=True),
                name="waiting_over_names_nobody",
            ),
        ]
        indexes = [models.Index(fields=["group", "standing"], name="waiting_by_standing")]

    @property
    def is_live(self) -> bool:
        """Still waiting, or holding an offer."""
        return self.standing in self.LIVE
