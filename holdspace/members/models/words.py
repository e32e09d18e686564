"""Private words to a facilitator, and asking to be let back into one's place."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from holdspace.kit.models import OrganisationRow
from holdspace.members.models.circle import Member
from holdspace.members.models.visits import Visit
from holdspace.vault.fields import SealedJSON, SealedText, TagField


class Recognition(OrganisationRow):
    """A private word, "someone I know is here", sealed under the writer's own key.

    `to` keeps it from the facilitator when it is the facilitator who was recognised.
    """

    class To(models.TextChoices):
        FACILITATOR = "facilitator", _("The facilitators of this group")
        COORDINATOR = "coordinator", _("A coordinator, not the facilitators")

    class Wish(models.TextChoices):
        TELL = "tell", _("I only want you to know")
        TALK = "talk", _("I would like to talk about it")
        MOVE = "move", _("I would like to move to another group")

    group = models.ForeignKey("groups.Group", on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, null=True, related_name="+")
    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, null=True, related_name="+")
    scope = models.BigIntegerField()
    to = models.CharField(max_length=12, choices=To, default=To.FACILITATOR)
    said = SealedJSON(bucket=1024)  # wish, words
    since = models.DateField()
    settled_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=True) ^ Q(visit__isnull=True),
                name="recognition_by_one",
            )
        ]


class Return(OrganisationRow):
    """Someone lost every key and asks back into their place (I11), with a code they say aloud.

    `holder` is the tag of the new sign-in. A first person names the member, a second one confirms;
    `first` says, sealed, who the first was.
    """

    group = models.ForeignKey("groups.Group", on_delete=models.CASCADE, related_name="+")
    scope = models.BigIntegerField(unique=True)
    holder = TagField()
    person = SealedJSON(bucket=64)
    code_tag = TagField(unique=True)
    until = models.DateField()
    member = models.ForeignKey(Member, on_delete=models.CASCADE, null=True, related_name="+")
    first = SealedText(bucket=64, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["holder", "group"], name="return_once"),
            models.CheckConstraint(
                condition=Q(member__isnull=True, first__isnull=True)
                | Q(member__isnull=False, first__isnull=False),
                name="return_vouched_by_somebody",
            ),
        ]
