"""What the cellar does by the clock."""

from holdspace.kit import scope
from holdspace.ledger import stirring
from holdspace.ledger.actions import rotate_root_key, settle_stirred
from holdspace.ledger.acts import SYSTEM
from holdspace.ledger.events import every
from holdspace.vault import scopes


@every("week mon 03:00")
def begin_a_new_epoch() -> None:
    """Wrap all keys anew each week, so that old key backups stop opening."""
    rotate_root_key(by=SYSTEM)


@every("day 02:40")
def settle() -> None:
    """Let the day's stirred rows settle together."""
    with scope.everywhere("settling the day's rows of every organisation"):
        settle_stirred(by=SYSTEM)


@every("1h")
def finish_erasing() -> None:
    """Destroy what was to be destroyed when a crash came in between."""
    scopes.replay_erasures()


@every("1h")
def lay_anew() -> None:
    """On PostgreSQL: leave no dead versions of the last hours' rows in the pages."""
    with scope.everywhere("rewriting the tables that name people"):
        stirring.lay_anew()
