"""A conversation, and the posts in it."""

from django.db import models
from django.db.models import Q

from holdspace.kit.models import OrganisationRow
from holdspace.threads.models.talk import Talk
from holdspace.threads.words import Audience, Speaks, State
from holdspace.vault.fields import SealedJSON, SealedText, TagField

AUDIENCES = ["everyone", "members", "facilitators"]


class Thread(OrganisationRow):
    """One conversation of a group.

    `number` counts through, save for facilitators alone, where it is drawn by chance: a gap would
    tell all others of it.
    `head` is its title, need and content notes, sealed under the scope of its first post, and
    None when that was taken back. `member` or `staff` began it; neither when it was unsigned, nor
    once its first words went, save where it is for facilitators alone: it lets its beginner in.
    `moved` is the place of its newest post, save for what was said in confidence: the order of
    the list. `turn` grows with every change of a post that can be seen, and each post keeps the
    turn of its last one; `own_turn` is that at which the conversation itself last changed: closed,
    opened again, its oldest posts gone. `closing` says why it was closed, sealed under the group's
    scope.
    """

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="threads")
    number = models.PositiveIntegerField()
    member = models.ForeignKey(
        "members.Member", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    staff = models.ForeignKey(
        "staff.StaffAccount", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    scope = models.BigIntegerField()
    head = SealedJSON(bucket=256, null=True)
    seen_by = models.CharField(max_length=12, choices=Audience, default=Audience.MEMBERS)
    day = models.DateField()
    last_day = models.DateField()
    last_number = models.PositiveIntegerField(default=1)
    moved = models.PositiveIntegerField()
    turn = models.PositiveIntegerField(default=1)
    own_turn = models.PositiveIntegerField(default=0)
    pinned = models.BooleanField(default=False)
    closed_on = models.DateField(null=True)
    closing = SealedJSON(scope="hall", bucket=512, null=True)

    class Meta(OrganisationRow.Meta):
        constraints = [
            models.UniqueConstraint(fields=["talk", "number"], name="threads_thread_numbered"),
            models.CheckConstraint(
                condition=Q(seen_by__in=AUDIENCES), name="threads_thread_seen_by"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, closing__isnull=True)
                | Q(closed_on__isnull=False, closing__isnull=False),
                name="threads_thread_closed_by",
            ),
        ]
        indexes = [
            models.Index(fields=["talk", "-pinned", "-moved"], name="threads_list"),
            models.Index(fields=["talk", "last_day"], name="threads_thread_old"),
        ]

    @property
    def hall(self) -> int:
        """The group's scope, under which facilitators' own words about it are sealed."""
        return int(self.talk.scope)

    @property
    def is_closed(self) -> bool:
        """No more answers are taken."""
        return self.closed_on is not None


class Post(OrganisationRow):
    """What somebody said in a conversation.

    A member's words are sealed under their own scope, a facilitator's under the group's, unsigned
    ones under a scope of their own. `words` is the Markdown as written; `shown` what pages show:
    html, brief, at, need, notes, and of a picture its size and what can be seen in it. An unsigned
    post names nobody: `owner` is a tag that only its writer's key can make, `writer` is sealed for
    break-glass. `first` marks somebody's first post in the group, `awaits` that nobody else has
    answered it. Days, not times.

    Of unsigned posts alone: `fades` says, sealed, at which hour one goes, or nothing; `fresh` is
    true on the day it was written or went, and says no more.
    """

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="+")
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="posts")
    number = models.PositiveIntegerField()
    place = models.PositiveIntegerField()
    speaks = models.CharField(max_length=8, choices=Speaks)
    member = models.ForeignKey(
        "members.Member", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    staff = models.ForeignKey(
        "staff.StaffAccount", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    owner = TagField(null=True)
    writer = SealedJSON(scope="glass", bucket=64, null=True)
    scope = models.BigIntegerField()
    words = SealedText(bucket=512, null=True)
    shown = SealedJSON(bucket=512, null=True)
    quotes = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    seen_by = models.CharField(max_length=12, choices=Audience, default=Audience.MEMBERS)
    day = models.DateField()
    turn = models.PositiveIntegerField(default=1)
    edition = models.PositiveSmallIntegerField(default=1)
    edited_on = models.DateField(null=True)
    first = models.BooleanField(default=False)
    awaits = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.HERE)
    state_on = models.DateField(null=True)
    why = SealedText(scope="hall", bucket=256, null=True)
    fades = SealedJSON(bucket=64, null=True)
    fresh = models.BooleanField(default=False)

    class Meta(OrganisationRow.Meta):
        constraints = [
            models.UniqueConstraint(fields=["thread", "number"], name="threads_post_numbered"),
            models.UniqueConstraint(fields=["talk", "place"], name="threads_post_placed"),
            models.CheckConstraint(condition=Q(seen_by__in=AUDIENCES), name="threads_post_seen_by"),
            models.CheckConstraint(
                condition=Q(state="here", state_on__isnull=True, words__isnull=False)
                | (~Q(state="here") & Q(state_on__isnull=False, words__isnull=True)),
                name="threads_post_state_has_a_day",
            ),
            models.CheckConstraint(
                condition=(
                    Q(speaks="unsigned", member__isnull=True, staff__isnull=True, first=False)
                    & Q(owner__isnull=False, awaits=False, edition=1)
                )
                | Q(speaks="member", staff__isnull=True, owner__isnull=True)
                | Q(speaks="staff", member__isnull=True, owner__isnull=True),
                name="threads_post_speaks_as_one",
            ),
        ]
        indexes = [
            models.Index(fields=["member", "state"], name="threads_post_of_member"),
            models.Index(fields=["talk"], condition=Q(awaits=True), name="threads_post_awaiting"),
            models.Index(
                fields=["talk"], condition=Q(speaks="unsigned"), name="threads_post_unsigned"
            ),
            models.Index(fields=["talk", "day"], name="threads_post_old"),
            models.Index(fields=["thread", "turn"], name="threads_post_turned"),
        ]

    @property
    def glass(self) -> int:
        """The scope that no page opens."""
        return int(self.talk.glass)

    @property
    def hall(self) -> int:
        """The group's scope, under which facilitators' own words about it are sealed."""
        return int(self.talk.scope)

    @property
    def is_here(self) -> bool:
        """Its words can be read."""
        return self.state == State.HERE


class Version(OrganisationRow):
    """An earlier wording of a post, for its writer alone."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    scope = models.BigIntegerField()
    words = SealedText(bucket=512)
    day = models.DateField()

    class Meta(OrganisationRow.Meta):
        constraints = [
            models.UniqueConstraint(fields=["post", "number"], name="threads_version_numbered")
        ]
