"""Who works at the invented organisation."""

from typing import TYPE_CHECKING, Any

from holdspace.kit.viewer import StaffPass, Viewer
from holdspace.ledger.acts import SYSTEM
from holdspace.people.actions import begin_staff_account
from holdspace.staff import actions as staff

if TYPE_CHECKING:
    from holdspace.demo.telling import Told
    from holdspace.organisations.models import Organisation
    from holdspace.staff.models import StaffAccount

PASSPHRASE = "a lamp left on in the window"  # noqa: S105 -- printed for everybody, invented data
FACILITATORS = (
    "Theo", "Sam", "Ines", "Joan", "Noor", "Ruth", "Dorothea", "Keziah", "Maurice", "Hanna",
    "Robin", "Li",
)  # fmt: skip

Crew = dict[str, "StaffAccount"]


def take_on(home: "Organisation", story: dict[str, Any], told: "Told") -> Crew:
    """A coordinator who is safety lead too, an operator, and a facilitator for each group."""
    crew: Crew = {}
    jobs = [(story["coordinator"], ["coordinator", "safety"]), (story["operator"], ["operator"])]
    jobs += [(name, ["facilitator"]) for name in FACILITATORS]
    for name, roles in jobs:
        sign = f"{name.lower()} lanternside"
        account, secret = begin_staff_account(by=SYSTEM, name=sign, passphrase=PASSPHRASE)
        crew[name] = staff.take_on(
            by=SYSTEM,
            organisation=home.id,
            account=account,
            name=name,
            shown_as=name,
            roles=roles,
        )
        if roles[0] not in told.accounts:
            told.accounts[roles[0]] = account
            told.signs.append((roles[0], sign, PASSPHRASE, secret))
    return crew


def viewer_of(account: "StaffAccount") -> Viewer:
    """A colleague, looking."""
    return Viewer(organisation=account.organisation_id, staff=StaffPass(account.account))
