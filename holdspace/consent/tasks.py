"""What goes on after a crash, and what was spread over a week."""

from holdspace.consent import plan
from holdspace.consent.actions import carry_on, clear_finished, take_up_again
from holdspace.consent.models import Erasing
from holdspace.kit import clock
from holdspace.kit.scope import entered, everywhere
from holdspace.ledger.acts import SYSTEM
from holdspace.ledger.events import after, every
from holdspace.organisations.queries import every_organisation
from holdspace.people.queries import every_account
from holdspace.vault.scopes import intended


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


@after("ledger.restored")
def take_up_intended() -> None:
    """A backup was put back: whoever had asked to go since, goes now, spread over a week or not."""
    with everywhere("erasures that were begun"):
        clear_finished(by=SYSTEM)
        bodies = [row.sealed for row in Erasing.objects.all()]
    begun = {body["account"] for body in bodies if plan.ends_account(body["steps"])}
    for organisation in every_organisation():
        with entered(organisation.id):
            accounts = [str(account) for account in every_account()]
            for account in intended(accounts):
                if int(account) not in begun:
                    take_up_again(by=SYSTEM, account=int(account))
