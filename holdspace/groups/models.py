"""A support group as it stands open to the public, its agreements, and who leads it."""

from django.db import models
from django.db.models import Q

from holdspace.groups.choices import Ages, Audience, Cost, Format, Kind, Part, State, WayIn
from holdspace.kit.ids import new_code
from holdspace.kit.models import OrganisationRow

SMALLEST, LARGEST = 2, 60


class Group(OrganisationRow):
    """A support group. Everything here is open by nature: it is the group's public page.

    Lists of keys name entries of `choices` and of the taxonomy. `first_visit` is a list of
    [when, what happens]. `confirmed_on` is the day a person last said that this is right (F8).
    """

    scope = models.BigIntegerField()
    code = models.CharField(max_length=16, unique=True, default=new_code)
    name = models.CharField(max_length=120)
    summary = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.PEER)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.LIVED)
    ages = models.CharField(max_length=10, choices=Ages, default=Ages.ADULTS)
    topics = models.JSONField(default=list)
    language = models.CharField(max_length=12, default="en")
    zone = models.CharField(max_length=60, default="Europe/London")
    format = models.CharField(max_length=12, choices=Format, default=Format.IN_PERSON)
    format_for_now = models.CharField(max_length=12, choices=Format, blank=True)
    town = models.CharField(max_length=80, blank=True)
    area = models.CharField(max_length=160, blank=True)

    leaders = models.TextField(max_length=600, blank=True)
    training = models.TextField(max_length=600, blank=True)
    style = models.TextField(max_length=600, blank=True)
    composition = models.TextField(max_length=600, blank=True)
    affirming = models.JSONField(default=list)
    affirming_words = models.CharField(max_length=300, blank=True)

    ceiling = models.PositiveSmallIntegerField(default=12)
    way_in = models.CharField(max_length=12, choices=WayIn, default=WayIn.OPEN)
    questions = models.JSONField(default=list)
    introductions = models.BooleanField(default=True)
    visitor_seats = models.PositiveSmallIntegerField(default=3)
    wait_weeks = models.PositiveSmallIntegerField(null=True)
    cost = models.CharField(max_length=10, choices=Cost, default=Cost.FREE)
    cost_words = models.CharField(max_length=300, blank=True)
    access = models.JSONField(default=list)
    access_words = models.TextField(max_length=600, blank=True)

    first_visit = models.JSONField(default=list)
    expected = models.TextField(max_length=1200, blank=True)
    not_this = models.TextField(max_length=1200, blank=True)
    retention_days = models.PositiveSmallIntegerField(default=365)

    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    state_words = models.CharField(max_length=300, blank=True)
    state_on = models.DateField(null=True)
    state_by = models.BigIntegerField(null=True)
    back_on = models.DateField(null=True)
    confirmed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ceiling__gte=SMALLEST, ceiling__lte=LARGEST), name="group_ceiling"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(state_on__isnull=False, state_by__isnull=False),
                name="group_state_has_day_and_actor",
            ),
            models.CheckConstraint(
                condition=Q(back_on__isnull=True) | Q(state="closed"), name="group_back_when_closed"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state"], name="group_by_state")]

    @property
    def format_now(self) -> str:
        """How the group meets at present: moved for now, or as usual."""
        return self.format_for_now or self.format

    @property
    def is_for_minors(self) -> bool:
        """Whether this is a group of minors."""
        return self.ages == Ages.MINORS


class Topic(OrganisationRow):
    """A topic that an organisation added to the shipped taxonomy; its key begins with "own-"."""

    key = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    family = models.CharField(max_length=20, default="general")
    also = models.CharField(max_length=200, blank=True)
    tender = models.BooleanField(default=False)
    retired_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="topic_key_once"),
            models.UniqueConstraint(fields=["organisation", "name"], name="topic_name_once"),
        ]


class Agreement(OrganisationRow):
    """One numbered version of a group's ground rules; once published it is never edited.

    `clauses` are short sentences. `limits` says when confidence ends, and `reporters` who is
    bound by law to report, in words.
    """

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="agreements")
    number = models.PositiveSmallIntegerField()
    clauses = models.JSONField()
    limits = models.TextField(max_length=2000)
    reporters = models.TextField(max_length=600, blank=True)
    change = models.CharField(max_length=300, blank=True)
    published_on = models.DateField()
    published_by = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="agreement_numbered"),
            models.CheckConstraint(condition=Q(number__gte=1), name="agreement_from_one"),
        ]

    @property
    def text(self) -> str:
        """All clauses, one a line."""
        return "\n".join(self.clauses)


class Leadership(OrganisationRow):
    """Somebody who works here leads a group, or has another part in it, from day to day. Open."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="leaderships")
    staff = models.ForeignKey("staff.StaffAccount", on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=20, choices=Part)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "staff", "part"],
                condition=Q(until__isnull=True),
                name="leadership_once",
            )
        ]
