"""What goes on after a crash, and what was spread over a week."""

from holdspace.consent.actions import carry_on, clear_finished
from holdspace.consent.models import Erasing
from holdspace.kit import clock
from holdspace.kit.scope import entered, everywhere
from holdspace.ledger.acts import SYSTEM
from holdspace.ledger.events import after, every


@every("10m")
def carry_on_erasing() -> None:
    """Do what is due of every erasure under way."""
    with everywhere("erasures that are due"):
        clear_finished(by=SYSTEM)
        due = Erasing.objects.filter(due__lte=clock.now())
        rows = list(due.values_list("id", "organisation_id"))
    for erasing, organisation in rows:
        with entered(organisation):
            carry_on(erasing)


@after("ledger.restored")
def forget_finished() -> None:
    """A backup was put back: an erasure that was finished since is not begun again."""
    with everywhere("erasures that were finished"):
        clear_finished(by=SYSTEM)
