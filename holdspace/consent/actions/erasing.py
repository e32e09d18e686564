"""Erasing an account, or leaving with all of it: the intent, then the steps, then the keys.

Safe to repeat.
"""

import datetime as dt
from functools import partial

from django.db import transaction

from holdspace.consent import plan
from holdspace.consent.models import Erasing
from holdspace.consent.rules import may_decide, may_erase_account
from holdspace.kit import clock, scope
from holdspace.kit.guard import demand
from holdspace.kit.holdings import person_holdings
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import SYSTEM, act
from holdspace.people.actions import end_sessions
from holdspace.vault.scopes import intend, open_scope, shred, without_key


@act
def intend_erasure(*, by: Viewer, spread: bool) -> int:
    """Write down that this account goes, before anybody is told that it does; returns the row.

    Nothing can sign in with it from here on. `carry_on` does the rest, now and after a crash.
    """
    demand(may_erase_account(by))
    account = by.holder.account if by.holder is not None else 0
    steps = plan.steps_for(account, spread=spread)
    row = _intend(by.organisation, account, steps=steps)
    end_sessions(by=by, account=account)
    transaction.on_commit(partial(intend, str(account)))
    return row


@act
def take_up_again(*, by: object, account: int) -> int:
    """All of an account, now, though nobody asks: its erasure was acknowledged before a backup was
    put back, or the time is over for which it was kept.
    """
    steps = plan.steps_for(account, spread=False)
    row = _intend(scope.current(), account, steps=steps)
    end_sessions(by=by, account=account)
    return row


@act
def intend_to_leave(*, by: Viewer, spread: bool) -> int:
    """Write down that this person takes part no longer and keeps the account; returns the row.

    Only sealed: which memberships, and when each of them goes. `carry_on` does it.
    """
    demand(may_decide(by))
    account = by.holder.account if by.holder is not None else 0
    steps = plan.steps_to_leave(account, spread=spread)
    return _intend(by.organisation, account, steps=steps)


@act
def erase_unused(*, by: object, account: int) -> int:
    """All of an account that nobody uses, in one transaction; `carry_on` shreds its keys.

    For whoever has made sure, in the same transaction, that nothing hangs on it.
    """
    holdings = sorted(person_holdings(), key=lambda holding: holding.name == plan.LAST)
    scopes = [gone for holding in holdings for gone in holding.erase(account)]
    return _intend(scope.current(), account, scopes=scopes)


def _intend(organisation: int, account: int, **body: object) -> int:
    row = Erasing(organisation_id=organisation, scope=open_scope(), due=clock.now())
    row.sealed = {"account": account, "steps": [], "scopes": [], **body}
    row.save(force_insert=True)
    return int(row.id)


@act
def take_step(*, by: object, erasing: int) -> list[int] | None:
    """Do the next step that is due; returns the scopes to shred, or None when nothing is due."""
    row = Erasing.objects.select_for_update().filter(id=erasing).first()
    if row is None:
        return None
    body = row.sealed
    if body["scopes"]:  # a crash came between a step and its shredding
        return list(body["scopes"])
    step = next(iter(body["steps"]), None)
    if step is None or dt.datetime.fromisoformat(step["due"]) > clock.now():
        return None
    scopes = plan.do(step, body["account"])
    _keep(row, steps=body["steps"][1:], scopes=scopes)
    return scopes


@act
def forget_scopes(*, by: object, erasing: int, shredded: list[int]) -> None:
    """After the keys are gone: they need not be remembered any more."""
    row = Erasing.objects.select_for_update().filter(id=erasing).first()
    if row is not None:
        _keep(row, scopes=[s for s in row.sealed["scopes"] if s not in shredded])


def _keep(row: Erasing, **changes: object) -> None:
    row.sealed = {**row.sealed, **changes}
    row.due = plan.due_of(row.sealed["steps"])
    row.save(update_fields=["sealed", "due"])


@act
def end_erasing(*, by: object, erasing: int) -> int | None:
    """Delete the row when nothing is left to do; returns its own scope, the last to be shredded."""
    row = Erasing.objects.select_for_update().filter(id=erasing).first()
    if row is None or row.sealed["steps"] or row.sealed["scopes"]:
        return None
    row.delete()
    return int(row.scope)


@act
def clear_finished(*, by: object) -> int:
    """Delete erasures whose own key is gone: they were finished before a backup came back."""
    gone = without_key(Erasing.objects.values_list("scope", flat=True))
    return Erasing.objects.filter(scope__in=gone).delete()[0] if gone else 0


def carry_on(erasing: int) -> bool:
    """Do all that is due of one erasure; whether it is finished.

    Each step is a transaction of its own, so that no membership and no account are written in the
    same one; it is not an act itself.
    """
    while (scopes := take_step(by=SYSTEM, erasing=erasing)) is not None:
        if scopes:
            shred(scopes)
        forget_scopes(by=SYSTEM, erasing=erasing, shredded=scopes)
    own = end_erasing(by=SYSTEM, erasing=erasing)
    if own is not None:
        shred([own])
    return own is not None
