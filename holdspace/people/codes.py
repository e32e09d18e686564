"""Codes on paper: random symbols that cannot be mistaken for others, and two that check them.

The symbols are Crockford's base 32. The check is a sum weighted by position modulo a prime just
under 32²: it finds every single wrong symbol and every two that changed places.
"""

import secrets

from holdspace.kit.ids import ALPHABET, read_code

PAPER, LOAN = 26, 12  # symbols of 5 bits: 130 and 60 bits
CHECK = 2
PRIME = 1021


def make(length: int) -> str:
    """A new code of `length` random symbols and its check."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(length))
    return drawn + _check(drawn)


def shown(code: str) -> str:
    """A code in groups of four, as it is printed."""
    big = code.upper()
    return " ".join(big[i : i + 4] for i in range(0, len(big), 4))


def is_short(code: str) -> bool:
    """Whether a code that was read is a short one, a loan."""
    return len(code) == LOAN + CHECK


def read(typed: str) -> str | None:
    """The code that was meant, or None when it cannot be one of ours."""
    code = read_code(typed)
    if len(code) not in {PAPER + CHECK, LOAN + CHECK} or not set(code) <= set(ALPHABET):
        return None
    return code if _check(code[:-CHECK]) == code[-CHECK:] else None


def _check(drawn: str) -> str:
    value = sum(place * ALPHABET.index(c) for place, c in enumerate(drawn, start=1)) % PRIME
    return ALPHABET[value // 32] + ALPHABET[value % 32]
