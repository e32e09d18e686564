"""AES-256-GCM with a random nonce, and HKDF: the only primitives the house uses."""

import os
from functools import cached_property

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.http import Http404

KEY_BYTES = 32
NONCE_BYTES = 12


class Unopenable(Http404):
    """The key is gone, or the sealed bytes were changed or moved to another place.

    A page that meets it answers as if what is sealed had never been: erased is erased.
    """


class DataKey(bytes):
    """A key together with what is made from it, so that all of it is forgotten at once."""

    @cached_property
    def cipher(self) -> AESGCM:
        """The cipher under this key."""
        return AESGCM(self)

    @cached_property
    def derived(self) -> dict[str, bytes]:
        """Keys for single purposes, as `derive` made them."""
        return {}


def new_key() -> bytes:
    """A fresh key of 32 bytes."""
    return os.urandom(KEY_BYTES)


def encrypt(key: bytes, plain: bytes, place: bytes) -> bytes:
    """Nonce and ciphertext of `plain`, bound to `place` (associated data)."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + _cipher(key).encrypt(nonce, plain, place)


def decrypt(key: bytes, sealed: bytes, place: bytes, start: int = 0) -> bytes:
    """The plain bytes of what stands from `start` on.

    Raises Unopenable when key, bytes or place do not fit.
    """
    cipher, after = _cipher(key), start + NONCE_BYTES
    try:
        return cipher.decrypt(sealed[start:after], sealed[after:], place)
    except (InvalidTag, ValueError) as fault:
        raise Unopenable from fault


def derive(key: bytes, purpose: str) -> bytes:
    """A key of 32 bytes for one purpose, by HKDF-SHA256 (RFC 5869)."""
    known = key.derived if isinstance(key, DataKey) else {}
    if purpose not in known:
        made = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode())
        known[purpose] = made.derive(key)
    return known[purpose]


def _cipher(key: bytes) -> AESGCM:
    return key.cipher if isinstance(key, DataKey) else AESGCM(key)
