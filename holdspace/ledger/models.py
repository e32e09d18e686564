"""What happened, in order, and what is still to be done about it."""

from django.db import models

from holdspace.kit.models import Row
from holdspace.vault.fields import SealedJSON


class Chain(models.Model):
    """The head of one hash chain: its last number and hash."""

    id = models.BigIntegerField(primary_key=True)
    number = models.PositiveIntegerField(default=0)
    hash = models.BinaryField(max_length=32, default=bytes(32))


class Line(Row):
    """One act. The day stands open; exact time, actor, subject and facts are sealed."""

    chain = models.BigIntegerField()
    scope = models.BigIntegerField()
    number = models.PositiveIntegerField()
    day = models.DateField()
    kind = models.CharField(max_length=60)
    sealed = SealedJSON(bucket=256)
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "number"], name="ledger_line_numbered")
        ]


class Checkpoint(Row):
    """Where retention trimmed a chain: the number and hash that the next line builds on."""

    chain = models.BigIntegerField(unique=True)
    number = models.PositiveIntegerField()
    hash = models.BinaryField(max_length=32)


class Task(Row):
    """Something to do later: a name and open facts (ids and days), gone when done.

    `due` and `leased_until` stand open because the clock must find them.
    """

    name = models.CharField(max_length=120)
    slot = models.CharField(max_length=40, null=True)  # noqa: DJ001 -- NULL keeps it out of the constraint
    facts = models.JSONField(default=dict)
    due = models.DateTimeField(db_index=True)
    leased_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "slot"], name="ledger_task_once")]


class Pulse(Row):
    """When a worker last said that it is alive. One row; tells nothing about anybody."""

    name = models.CharField(max_length=20, unique=True)
    at = models.DateTimeField()
