"""Ways in for those who work here: one-time links, the first sign-in, a new code."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from holdspace.kit import clock
from holdspace.kit import scope as scopes
from holdspace.kit.guard import Unseen, demand
from holdspace.kit.ids import new_token
from holdspace.ledger.acts import act
from holdspace.ledger.chain import record
from holdspace.organisations.actions import use_beginning
from holdspace.organisations.queries import organisation_by_id
from holdspace.people.actions import begin_staff_hashed, renew_code_secret, use_code
from holdspace.staff import rules
from holdspace.staff.actions.accounts import By, take_on_new
from holdspace.staff.models import Role, StaffAccount, StaffInvitation
from holdspace.vault.tags import tag

DAYS_TO_ACCEPT = 7


@dataclass(frozen=True, slots=True)
class FirstSignIn:
    """What somebody is shown once: the sign-in name they got and the secret of their codes."""

    account: int
    name: str
    secret: str


def _link(organisation: int, said: dict[str, Any], account: int | None) -> tuple[str, Any]:
    scope, token = organisation_by_id(organisation).scope, new_token()
    link = StaffInvitation(
        organisation_id=organisation,
        scope=scope,
        token_tag=tag(scope, "staff-invitation", token),
        lapses_on=clock.today() + dt.timedelta(days=DAYS_TO_ACCEPT),
        account=account,
    )
    link.sealed = said
    link.save(force_insert=True)
    return token, link


def _locked(invitation: StaffInvitation) -> StaffInvitation:
    found: StaffInvitation | None = (
        StaffInvitation.objects.select_for_update().filter(id=invitation.id).first()
    )
    if found is None or found.lapses_on < clock.today():
        raise Unseen
    return found


@act
def invite_staff(*, by: By, organisation: int, name: str, shown_as: str, roles: list[str]) -> str:
    """Invite a colleague; returns the token of their one-time link, which is kept nowhere.

    Raises ValueError for a role that is none.
    """
    demand(rules.may_coordinate(by))
    named = [Role.Name(role).value for role in roles]
    said = {"name": name, "shown_as": shown_as, "roles": named}
    token, link = _link(organisation, said, None)
    record(link.scope, "staff.invited", actor=by, subject=link, roles=named)
    return token


@act
def offer_new_code(*, by: By, staff: StaffAccount) -> str:
    """A one-time link to a new code for a colleague who lost theirs; returns its token."""
    demand(rules.may_coordinate(by))
    said = {"name": staff.name, "shown_as": staff.shown_as, "roles": []}
    token, _link_row = _link(staff.organisation_id, said, staff.account)
    record(staff.scope, "staff.new_code_offered", actor=by, subject=staff)
    return token


@act
def begin_by_invitation(
    *, by: object, invitation: StaffInvitation, name: str, hashed: str
) -> FirstSignIn:
    """Make the sign-in and the staff account of somebody invited; the code is still to be shown.

    Raises Unseen when the link was used or withdrawn meanwhile.
    """
    link = _locked(invitation)
    if link.account is not None:
        raise Unseen
    account, secret, given = begin_staff_hashed(by=by, name=name, hashed=hashed, exact=True)
    take_on_new(by, link.organisation_id, account, link.sealed)
    link.account = account
    link.save(update_fields=["account"])
    return FirstSignIn(account, given, secret)


@act
def renew_code(*, by: object, invitation: StaffInvitation) -> FirstSignIn:
    """A new secret for whoever holds the link to it. Raises Unseen."""
    link = _locked(invitation)
    if link.account is None:
        raise Unseen
    return FirstSignIn(link.account, "", renew_code_secret(by=by, account=link.account))


@act
def finish_invitation(*, by: object, invitation: StaffInvitation, typed: str) -> bool:
    """Whether the first one-time code was right; then the link is used up. Raises Unseen."""
    link = _locked(invitation)
    if link.account is None:
        raise Unseen
    right = use_code(by=by, account=link.account, typed=typed)
    if right:
        record(link.scope, "staff.link_used", actor=by, subject=link)
        link.delete()
    return right


@act
def withdraw_invitation(*, by: By, invitation: StaffInvitation) -> None:
    """Take an invitation back; its link no longer works."""
    demand(rules.may_coordinate(by))
    record(invitation.scope, "staff.invitation_withdrawn", actor=by, subject=invitation)
    invitation.delete()


@act
def forget_old_links(*, by: object) -> int:
    """Forget links that lapsed; how many there were."""
    return StaffInvitation.objects.filter(lapses_on__lt=clock.today()).delete()[0]


@act
def begin_house(
    *, by: object, token: str, house: dict[str, str], first: dict[str, str], hashed: str
) -> tuple[str, FirstSignIn]:
    """Set up an empty installation: its organisation and first coordinator, all or nothing.

    `house` has name, country, zone; `first` has sign_in, name, shown_as. Returns the token of the
    link that waits for the first one-time code. Raises Refused for a token that is not right.
    """
    organisation = use_beginning(by=by, token=token, **house)
    with scopes.entered(organisation.id):
        said = {"name": first["name"], "shown_as": first["shown_as"], "roles": ["coordinator"]}
        way_in, link = _link(organisation.id, said, None)
        made = begin_by_invitation(by=by, invitation=link, name=first["sign_in"], hashed=hashed)
    return way_in, made
