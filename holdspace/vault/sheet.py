"""The sheet for a second holder: a private key on paper, so that the machine may burn.

The server keeps only the public half (X25519); every key backup carries the root key sealed to
it. Whoever has the sheet and a key backup can restore; either alone opens nothing.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from holdspace.kit.ids import ALPHABET, read_code
from holdspace.vault import ciphers, rootkey

CHECK = 4  # characters of check at the end, against slips of the pen


class UnreadableSheet(ValueError):
    """What was typed is not a sheet: a character is wrong or missing."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is printed: the private key in groups of four characters."""

    words: str


def _public_file() -> Path:
    return rootkey.folder() / "second-holder.pub"


def make_sheet() -> Sheet:
    """A new sheet; its public half replaces the one before. Print it; it is kept nowhere."""
    private = X25519PrivateKey.generate()
    _public_file().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _public_file().write_text(private.public_key().public_bytes_raw().hex() + "\n")
    return Sheet(words=_write(private.private_bytes_raw()))


def _write(secret: bytes) -> str:
    number, code = int.from_bytes(secret, "big"), ""
    for _ in range(52):
        number, digit = divmod(number, 32)
        code = ALPHABET[digit] + code
    code += _check(code)
    return " ".join(code[i : i + 4] for i in range(0, len(code), 4))


def _check(code: str) -> str:
    digest = hashlib.sha256(code.encode()).digest()
    return "".join(ALPHABET[byte % 32] for byte in digest[:CHECK])


def read_sheet(typed: str) -> bytes:
    """The private key from what someone typed. Raises UnreadableSheet."""
    code = read_code(typed.replace(" ", ""))
    body, check = code[:-CHECK], code[-CHECK:]
    if len(code) != 52 + CHECK or set(code) - set(ALPHABET) or check != _check(body):
        raise UnreadableSheet("a character is wrong or missing")
    number = 0
    for character in body:
        number = number * 32 + ALPHABET.index(character)
    return number.to_bytes(33, "big")[-32:]


def has_second_holder() -> bool:
    """Whether a sheet was ever printed here."""
    return _public_file().exists()


def seal_root_keys() -> bytes | None:
    """All root keys here, sealed to the second holder; None when there is no sheet."""
    if not has_second_holder():
        return None
    public = bytes.fromhex(_public_file().read_text().strip())
    ours = X25519PrivateKey.generate()
    shared = ours.exchange(X25519PublicKey.from_public_bytes(public))
    plain = "\n".join(f"{e} {rootkey.root_key(e).hex()}" for e in rootkey.epochs()).encode()
    mine = ours.public_key().public_bytes_raw()
    return mine + ciphers.encrypt(ciphers.derive(shared, "second holder"), plain, mine)


def put_back(sealed: bytes, typed: str) -> list[int]:
    """Write the root keys of a backup back into place; returns their epochs.

    Raises UnreadableSheet for a slip, Unopenable when the sheet belongs to another backup.
    """
    private = X25519PrivateKey.from_private_bytes(read_sheet(typed))
    shared = private.exchange(X25519PublicKey.from_public_bytes(sealed[:32]))
    plain = ciphers.decrypt(ciphers.derive(shared, "second holder"), sealed[32:], sealed[:32])
    restored = []
    for line in plain.decode().splitlines():
        epoch, key = line.split()
        if int(epoch) not in rootkey.epochs():
            rootkey.write_epoch(int(epoch), bytes.fromhex(key))
        restored.append(int(epoch))
    rootkey.forget()
    return restored
