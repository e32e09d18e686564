"""What goes by itself."""

from holdspace.kit import scope
from holdspace.ledger.acts import SYSTEM
from holdspace.ledger.events import every
from holdspace.organisations.actions import clear_tallies, forget_lapsed_beginning


@every("1h")
def forget_tallies() -> None:
    """How many came is forgotten within the hour after."""
    with scope.everywhere("retention of tallies"):
        clear_tallies(by=SYSTEM)


@every("day 03:35")
def forget_old_link() -> None:
    """The link that sets up an empty installation is forgotten when its days are over."""
    forget_lapsed_beginning(by=SYSTEM)
