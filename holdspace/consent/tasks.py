"""What goes on after a crash, and what was spread over a week."""

from holdspace.consent.actions import carry_on
from holdspace.consent.models import Erasing
from holdspace.kit import clock
from holdspace.kit.scope import entered, everywhere
from holdspace.ledger.events import every


@every("10m")
def carry_on_erasing() -> None:
    """Do what is due of every erasure under way."""
    with everywhere("erasures that are due"):
        due = Erasing.objects.filter(due__lte=clock.now())
        rows = list(due.values_list("id", "organisation_id"))
    for erasing, organisation in rows:
        with entered(organisation):
            carry_on(erasing)
