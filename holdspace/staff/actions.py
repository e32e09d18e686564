"""What can be done about those who work here: invite, take on, give roles, end."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from holdspace.kit import clock
from holdspace.kit.guard import Unseen, demand
from holdspace.kit.ids import new_token
from holdspace.kit.verdicts import no
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import act
from holdspace.ledger.chain import record
from holdspace.organisations.queries import organisation_by_id
from holdspace.staff import rules
from holdspace.staff.models import Role, StaffAccount, StaffInvitation
from holdspace.vault.tags import tag

By = Viewer | str
DAYS_TO_ACCEPT = 7


@act
def take_on(
    *, by: By, organisation: int, account: int, name: str, shown_as: str, roles: list[str]
) -> StaffAccount:
    """Make a staff account for the sign-in `account` with roles in the whole organisation."""
    demand(rules.may_coordinate(by))
    said = {"name": name, "shown_as": shown_as, "roles": roles}
    return _take_on(by, organisation, account, said)


def _take_on(by: object, organisation: int, account: int, said: dict[str, Any]) -> StaffAccount:
    scope = organisation_by_id(organisation).scope
    staff = StaffAccount(
        organisation_id=organisation, scope=scope, account=account, began_on=clock.today()
    )
    staff.name, staff.shown_as = said["name"], said["shown_as"]
    staff.save(force_insert=True)
    record(scope, "staff.taken_on", actor=by, subject=staff)
    for role in said["roles"]:
        _give(by, staff, role)
    return staff


def _give(by: object, staff: StaffAccount, role: str) -> None:
    given = Role(
        organisation_id=staff.organisation_id,
        staff=staff,
        name=Role.Name(role).value,
        since=clock.today(),
    )
    given.save(force_insert=True)
    record(staff.scope, "staff.role_given", actor=by, subject=staff, role=role)


@act
def give_role(*, by: By, staff: StaffAccount, role: str) -> None:
    """Give a role; giving it twice changes nothing. Raises ValueError for a role that is none."""
    demand(rules.may_coordinate(by))
    if not staff.roles.filter(name=Role.Name(role).value, until=None).exists():
        _give(by, staff, role)


@act
def end_role(*, by: By, staff: StaffAccount, role: str) -> None:
    """Take a role away; somebody stays coordinator."""
    demand(rules.may_coordinate(by))
    if role == rules.COORDINATOR and not _coordinators_without(staff):
        demand(no(_("Somebody has to be coordinator. Name another one first.")))
    if staff.roles.filter(name=role, until=None).update(until=clock.today()):
        record(staff.scope, "staff.role_ended", actor=by, subject=staff, role=role)


@act
def end_account(*, by: By, staff: StaffAccount) -> StaffAccount:
    """End a staff account and its roles; it can do nothing from the next page on."""
    demand(rules.may_end_account(by, staff, _coordinators_without(staff)))
    staff.roles.filter(until=None).update(until=clock.today())
    staff.ended_on = clock.today()
    staff.save(update_fields=["ended_on"])
    record(staff.scope, "staff.ended", actor=by, subject=staff)
    return staff


def _coordinators_without(staff: StaffAccount) -> int:
    held = Role.objects.filter(name=rules.COORDINATOR, until=None, staff__ended_on=None)
    return held.filter(organisation_id=staff.organisation_id).exclude(staff=staff).count()


@act
def invite_staff(*, by: By, organisation: int, name: str, shown_as: str, roles: list[str]) -> str:
    """Invite a colleague; returns the token of their one-time link, which is kept nowhere.

    Raises ValueError for a role that is none.
    """
    demand(rules.may_coordinate(by))
    scope = organisation_by_id(organisation).scope
    token = new_token()
    invitation = StaffInvitation(
        organisation_id=organisation,
        scope=scope,
        token_tag=tag(scope, "staff-invitation", token),
        lapses_on=clock.today() + dt.timedelta(days=DAYS_TO_ACCEPT),
    )
    named = [Role.Name(role).value for role in roles]
    invitation.sealed = {"name": name, "shown_as": shown_as, "roles": named}
    invitation.save(force_insert=True)
    record(scope, "staff.invited", actor=by, subject=invitation, roles=named)
    return token


@act
def accept_invitation(*, by: object, invitation: StaffInvitation, account: int) -> StaffAccount:
    """Turn an invitation into a staff account for the new sign-in `account`; it works once.

    Raises Unseen when it was used or withdrawn meanwhile.
    """
    found = StaffInvitation.objects.select_for_update().filter(id=invitation.id).first()
    if found is None or found.lapses_on < clock.today():
        raise Unseen
    said = found.sealed
    found.delete()
    return _take_on(by, found.organisation_id, account, said)


@act
def withdraw_invitation(*, by: By, invitation: StaffInvitation) -> None:
    """Take an invitation back; its link no longer works."""
    demand(rules.may_coordinate(by))
    record(invitation.scope, "staff.invitation_withdrawn", actor=by, subject=invitation)
    invitation.delete()
