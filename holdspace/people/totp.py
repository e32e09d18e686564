"""One-time codes for staff: six digits that change every thirty seconds, each good once."""

import datetime as dt
import hmac

import pyotp

STEP = 30  # seconds
DIGITS = 6


def new_secret() -> str:
    """A secret of 160 bits for an authenticator app."""
    return pyotp.random_base32()


def link(secret: str, house: str) -> str:
    """What the square code says: neutral, so that the app shows no more than the house's name."""
    return pyotp.TOTP(secret).provisioning_uri(name="work", issuer_name=house)


def step_of(secret: str, typed: str, now: dt.datetime, last_used: int) -> int | None:
    """The time step whose code was typed, if it is near `now` and later than the last used."""
    code = "".join(c for c in typed if c.isascii() and c.isdigit())
    current = int(now.timestamp()) // STEP
    totp = pyotp.TOTP(secret)
    for step in (current, current - 1, current + 1):
        if step > last_used and hmac.compare_digest(totp.at(step * STEP), code):
            return step
    return None
