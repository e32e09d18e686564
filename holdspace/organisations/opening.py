"""What of the opening gate an organisation itself knows."""

from django.utils.translation import gettext_lazy as _

from holdspace.kit.verdicts import Verdict, no, when
from holdspace.organisations import gate
from holdspace.organisations.models import Organisation


def _cover(organisation: Organisation) -> Verdict:
    return when(bool(organisation.cover), _("No hours are set yet."))


def _report_and_block(_organisation: Organisation) -> Verdict:
    return no(_("This is not built yet. Until it is, the groups stay closed to the public."))


gate.check(
    "cover",
    _cover,
    title=_("Say when people are here to read"),
    who=_("A coordinator"),
    href="/work/organisation/cover/",
)
gate.check(
    "report_and_block",
    _report_and_block,
    title=_("Reporting and blocking are in place"),
    who=_("Those who build Holdspace"),
)
