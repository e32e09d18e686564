"""Those who work here: taken on, given roles, ended."""

from contextlib import suppress
from typing import Any

from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from holdspace.kit import clock
from holdspace.kit.guard import demand
from holdspace.kit.verdicts import no
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import act
from holdspace.ledger.chain import record
from holdspace.organisations.queries import organisation_by_id
from holdspace.staff import rules
from holdspace.staff.models import Role, StaffAccount
from holdspace.staff.queries import FORMER_KEPT, former

By = Viewer | str


@act
def take_on(
    *, by: By, organisation: int, account: int, name: str, shown_as: str, roles: list[str]
) -> StaffAccount:
    """Make a staff account for the sign-in `account` with roles in the whole organisation."""
    demand(rules.may_coordinate(by))
    said = {"name": name, "shown_as": shown_as, "roles": roles}
    return take_on_new(by, organisation, account, said)


def take_on_new(by: object, organisation: int, account: int, said: dict[str, Any]) -> StaffAccount:
    """A staff account from what an invitation says (not an act: part of two)."""
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
def set_roles(*, by: By, staff: StaffAccount, roles: list[str]) -> None:
    """Give and take roles until a colleague holds exactly these; somebody stays coordinator."""
    demand(rules.may_coordinate(by))
    held = set(staff.roles.filter(until=None).values_list("name", flat=True))
    for role in sorted(set(roles) - held):
        give_role(by=by, staff=staff, role=role)
    for role in sorted(held - set(roles)):
        end_role(by=by, staff=staff, role=role)


@act
def end_account(*, by: By, staff: StaffAccount) -> StaffAccount:
    """End a staff account and its roles; it can do nothing from the next page on."""
    demand(rules.may_end_account(by, staff, _coordinators_without(staff)))
    staff.roles.filter(until=None).update(until=clock.today())
    staff.ended_on = clock.today()
    staff.save(update_fields=["ended_on"])
    record(staff.scope, "staff.ended", actor=by, subject=staff)
    return staff


@act
def forget_colleague(*, by: object, account: int) -> None:
    """Somebody erases their sign-in: the account ends and its names go. Safe to run twice.

    Nobody is kept by being the last coordinator: `./manage staff_link` lets another one in.
    """
    staff = StaffAccount.objects.filter(account=account).first()
    if staff is None or (staff.ended_on and not staff.name):
        return
    staff.roles.filter(until=None).update(until=clock.today())
    staff.ended_on = staff.ended_on or clock.today()
    staff.name = staff.shown_as = ""
    staff.save(update_fields=["ended_on", "name", "shown_as"])
    record(staff.scope, "staff.erased", actor=by, subject=staff)


@act
def forget_former(*, by: object) -> None:
    """The clock's: roles given up, and colleagues who left, two years ago.

    Whoever had a part in a group stays a row without a name while that group's record is kept.
    """
    Role.objects.filter(until__lt=clock.today() - FORMER_KEPT).delete()
    for staff in former():
        with suppress(ProtectedError):
            staff.delete()


def _coordinators_without(staff: StaffAccount) -> int:
    held = Role.objects.filter(organisation_id=staff.organisation_id, name=rules.COORDINATOR)
    now = held.filter(until=None).select_for_update()  # two who end each other take turns
    return sum(role.staff_id != staff.id for role in now)
