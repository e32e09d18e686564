"""Who runs this."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from holdspace.kit.models import Row


class Organisation(Row):
    """A charity, clinic, university or city that runs groups on this installation."""

    class Yarn(models.TextChoices):
        MULBERRY = "mulberry", _("Mulberry and moss")
        SLATE = "slate", _("Slate and rust")
        HEATHER = "heather", _("Heather and pine")
        INDIGO = "indigo", _("Indigo and clay")

    scope = models.BigIntegerField()
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=40, unique=True)
    host = models.CharField(max_length=120, blank=True, db_index=True)
    country = models.CharField(max_length=2, default="GB")
    zone = models.CharField(max_length=60, default="Europe/London")
    yarn = models.CharField(max_length=20, choices=Yarn, default=Yarn.MULBERRY)
    sentence = models.CharField(max_length=300, blank=True)
    leave_to = models.URLField(max_length=200, blank=True)
