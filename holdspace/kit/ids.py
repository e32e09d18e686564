"""Ids that tell nothing: random, made in the process before the row is written."""

import secrets

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u


def new_id() -> int:
    """A random id of 63 bits, never 0; fits a signed 64-bit column."""
    return secrets.randbits(63) or 1


def new_code(length: int = 8) -> str:
    """A random code for an address or for paper, `length` characters of 5 bits each."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def new_token() -> str:
    """A secret of 256 bits that fits into a link or a cookie."""
    return secrets.token_urlsafe(32)


def read_code(typed: str) -> str:
    """What someone copied from paper, as we keep it: lower case, look-alikes mended."""
    plain = "".join(c for c in typed.strip().lower() if c.isalnum())
    return plain.replace("i", "1").replace("l", "1").replace("o", "0").replace("u", "v")
