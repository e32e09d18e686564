"""What the clock does for those who work here."""

from operator import attrgetter

from holdspace.consent.actions import carry_on, take_up_again
from holdspace.kit import scope
from holdspace.ledger.acts import SYSTEM
from holdspace.ledger.events import every
from holdspace.organisations.queries import every_organisation
from holdspace.staff import actions
from holdspace.staff.queries import former


@every("day 03:25")
def forget_old_links() -> None:
    """One-time links that nobody used within their days are forgotten."""
    with scope.everywhere("links lapse in every organisation"):
        actions.forget_old_links(by=SYSTEM)


@every("day 03:30")
def forget_former_colleagues() -> None:
    """Those who left two years ago: their sign-in and names are erased, then their rows go."""
    for organisation in every_organisation():
        with scope.entered(organisation.id):
            for staff in filter(attrgetter("name"), former()):
                carry_on(take_up_again(by=SYSTEM, account=staff.account))
            actions.forget_former(by=SYSTEM)
