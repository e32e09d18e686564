"""Sealing bytes for a place: version byte, then nonce and ciphertext."""

from holdspace.vault import ciphers, keys
from holdspace.vault.ciphers import Unopenable

__all__ = ["Unopenable", "open_bytes", "pad", "seal_bytes", "unpad"]

FORMAT = b"\x01"


def seal_bytes(scope: int, plain: bytes, place: str) -> bytes:
    """Sealed `plain` under the key of `scope`, bound to `place` (table|column|row).

    Raises Unopenable when the scope's key is gone.
    """
    return FORMAT + ciphers.encrypt(keys.data_key(scope), plain, place.encode())


def open_bytes(scope: int, sealed: bytes, place: str) -> bytes:
    """What `seal_bytes` sealed for this place. Raises Unopenable."""
    if sealed[:1] != FORMAT:
        raise Unopenable("sealed in a format this version does not know")
    return ciphers.decrypt(keys.data_key(scope), sealed, place.encode(), start=len(FORMAT))


def pad(plain: bytes, bucket: int) -> bytes:
    """`plain` with its length in front, filled up to a multiple of `bucket` bytes."""
    framed = len(plain).to_bytes(4, "big") + plain
    return framed + bytes(-len(framed) % bucket)


def unpad(padded: bytes) -> bytes:
    """What `pad` was given."""
    return padded[4 : 4 + int.from_bytes(padded[:4], "big")]
