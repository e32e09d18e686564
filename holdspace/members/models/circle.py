"""A member as one group knows them, and the ring of places they stand in."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from holdspace.kit.models import OrganisationRow
from holdspace.vault.fields import SealedJSON, SealedText, TagField


class Ring(OrganisationRow):
    """The places of one group: how many are taken, how many are kept for an open offer.

    Every act that changes either locks this row first, and with it everything a group's members
    rows may do at once. Lock order: Ring, then rows of members, then the group's chain.
    """

    group = models.OneToOneField("groups.Group", on_delete=models.CASCADE, related_name="+")
    taken = models.PositiveSmallIntegerField(default=0)
    kept = models.PositiveSmallIntegerField(default=0)
    last_number = models.PositiveIntegerField(default=0)  # last given on the waiting list


class Member(OrganisationRow):
    """A person as one group knows them. Names no Person: `holder` is a keyed tag.

    `person` is the account, sealed under this member's own key, for notices only. `about` holds
    what was said at joining: hello, reads, needs, camera_off, hope. `farewell` holds a removal's
    reason, words, whom to write to and whether it was read; it exists exactly while the standing
    is "removed".
    """

    class Standing(models.TextChoices):
        JOINED = "joined", _("Here")
        RESTING = "resting", _("Resting")
        LEFT = "left", _("Left")
        REMOVED = "removed", _("Asked to stay away")

    class Role(models.TextChoices):
        MEMBER = "member", _("Member")
        GREETER = "greeter", _("Greeter")
        TIMEKEEPER = "timekeeper", _("Timekeeper")
        HOST = "host", _("Host")
        CO_FACILITATOR = "co-facilitator", _("Co-facilitator")

    CURRENT: ClassVar[tuple[str, ...]] = (Standing.JOINED.value, Standing.RESTING.value)

    group = models.ForeignKey("groups.Group", on_delete=models.CASCADE, related_name="+")
    scope = models.BigIntegerField(unique=True)
    holder = TagField()
    person = SealedJSON(bucket=64)
    alias = SealedText(bucket=128)
    alias_tag = TagField()
    seed = models.PositiveIntegerField()
    role = models.CharField(max_length=16, choices=Role, default=Role.MEMBER)
    standing = models.CharField(max_length=8, choices=Standing, default=Standing.JOINED)
    since = models.DateField()
    joined_on = models.DateField()
    agreement = models.PositiveSmallIntegerField()
    renamed = models.BooleanField(default=False)
    returned_on = models.DateField(null=True)
    about = SealedJSON(bucket=1024)
    farewell = SealedJSON(bucket=1024, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["holder", "group"], name="member_once_in_a_group"),
            models.UniqueConstraint(fields=["group", "alias_tag"], name="member_alias_once"),
            models.UniqueConstraint(fields=["group", "seed"], name="member_weave_once"),
            models.CheckConstraint(
                condition=Q(standing__in=["joined", "resting", "left", "removed"]),
                name="member_standing",
            ),
            models.CheckConstraint(
                condition=Q(standing="removed", farewell__isnull=False)
                | (~Q(standing="removed") & Q(farewell__isnull=True)),
                name="member_removed_with_words",
            ),
        ]
        indexes = [models.Index(fields=["group", "standing"], name="member_by_standing")]

    @property
    def is_current(self) -> bool:
        """Has a place in the group: here, or resting."""
        return self.standing in self.CURRENT

    @property
    def said(self) -> dict[str, Any]:
        """What was said at joining, with what was left out as empty."""
        empty = {"hello": "", "reads": False, "needs": "", "camera_off": False, "hope": ""}
        return {**empty, **self.about}
