"""What of the opening gate an organisation itself knows."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from holdspace.kit import clock
from holdspace.kit.verdicts import Verdict, no, when
from holdspace.ledger.queries import last_day_of
from holdspace.notices.queries import mail_state
from holdspace.notices.rules import can_send_mail
from holdspace.organisations import gate
from holdspace.organisations.models import Organisation

REHEARSED_WITHIN = dt.timedelta(days=92)


def _cover(organisation: Organisation) -> Verdict:
    return when(bool(organisation.cover), _("No hours are set yet."))


def _mail(organisation: Organisation) -> Verdict:
    arrived = mail_state(organisation.scope).arrived
    return can_send_mail() and when(arrived, _("No test mail has arrived yet."))


def _restore(_organisation: Organisation) -> Verdict:
    day = last_day_of("restore.rehearsed")
    if day is None:
        return no(_("No backup has been restored to see whether it works."))
    recent = clock.today() - day <= REHEARSED_WITHIN
    return when(recent, _("The last rehearsal is more than three months ago."))


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
    "mail",
    _mail,
    title=_("Send a test mail and enter its code"),
    who=_("A coordinator, once the operator has set up mail"),
    href="/work/opening/mail/",
)
gate.check(
    "restore",
    _restore,
    title=_("Rehearse a restore from the newest backup"),
    who=_("The operator, with ./manage backup and ./manage rehearse_restore"),
)
gate.check(
    "report_and_block",
    _report_and_block,
    title=_("Reporting and blocking are in place"),
    who=_("Those who build Holdspace"),
)
