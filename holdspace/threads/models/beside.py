"""What stands beside posts: supports, and drafts that are not posts yet."""

from typing import Any

from django.db import models
from django.db.models import Q

from holdspace.kit.models import OrganisationRow
from holdspace.threads.models.talk import Talk
from holdspace.threads.models.thread import Post, Thread
from holdspace.threads.words import Kind
from holdspace.vault.fields import SealedJSON


class Support(OrganisationRow):
    """A supportive response to a post: words with a name, never a number. One per person."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="supports")
    member = models.ForeignKey(
        "members.Member", on_delete=models.CASCADE, null=True, related_name="+"
    )
    staff = models.ForeignKey(
        "staff.StaffAccount", on_delete=models.CASCADE, null=True, related_name="+"
    )
    kind = models.CharField(max_length=12, choices=Kind)
    number = models.PositiveIntegerField()

    class Meta(OrganisationRow.Meta):
        constraints = [
            models.UniqueConstraint(fields=["post", "member"], name="threads_support_member"),
            models.UniqueConstraint(fields=["post", "staff"], name="threads_support_staff"),
            models.CheckConstraint(
                condition=Q(member__isnull=True) ^ Q(staff__isnull=True),
                name="threads_support_by_one",
            ),
        ]


class Draft(OrganisationRow):
    """Words somebody has begun, in a conversation or for a new one (`thread` is None).

    `kept` is title, words, need, notes, seen_by, whether it is to have no name, quotes, what a
    picture shows, and the composer's key: once the post of that key stands, the draft is spent,
    and the clock sweeps it up later.
    """

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="drafts")
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, null=True, related_name="drafts")
    member = models.ForeignKey(
        "members.Member", on_delete=models.CASCADE, null=True, related_name="+"
    )
    staff = models.ForeignKey(
        "staff.StaffAccount", on_delete=models.CASCADE, null=True, related_name="+"
    )
    scope = models.BigIntegerField()
    kept: Any = SealedJSON(bucket=1024)
    day = models.DateField()

    class Meta(OrganisationRow.Meta):
        constraints = [
            models.UniqueConstraint(fields=["thread", "member"], name="threads_draft_member"),
            models.UniqueConstraint(fields=["thread", "staff"], name="threads_draft_staff"),
            models.UniqueConstraint(
                fields=["talk", "member"],
                condition=Q(thread__isnull=True),
                name="threads_draft_new_member",
            ),
            models.UniqueConstraint(
                fields=["talk", "staff"],
                condition=Q(thread__isnull=True),
                name="threads_draft_new_staff",
            ),
            models.CheckConstraint(
                condition=Q(member__isnull=True) ^ Q(staff__isnull=True),
                name="threads_draft_by_one",
            ),
        ]
