"""What the cellar does by the clock."""

import logging

from holdspace.kit import clock, scope
from holdspace.ledger import stirring
from holdspace.ledger.actions import (
    LINES_KEPT,
    prune_erasures,
    rotate_root_key,
    settle_stirred,
    trim_chain,
)
from holdspace.ledger.acts import SYSTEM
from holdspace.ledger.chain import verify
from holdspace.ledger.events import every
from holdspace.ledger.queries import chains_with_lines_before
from holdspace.vault import scopes

log = logging.getLogger(__name__)


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


@every("day 03:10")
def forget_old_lines() -> None:
    """Lines go after two years, chain by chain; one that does not hold is left to be looked at."""
    for chain in chains_with_lines_before(clock.today() - LINES_KEPT):
        if any(verify(chain)):
            log.error("a chain of the ledger does not hold; see ./manage verify_ledger")
        else:
            trim_chain(by=SYSTEM, chain=chain)
    prune_erasures(by=SYSTEM)
