"""What of the opening gate care knows: whether the lines were phoned."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from holdspace.care.queries import are_confirmed
from holdspace.kit.verdicts import Verdict, when
from holdspace.kit.viewer import Viewer
from holdspace.organisations.rules import opening_check

if TYPE_CHECKING:
    from holdspace.organisations.models import Organisation


def _lines(organisation: "Organisation") -> Verdict:
    found = are_confirmed(organisation.country, viewer=Viewer(organisation=organisation.id))
    return when(found, _("Not every line was phoned within the last year."))


opening_check(
    "lines",
    _lines,
    title=_("Phone the lines of help of your country"),
    who=_("A coordinator"),
    href="/work/help/",
)
