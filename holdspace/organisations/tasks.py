"""What goes by itself."""

from holdspace.kit import scope
from holdspace.ledger.acts import SYSTEM
from holdspace.ledger.events import every
from holdspace.organisations.actions import clear_tallies


@every("1h")
def forget_tallies() -> None:
    """How many came is forgotten within the hour after."""
    with scope.everywhere("retention of tallies"):
        clear_tallies(by=SYSTEM)
