"""Who works here: staff accounts, their roles, and the links that invite them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from holdspace.kit.models import OrganisationRow
from holdspace.vault.fields import SealedJSON, SealedText, TagField


class StaffAccount(OrganisationRow):
    """A coordinator, facilitator, professional or operator at work; it can hold no membership.

    `account` is the opaque id of a sign-in of its own. `name` is for colleagues, `shown_as` is how
    people in the groups see them ("Sam").
    """

    held: "list[Role]"  # the roles of today, where a query brought them

    scope = models.BigIntegerField()
    account = models.BigIntegerField(unique=True)
    name = SealedText(bucket=64)
    shown_as = SealedText(bucket=32)
    began_on = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True)
                | models.Q(ended_on__gte=models.F("began_on")),
                name="staff_ended_after_it_began",
            )
        ]


class Role(OrganisationRow):
    """A role of a staff account in the whole organisation, from one day to another."""

    class Name(models.TextChoices):
        COORDINATOR = "coordinator", _("Coordinator")
        FACILITATOR = "facilitator", _("Facilitator")
        CARE = "care", _("Care team")
        SAFETY = "safety", _("Safety lead")
        OPERATOR = "operator", _("Operator")

    staff = models.ForeignKey(StaffAccount, on_delete=models.CASCADE, related_name="roles")
    name = models.CharField(max_length=20, choices=Name)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "name"],
                condition=models.Q(until__isnull=True),
                name="staff_role_once",
            )
        ]


class StaffInvitation(OrganisationRow):
    """A one-time link by which somebody makes their staff account. Deleted when used or lapsed.

    `account` is set once the sign-in is made and its one-time code still has to be shown right,
    or from the beginning when somebody only needs a new code (a lost telephone).
    """

    scope = models.BigIntegerField()
    token_tag = TagField(unique=True)
    sealed = SealedJSON(bucket=256)  # name, shown_as and roles
    lapses_on = models.DateField()
    account = models.BigIntegerField(null=True)
