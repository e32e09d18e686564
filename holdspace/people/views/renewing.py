"""For a quarter of an hour after a recovery key opened the door, no old passphrase is asked."""

import datetime as dt

from holdspace.kit import clock
from holdspace.kit.asks import Request
from holdspace.people.models import Person

RENEW = "renew"
LASTS = dt.timedelta(minutes=15)


def begin(request: Request, account: int) -> None:
    """The recovery key of this account was just used here."""
    until = clock.now() + LASTS
    request.jar[RENEW] = {"account": account, "until": until.isoformat()}


def is_on(request: Request, person: Person) -> bool:
    """Whether this person just came back by a recovery key."""
    kept = request.jar.get(RENEW)
    if not kept or kept["account"] != person.id:
        return False
    return clock.now() < dt.datetime.fromisoformat(kept["until"])


def end(request: Request) -> None:
    """The new way in is kept."""
    request.jar.pop(RENEW)


def must_confirm(request: Request, person: Person) -> bool:
    """Whether the present passphrase is asked before a way in is changed (ASVS 7.5.1)."""
    return "passphrase" in person.secrets and not is_on(request, person)
