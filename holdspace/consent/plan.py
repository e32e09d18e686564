"""In which order an account goes: what hangs on it first, the account itself last."""

import datetime as dt
import secrets
from typing import Any

from holdspace.kit import clock
from holdspace.kit.holdings import person_holdings

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
    if step["piece"] is not None:
        return holding.erase_piece(step["piece"]) if holding.erase_piece else []
    return holding.erase(account)
