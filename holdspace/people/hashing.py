"""Argon2id, two at a time: a flood of sign-ins can fill neither memory nor both cores."""

from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from django.conf import settings

from holdspace.people.passphrases import normal

AT_A_TIME = 2
_room = BoundedSemaphore(AT_A_TIME)


@cache
def hasher() -> PasswordHasher:
    """19 MiB, 2 passes, 1 lane (OWASP); next to nothing in tests and the demonstration."""
    if settings.CHEAP_HASHING:
        return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


@cache
def nobodys_hash() -> str:
    """What a passphrase is held against when no such account exists."""
    return hash_of("nobody has this passphrase")


def hash_of(passphrase: str) -> str:
    """The hash to keep. Call it before a transaction begins, not inside."""
    with _room:
        return hasher().hash(normal(passphrase))


def fits(passphrase: str, kept: str | None) -> bool:
    """Whether a passphrase has this hash; without one it costs the same and says no."""
    with _room:
        try:
            return hasher().verify(kept or nobodys_hash(), normal(passphrase)) and kept is not None
        except (VerificationError, InvalidHashError):
            return False
