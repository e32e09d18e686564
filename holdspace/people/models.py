"""Who someone really is, as little of it as signing in needs, and nothing about groups."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from holdspace.kit.models import OrganisationRow
from holdspace.ledger.stirring import Stirred
from holdspace.vault.fields import SealedJSON, TagField
from holdspace.vault.scopes import INSTALLATION

MEMBER, STAFF = "member", "staff"


class Person(OrganisationRow, Stirred):
    """One account in one organisation: no name, no last sign-in, no day of creation.

    `secrets` holds the passphrase's hash, the one-time-code secret, an address if one was
    given, settings, and the scope of this person's own log.
    """

    class Kind(models.TextChoices):
        MEMBER = "member"
        STAFF = "staff"

    scope = models.BigIntegerField(unique=True)
    kind = models.CharField(max_length=6, choices=Kind)
    name_tag = TagField(null=True)
    secrets = SealedJSON(bucket=1024)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["member", "staff"]), name="people_person_kind"
            ),
            models.UniqueConstraint(
                fields=["organisation", "name_tag"], name="people_person_name_once"
            ),
        ]


class Session(OrganisationRow, Stirred):
    """One browser that is signed in. Whose it is lies sealed; the expiry is known to the day.

    `token` is the digest of the cookie, `whose` a keyed tag by which a person finds their own.
    Stirred, since a sign-in just before each of two joins would tie both to one `whose`.
    """

    scope: ClassVar[int] = INSTALLATION

    token = TagField(unique=True)
    whose = TagField(db_index=True)
    kind = models.CharField(max_length=6, choices=Person.Kind)
    expires = models.DateField(db_index=True)
    sealed = SealedJSON(bucket=256)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["member", "staff"]), name="people_session_kind"
            ),
        ]


class Passkey(OrganisationRow, Stirred):
    """A passkey: found by the tag of its credential, its public key sealed."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="passkeys")
    credential_tag = TagField(unique=True)
    sealed = SealedJSON(bucket=512)

    @property
    def scope(self) -> int:
        """Sealed under the person it belongs to."""
        return self.person.scope


class RecoveryKey(OrganisationRow, Stirred):
    """A code on paper that lets its holder back in. Only a keyed tag of it is kept here.

    A loan is the short code given with a first session, until there is another way back. Its own
    text lies among the person's `secrets` as long, so that it can be told again before they go.
    """

    class Kind(models.TextChoices):
        PAPER = "paper"
        LOAN = "loan"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="recovery_keys")
    kind = models.CharField(max_length=5, choices=Kind)
    code_tag = TagField(unique=True)
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="people_recovery_one_each"),
            models.CheckConstraint(
                condition=Q(kind="paper", until__isnull=True) | Q(kind="loan", until__isnull=False),
                name="people_recovery_loan_ends",
            ),
        ]


class CalendarKey(OrganisationRow, Stirred):
    """The secret address from which a person's own calendar is fetched, without signing in.

    Only a keyed tag of it is kept. `chosen` is how much the calendar says and in which language.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    token_tag = TagField(unique=True)
    chosen = SealedJSON(bucket=256)

    @property
    def scope(self) -> int:
        """Sealed under the person it belongs to."""
        return self.person.scope


class Try(OrganisationRow):
    """Tries to sign in under one name, known or not: a tag, a count, and when the next may be."""

    name_tag = TagField()
    count = models.PositiveIntegerField(default=0)
    wait_until = models.DateTimeField()
    goes = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name_tag"], name="people_try_once"),
        ]


class Allowance(OrganisationRow):
    """How much of something a person has used this week; a tag of person, purpose and week."""

    tag = TagField(unique=True)
    used = models.PositiveIntegerField(default=0)
    week = models.DateField(db_index=True)


class Barring(OrganisationRow):
    """Someone who was asked to stay away from the whole organisation: a tag beside no Member."""

    tag = TagField(unique=True)
    until = models.DateField(null=True)
