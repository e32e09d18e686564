"""What goes by itself: tries within a day, sessions and allowances once they are over."""

from holdspace.kit.scope import everywhere
from holdspace.ledger.acts import SYSTEM
from holdspace.ledger.events import after, every
from holdspace.people.actions.clearing import clear_erased, clear_old
from holdspace.people.actions.tries import clear_tries


@every("1h")
def forget_old() -> None:
    """Delete what is past its day, in every organisation."""
    with everywhere("retention of tries, sessions, codes and allowances"):
        clear_tries(by=SYSTEM)
        clear_old(by=SYSTEM)


@every("day 02:30")
def forget_erased() -> None:
    """Delete what a restored backup brought back of accounts that were erased since."""
    with everywhere("accounts whose keys are gone"):
        clear_erased(by=SYSTEM)


@after("ledger.restored")
def forget_erased_at_once() -> None:
    """A backup was put back: nobody signs in, or stays signed in, to what was erased."""
    forget_erased()
