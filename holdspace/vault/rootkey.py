"""The root key: files outside both databases, one for each weekly epoch still needed."""

import os
import secrets
from functools import cache
from pathlib import Path

from django.conf import settings

from holdspace.vault import ciphers

GOING, GROWING = ".going-", ".growing-"


class RootKeyMissing(RuntimeError):
    """No file for the epoch that a key was wrapped in: restore it from the printed sheet."""


def folder() -> Path:
    """Where the root key's files lie."""
    return Path(settings.KEYS) / "root"


def _file(epoch: int) -> Path:
    return folder() / f"epoch-{epoch}.key"


def epochs() -> list[int]:
    """The epochs for which a file is here, oldest first."""
    return sorted(int(f.stem.removeprefix("epoch-")) for f in folder().glob("epoch-*.key"))


def current_epoch() -> int:
    """The newest epoch. Raises RootKeyMissing when there is none yet."""
    here = epochs()
    if not here:
        raise RootKeyMissing(
            "no root key here: ./manage prepare makes one, restore --sheet finds one"
        )
    return here[-1]


@cache
def _read(file: Path) -> bytes:
    try:
        return bytes.fromhex(file.read_text().strip())
    except OSError as fault:
        raise RootKeyMissing(f"the root key of {file.stem} is not here") from fault


def root_key(epoch: int) -> bytes:
    """The root key of an epoch, 32 bytes. Raises RootKeyMissing."""
    return _read(_file(epoch))


def write_epoch(epoch: int, key: bytes | None = None) -> int:
    """Put the file of an epoch in place, readable by its owner only; returns the epoch.

    It gets its name only when all of it is on disk, and the name is on disk before any key is
    wrapped in it: a crash leaves no half file that would count as the newest epoch.
    Raises FileExistsError when the epoch has its key already.
    """
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    growing = folder() / f"{GROWING}{secrets.token_hex(8)}"
    handle = os.open(growing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w") as file:
            file.write((key or ciphers.new_key()).hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(growing, _file(epoch))
    finally:
        growing.unlink()
    _name_on_disk()
    return epoch


def _name_on_disk() -> None:
    handle = os.open(folder(), os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def ensure(first: int = 1) -> int:
    """Make the epoch `first` if there is none at all; returns the current epoch."""
    return epochs()[-1] if epochs() else write_epoch(first)


def destroy_epoch(epoch: int) -> None:
    """Overwrite and remove the file of an epoch that nothing is wrapped in any more.

    It loses its name first: a crash leaves no half file that would count as an epoch's key.
    """
    _file(epoch).rename(folder() / f"{GOING}{epoch}")
    _name_on_disk()
    _read.cache_clear()
    sweep_up()


def sweep_up() -> None:
    """Remove what a crash left behind: keys on their way out, and names that were for a moment.

    Nothing was wrapped in a key that never got its own name; and one that just got it is the same
    file as the one that grew, so that is never written over.
    """
    for file in folder().glob(f"{GROWING}*"):
        file.unlink()
    for file in folder().glob(f"{GOING}*"):
        with file.open("r+b") as opened:
            opened.write(os.urandom(file.stat().st_size))
            opened.flush()
            os.fsync(opened.fileno())
        file.unlink()


def forget() -> None:
    """Drop what this process remembers of the files (tests, restore)."""
    _read.cache_clear()
