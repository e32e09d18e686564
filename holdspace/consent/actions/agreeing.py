"""Giving a consent and withdrawing it: one touch each."""

from holdspace.consent.actions.erasing import intend_to_leave
from holdspace.consent.models import Consent
from holdspace.consent.purposes import MESSAGES, PURPOSES, TAKING_PART
from holdspace.consent.rules import may_decide
from holdspace.kit import clock
from holdspace.kit.guard import demand
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import act
from holdspace.people.actions import note_in_own_chain, want_messages
from holdspace.people.queries import stays


def _row(account: int, organisation: int, purpose: str) -> Consent:
    rows = Consent.objects.select_for_update(of=("self",)).select_related("person")
    found: Consent | None = rows.filter(person_id=account, purpose=purpose).first()
    return found or Consent(organisation_id=organisation, person_id=account, purpose=purpose)


@act
def give_consent(*, by: Viewer, purpose: str) -> None:
    """Agree to a purpose in its present words. Raises KeyError for a purpose that is none."""
    demand(may_decide(by))
    version, account = PURPOSES[purpose].version, _account(by)
    row = _row(account, by.organisation, purpose)
    row.sealed = {"version": version, "given": clock.today().isoformat(), "withdrawn": None}
    row.save()
    _take_effect(by, account, purpose, given=True)
    note_in_own_chain(by=by, account=account, kind="consent.given", purpose=purpose, number=version)


@act
def withdraw_consent(*, by: Viewer, purpose: str, spread: bool = True) -> int | None:
    """Withdraw one consent; the others stay as they are. Twice changes nothing.

    Who no longer agrees to take part sees nothing from inside a group from this act on, and
    leaves: the plan for it is written in the same transaction and returned, for `carry_on`.
    `spread` over a week, so that two groups do not see one person go on one day.
    """
    demand(may_decide(by))
    account = _account(by)
    stays(viewer=by)  # holds the account: nobody joins between this look and the plan
    row = _row(account, by.organisation, PURPOSES[purpose].slug)
    if row._state.adding or not row.is_given:  # noqa: SLF001 -- Django's own way to ask
        return None
    row.sealed = {**row.sealed, "withdrawn": clock.today().isoformat()}
    row.save()
    _take_effect(by, account, purpose, given=False)
    note_in_own_chain(by=by, account=account, kind="consent.withdrawn", purpose=purpose)
    return intend_to_leave(by=by, spread=spread) if purpose == TAKING_PART.slug else None


def _account(by: Viewer) -> int:
    return by.holder.account if by.holder is not None else 0


def _take_effect(by: Viewer, account: int, purpose: str, *, given: bool) -> None:
    if purpose == MESSAGES.slug:
        want_messages(by=by, account=account, wanted=given)
