"""How one group talks, and what one reader keeps for themself in it."""

from typing import Any

from django.db import models
from django.db.models import Q

from holdspace.kit.models import OrganisationRow
from holdspace.threads.words import Late
from holdspace.vault.fields import SealedJSON


class Talk(OrganisationRow):
    """How a group talks: what it chose, and its counters. Its key is its group's.

    Every act that writes into the conversation locks this row first; lock order: Talk, Thread,
    Post. `scope` is the group's; `glass` is a scope below it that no page ever opens: it seals
    who wrote unsigned posts, for break-glass alone. `folded` are keys of content notes that are
    folded for everybody. `waits` are the last hours that first posts waited for an answer.
    """

    id = None
    group = models.OneToOneField(
        "groups.Group", on_delete=models.CASCADE, related_name="+", primary_key=True
    )
    scope = models.BigIntegerField()
    glass = models.BigIntegerField()
    last_thread = models.PositiveIntegerField(default=0)
    last_place = models.PositiveIntegerField(default=0)
    need_asked = models.BooleanField(default=False)
    unsigned_allowed = models.BooleanField(default=False)
    pictures_allowed = models.BooleanField(default=True)
    visitors_read = models.BooleanField(default=False)
    late = models.CharField(max_length=12, choices=Late, default=Late.ALL)
    folded = models.JSONField(default=list)
    waits = SealedJSON(bucket=512, null=True)

    class Meta(OrganisationRow.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(late__in=["all", "from-joining"]), name="threads_talk_late"
            )
        ]


class Reader(OrganisationRow):
    """What one reader keeps for themself in one group, sealed as one piece.

    `kept`: how far each conversation was read, which are followed or muted, which content notes
    are folded, which words and people are muted. So a stolen copy does not tell who reads what.
    """

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="readers")
    member = models.ForeignKey(
        "members.Member", on_delete=models.CASCADE, null=True, related_name="+"
    )
    staff = models.ForeignKey(
        "staff.StaffAccount", on_delete=models.CASCADE, null=True, related_name="+"
    )
    scope = models.BigIntegerField()
    kept: Any = SealedJSON(bucket=4096)

    class Meta(OrganisationRow.Meta):
        constraints = [
            models.UniqueConstraint(fields=["talk", "member"], name="threads_reader_member"),
            models.UniqueConstraint(fields=["talk", "staff"], name="threads_reader_staff"),
            models.CheckConstraint(
                condition=Q(member__isnull=True) ^ Q(staff__isnull=True),
                name="threads_reader_is_one",
            ),
        ]
