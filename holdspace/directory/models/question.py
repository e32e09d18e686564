"""A question from somebody without an account, and its answer."""

from django.db import models

from holdspace.kit.models import OrganisationRow
from holdspace.vault.fields import SealedText, TagField


class Question(OrganisationRow):
    """Asked of a group's facilitators, or of a person who helps to choose (no group).

    Sealed under a scope of its own. Whoever asked finds the answer by a private link, of which
    only a tag is kept. Gone 30 days after it was asked.
    """

    class State(models.TextChoices):
        OPEN = "open"
        ANSWERED = "answered"

    group = models.ForeignKey("groups.Group", on_delete=models.CASCADE, related_name="+", null=True)
    scope = models.BigIntegerField()
    code = models.CharField(max_length=12, unique=True)
    link = TagField(unique=True)
    day = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    words = SealedText(bucket=512)
    answer = SealedText(bucket=512, null=True)
    answered_on = models.DateField(null=True)
