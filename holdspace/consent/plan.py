"""In which order an account goes: what hangs on it first, the account itself last."""

import datetime as dt
import secrets
from typing import Any

from holdspace.consent.models import Consent
from holdspace.consent.purposes import TAKING_PART
from holdspace.kit import clock
from holdspace.kit.holdings import Holding, person_holdings

SPREAD = dt.timedelta(days=7)
LAST = "people"

Step = dict[str, Any]


def steps_for(account: int, *, spread: bool) -> list[Step]:
    """What has to be done, each with the moment it is due.

    Each membership is a step, hence a transaction, of its own: no two are written in the same one.
    Spread over a week, each also has a moment of its own, so that two groups do not see one person
    go on one day. The rest goes at once, and nobody can sign in any more.
    """
    now = clock.now()
    steps: list[Step] = []
    for holding in person_holdings():
        pieces = holding.pieces(account) if holding.pieces else []
        moments = [now + _wait() if spread else now for _piece in pieces]
        steps += [
            {"name": holding.name, "piece": piece, "due": moment.isoformat()}
            for piece, moment in zip(pieces, moments, strict=True)
        ]
        last = max(moments, default=now)
        steps.append({"name": holding.name, "piece": None, "due": last.isoformat()})
    return sorted(steps, key=lambda s: (s["due"], s["name"] == LAST, s["piece"] is None))


def steps_to_leave(account: int, *, spread: bool) -> list[Step]:
    """The same for who takes part no longer and keeps the account.

    What is no membership goes now. Memberships go one by one, spread or not; from inside a group
    nothing is seen from now on anyway, since everything there asks for the consent.
    """
    now = clock.now()
    steps: list[Step] = []
    for holding in person_holdings():
        pieces = holding.pieces(account) if holding.pieces and holding.leave_piece else []
        apart = spread and len(pieces) > 1  # who leaves one group has nothing to keep apart
        named: list[int | None] = [None] if holding.leave else []
        for piece in (*named, *pieces):
            due = now + _wait() if apart and piece is not None else now
            told = {"name": holding.name, "piece": piece, "due": due.isoformat()}
            steps.append({**told, "leave": True})
    return sorted(steps, key=lambda s: (s["due"], s["piece"] is not None))


def ends_account(steps: list[Step]) -> bool:
    """Whether the account itself is to go, not only what it takes part in."""
    return any(step["name"] == LAST for step in steps)


def _wait() -> dt.timedelta:
    return SPREAD * secrets.randbelow(10_000) / 10_000


def due_of(steps: list[Step]) -> dt.datetime:
    """When the next step is due; now if none is left."""
    return min((dt.datetime.fromisoformat(s["due"]) for s in steps), default=clock.now())


def do(step: Step, account: int) -> list[int]:
    """Do one step, inside an act; returns the scopes to shred. Safe to repeat."""
    holding = next((h for h in person_holdings() if h.name == step["name"]), None)
    if holding is None:
        return []
    if step.get("leave"):
        return _leave(holding, step, account)
    if step["piece"] is not None:
        return holding.erase_piece(step["piece"]) if holding.erase_piece else []
    return holding.erase(account)


def _leave(holding: Holding, step: Step, account: int) -> list[int]:
    """One step out; none for who changed their mind before it was due."""
    if agrees_again(account):
        return []
    if step["piece"] is not None:
        return holding.leave_piece(step["piece"]) if holding.leave_piece else []
    return holding.leave(account) if holding.leave else []


def agrees_again(account: int) -> bool:
    """Whether the yes to taking part was given anew since."""
    rows = Consent.objects.select_related("person")
    row = rows.filter(person_id=account, purpose=TAKING_PART.slug).first()
    return row is not None and row.is_given
