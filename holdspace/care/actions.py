"""What can be done about help: keeping the organisation's own lines true."""

import datetime as dt
from typing import Any

from holdspace.care.models import HelpLine
from holdspace.care.queries import written_line
from holdspace.care.records import URGENT, Refused, read_line
from holdspace.care.rules import may_keep_lines
from holdspace.care.shelf import written
from holdspace.kit import clock
from holdspace.kit.guard import demand
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import act
from holdspace.ledger.chain import record as write_down
from holdspace.organisations.queries import own_organisation


@act
def confirm_line(*, by: Viewer, country: str, code: str, phoned_on: dt.date) -> HelpLine:
    """Somebody of ours phoned this line and found it as written.

    Raises Refused (kit.guard) for others, Unseen for a line that is not there, and
    records.Refused for an emergency number, which nobody phones to see whether it works.
    """
    demand(may_keep_lines(by))
    found = written_line(country, code, viewer=by)
    if found["kind"] in URGENT:
        raise Refused(f"{country} {code}: nobody phones an emergency number to try it")
    said = {key: value for key, value in found.items() if key != "source"}
    return _keep(by, country, said, phoned_on, phoned=True, act_name="care.line_confirmed")


@act
def keep_line(
    *, by: Viewer, country: str, record: dict[str, Any], checked_on: dt.date, phoned: bool
) -> HelpLine:
    """Add a line of our own, or put one of this code right. `record` is as in our text files.

    Raises records.Refused when anything is missing in it, its day lies ahead, or it would
    displace an emergency number.
    """
    demand(may_keep_lines(by))
    return _keep(by, country, record, checked_on, phoned=phoned, act_name="care.line_kept")


def _keep(
    by: Viewer,
    country: str,
    said: dict[str, Any],
    checked_on: dt.date,
    *,
    phoned: bool,
    act_name: str,
) -> HelpLine:
    if checked_on > clock.today():
        raise Refused("a line cannot be checked on a day that has not come")
    line = read_line(said, country, confirmed=checked_on if phoned else None)
    if _is_urgent(country, line.code):
        raise Refused(f"{country} {line.code}: nobody displaces an emergency number")
    organisation = own_organisation(viewer=by)
    kept: HelpLine
    kept, _new = HelpLine.objects.update_or_create(
        organisation_id=organisation.id,
        country=country,
        code=line.code,
        defaults={
            "record": said,
            "checked_on": checked_on,
            "checked_by": by.staff.account if by.staff else 0,
            "phoned": phoned,
            "withdrawn": "",
        },
    )
    write_down(organisation.scope, act_name, actor=by, country=country, code=line.code)
    return kept


def _is_urgent(country: str, code: str) -> bool:
    shipped = written(country, code)
    return shipped is not None and shipped["kind"] in URGENT


@act
def withdraw_line(*, by: Viewer, country: str, code: str, why: str) -> HelpLine:
    """Take a line down because it is dead or somebody else's; confirming it brings it back.

    Raises Unseen for a line that is not there, ValueError for a reason that is none, and
    records.Refused for an emergency number, which stands whatever somebody here thinks.
    """
    demand(may_keep_lines(by))
    reason = HelpLine.Withdrawn(why)
    found = written_line(country, code, viewer=by)
    if found["kind"] in URGENT:
        raise Refused(f"{country} {code}: nobody takes down an emergency number")
    organisation = own_organisation(viewer=by)
    kept: HelpLine
    kept, _new = HelpLine.objects.update_or_create(
        organisation_id=organisation.id,
        country=country,
        code=code,
        defaults={"withdrawn": reason},
        create_defaults={
            "record": {key: value for key, value in found.items() if key != "source"},
            "checked_on": clock.today(),
            "checked_by": by.staff.account if by.staff else 0,
            "phoned": True,
            "withdrawn": reason,
        },
    )
    write_down(organisation.scope, "care.line_withdrawn", actor=by, country=country, code=code)
    return kept
