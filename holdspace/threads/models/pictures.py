"""A picture that goes with words, sealed as they are."""

from django.db import models
from django.db.models import Q

from holdspace.kit.models import OrganisationRow
from holdspace.kit.pictures import LARGE_BUCKET, SMALL_BUCKET
from holdspace.threads.models.beside import Draft
from holdspace.threads.models.thread import Post
from holdspace.vault.fields import SealedField


class Picture(OrganisationRow):
    """The picture of a post, or of a draft until it is sent, in two sizes.

    Sealed under the key of what it goes with. All are of one length at rest, so that none is told
    by its own. What it shows, in words, stands with the words themselves: in `shown` of a post, in
    `kept` of a draft.
    """

    post = models.OneToOneField(Post, on_delete=models.CASCADE, null=True, related_name="+")
    draft = models.OneToOneField(Draft, on_delete=models.CASCADE, null=True, related_name="+")
    scope = models.BigIntegerField()
    small = SealedField(bucket=SMALL_BUCKET)
    large = SealedField(bucket=LARGE_BUCKET)

    class Meta(OrganisationRow.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(post__isnull=True) ^ Q(draft__isnull=True),
                name="threads_picture_with_one",
            ),
        ]
