"""What the clock does for those who work here."""

from holdspace.kit import scope
from holdspace.ledger.acts import SYSTEM
from holdspace.ledger.events import every
from holdspace.staff import actions


@every("day 03:25")
def forget_old_links() -> None:
    """One-time links that nobody used within their days are forgotten."""
    with scope.everywhere("links lapse in every organisation"):
        actions.forget_old_links(by=SYSTEM)
