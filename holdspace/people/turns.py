"""Waiting one's turn while many come at once: slowed, never refused, and nobody is known.

Each organisation and purpose has a number that comes freely within half an hour. Whoever comes
after them is given a turn: a moment, sealed in the browser's own jar, from which on the same button
works, once. Nobody waits longer than ten minutes, however many push in between.
"""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import ngettext

from holdspace.kit import clock
from holdspace.kit.asks import Request
from holdspace.kit.forms import SLOWED, Form
from holdspace.kit.ids import new_code
from holdspace.organisations.actions import count_one
from holdspace.people.actions.tries import use_once

JAR = "turn"
WITHIN = dt.timedelta(minutes=30)
LONGEST = dt.timedelta(minutes=10)
KEPT = dt.timedelta(hours=6)  # from its moment on; shorter than a used one is remembered


@dataclass(frozen=True, slots=True)
class Pace:
    """How many come freely for a purpose within half an hour, and how far apart the rest."""

    purpose: str
    free: int
    apart: dt.timedelta


ACCOUNTS = Pace(
    "accounts", 40, dt.timedelta(seconds=20)
)  # an open evening's thirty wait for nothing


def slowed(request: Request, form: Form, *paces: Pace) -> bool:
    """Whether it is not yet one's turn; said on the form, which keeps what was typed."""
    said = wait_for_turn(request, *paces)
    if said:
        form.add_error(None, ValidationError(said, code=SLOWED))
    return bool(said)


def wait_for_turn(request: Request, *paces: Pace) -> str:
    """Nothing when it is one's turn; else what somebody reads who waits for it a little."""
    what, now = paces[0].purpose, clock.now()
    kept = request.jar.get(JAR, {}).get(what)
    if kept and _moment(kept) + KEPT > now:
        if _moment(kept) > now:
            return please_wait(_moment(kept) - now)
        scope = request.organisation.scope
        if use_once(by=request.viewer, organisation_scope=scope, what=f"turn|{kept['id']}"):
            _keep(request, what, None)
            return ""
    wait = max(_wait(request, pace) for pace in paces)
    if not wait:
        return ""
    turn = (now + wait).isoformat(timespec="seconds")
    _keep(request, what, {"id": new_code(16), "at": turn})
    return please_wait(wait)


def _wait(request: Request, pace: Pace) -> dt.timedelta:
    count = count_one(by=request.viewer, purpose=pace.purpose, within=WITHIN).count
    return min(max(count - pace.free, 0) * pace.apart, LONGEST)


def _moment(kept: dict[str, str]) -> dt.datetime:
    return dt.datetime.fromisoformat(kept["at"])


def _keep(request: Request, what: str, turn: dict[str, str] | None) -> None:
    others = {k: v for k, v in request.jar.get(JAR, {}).items() if k != what}
    request.jar[JAR] = {**others, what: turn} if turn else others or None


def please_wait(left: dt.timedelta) -> str:
    """What somebody reads whose turn comes in a little while."""
    minutes = max(1, -(-int(left.total_seconds()) // 60))
    return ngettext(
        "Many people are coming in at this moment. Your turn comes in %(n)d minute: please press "
        "the same button again then. What you wrote stays here.",
        "Many people are coming in at this moment. Your turn comes in %(n)d minutes: please press "
        "the same button again then. What you wrote stays here.",
        minutes,
    ) % {"n": minutes}
