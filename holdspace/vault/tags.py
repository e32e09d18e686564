"""Keyed tags: how something sealed is found again without being readable."""

import hmac
from hashlib import sha256

from holdspace.vault import ciphers, keys


def tag(scope: int, purpose: str, value: str | bytes) -> bytes:
    """HMAC-SHA256 of `value` under a key that only `scope` and `purpose` have, 32 bytes.

    Raises Unopenable when the scope's key is gone.
    """
    key = ciphers.derive(keys.data_key(scope), f"tag|{purpose}")
    plain = value.encode() if isinstance(value, str) else value
    return hmac.new(key, plain, sha256).digest()


def tags(scope: int, purpose: str, values: list[str]) -> list[bytes]:
    """The tags of many values, the key derived once."""
    key = ciphers.derive(keys.data_key(scope), f"tag|{purpose}")
    return [hmac.new(key, value.encode(), sha256).digest() for value in values]
