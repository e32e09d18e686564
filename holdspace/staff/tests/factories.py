"""Staff for tests, made by the acts that make them."""

from django.test import Client

from holdspace.kit import scope
from holdspace.kit.ids import new_id
from holdspace.kit.viewer import StaffPass, Viewer
from holdspace.ledger.acts import SYSTEM
from holdspace.organisations.queries import organisation_by_id
from holdspace.people.actions import begin_session, begin_staff_hashed
from holdspace.people.sessions import cookie_name
from holdspace.staff import actions
from holdspace.staff.models import StaffAccount


def a_staff_account(*roles: str, name: str = "Sam Okafor", shown_as: str = "Sam") -> StaffAccount:
    """Somebody who works in the organisation we are in, without a way to sign in."""
    return actions.take_on(
        by=SYSTEM,
        organisation=scope.current(),
        account=new_id(),
        name=name,
        shown_as=shown_as,
        roles=list(roles),
    )


def viewer_for(staff: StaffAccount, *roles: str) -> Viewer:
    """That colleague, looking; roles as given, else those they hold."""
    held = roles or tuple(staff.roles.filter(until=None).values_list("name", flat=True))
    return Viewer(
        organisation=staff.organisation_id, staff=StaffPass(staff.account, frozenset(held))
    )


def a_coordinator(name: str = "Ines Marsh") -> Viewer:
    """A coordinator of the organisation we are in, looking."""
    return viewer_for(a_staff_account("coordinator", name=name, shown_as=name.split(maxsplit=1)[0]))


def a_client(*roles: str, name: str = "Ines Marsh") -> Client:
    """A browser in which a new colleague with these roles is signed in; `.staff` is who."""
    account, _secret, _name = begin_staff_hashed(by=SYSTEM, name=name, hashed="", exact=True)
    staff = actions.take_on(
        by=SYSTEM,
        organisation=scope.current(),
        account=account,
        name=name,
        shown_as=name.split(maxsplit=1)[0],
        roles=list(roles),
    )
    client = a_strange_client()
    cookie, _session = begin_session(by=SYSTEM, account=account, stay=False)
    client.cookies[cookie_name()] = cookie
    client.staff = staff
    return client


def a_strange_client() -> Client:
    """A browser in which nobody is signed in, at the organisation we are in."""
    slug = organisation_by_id(scope.current()).slug
    return Client(headers={"host": f"{slug}.localhost"})
