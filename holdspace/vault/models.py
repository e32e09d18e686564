"""What the key store holds: wrapped keys, and the list of what was erased."""

from django.db import models

from holdspace.kit.models import Row


class Key(Row):
    """One data key of one scope, wrapped by its parent's key or by the root key."""

    scope = models.BigIntegerField()
    version = models.PositiveSmallIntegerField(default=1)
    parent = models.BigIntegerField(null=True, db_index=True)
    epoch = models.PositiveIntegerField(null=True, db_index=True)
    wrapped = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "version"], name="vault_key_once"),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) ^ models.Q(epoch__isnull=True),
                name="vault_key_wrapped_by_one",
            ),
        ]


class Erasure(models.Model):
    """A scope that must never open again, as a tag; sorted by value, dated by week only."""

    tag = models.BinaryField(primary_key=True, max_length=32)
    week = models.CharField(max_length=8)

    class Meta:
        ordering = ["tag"]


class Generation(models.Model):
    """Counts shreddings, so that every process knows when the keys it remembers are stale."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(default=0)
