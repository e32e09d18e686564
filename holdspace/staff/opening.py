"""What of the opening gate those who work here know."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from holdspace.kit.verdicts import Verdict, when
from holdspace.organisations.rules import opening_check
from holdspace.staff import queries

if TYPE_CHECKING:
    from holdspace.organisations.models import Organisation


def _safety_lead(organisation: "Organisation") -> Verdict:
    return when(queries.has_safety_lead(organisation.id), _("Nobody is named yet."))


opening_check(
    "safety_lead",
    _safety_lead,
    title=_("Name a safety lead"),
    who=_("A coordinator"),
    href="/work/staff/",
)
