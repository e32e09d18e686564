"""What we send, and whether sending works."""

from django.db import models

from holdspace.kit.models import Row
from holdspace.vault.fields import SealedJSON, TagField


class Delivery(Row):
    """A mail on its way: address and words sealed, a random token, nobody's membership.

    It goes once it was sent, and its key with it: a backup put back sends it to nobody again.
    `claimed_on` says that a process began to send it: who finds it claimed and not urgent leaves it
    alone, so that nothing arrives twice.
    """

    scope = models.BigIntegerField(unique=True)
    token = models.CharField(max_length=48, unique=True)
    sealed = SealedJSON(bucket=512)  # to, from, subject, text
    urgent = models.BooleanField(default=False)
    goes_on = models.DateField()
    claimed_on = models.DateField(null=True)


class MailTest(Row):
    """A mail with a code that was sent to see whether mail arrives; one for each scope."""

    scope = models.BigIntegerField(unique=True)
    settings_tag = TagField()
    code_tag = TagField()
    sent_on = models.DateField()
    arrived_on = models.DateField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
