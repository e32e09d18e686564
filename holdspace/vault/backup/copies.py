"""The folder of backups: what lies in it, which is newest, and what is too old to keep."""

import datetime as dt
import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from holdspace.kit import clock
from holdspace.vault import rootkey, sheet
from holdspace.vault.backup import databases
from holdspace.vault.rotation import KEPT_WEEKS

FORMAT = "%Y%m%dT%H%M%SZ"
ROOT_SEALED = "root-for-second-holder.bin"


class BrokenCopy(RuntimeError):
    """A backup is incomplete or its bytes are not those that were written."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy of one database: `content` or `keys`."""

    part: str
    folder: Path

    @property
    def made(self) -> dt.datetime:
        """When it was taken, UTC."""
        return dt.datetime.strptime(self.folder.name, FORMAT).replace(tzinfo=dt.UTC)


def take(base: Path, part: str) -> Copy:
    """Copy `content` or `keys` into a folder of its own under `base`.

    The folder gets its final name only when everything in it is on disk.
    """
    home = base / part
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    final = home / clock.now().strftime(FORMAT)
    for left in home.glob(".*Z"):  # by a backup that was cut short: it would never be pruned
        shutil.rmtree(left)
    growing = home / f".{final.name}"
    growing.mkdir(mode=0o700)
    file = databases.copy_to("default" if part == "content" else "keys", growing)
    if part == "keys":
        sealed = sheet.seal_root_keys()
        if sealed:
            (growing / ROOT_SEALED).write_bytes(sealed)
    _write_manifest(growing, file)
    _to_disk(growing)
    if final.exists():
        shutil.rmtree(final)
    growing.rename(final)
    _sync(home)
    return Copy(part, final)


def _to_disk(folder: Path) -> None:
    for file in (*folder.iterdir(), folder):
        _sync(file)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_manifest(folder: Path, file: Path) -> None:
    manifest = {"file": file.name, "sha256": _digest(file), "epochs": rootkey.epochs()}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def verify(copy: Copy) -> None:
    """Check a copy against its manifest. Raises BrokenCopy."""
    try:
        manifest = json.loads((copy.folder / "manifest.json").read_text())
        fine = _digest(copy.folder / manifest["file"]) == manifest["sha256"]
    except (OSError, ValueError, KeyError) as fault:
        raise BrokenCopy(f"{copy.part} {copy.folder.name} is incomplete") from fault
    if not fine:
        raise BrokenCopy(f"{copy.part} {copy.folder.name} was changed")


def newest(base: Path, part: str) -> Copy | None:
    """The newest finished copy of a part, or None."""
    home = base / part
    folders = [f for f in home.glob("2*Z") if f.is_dir()] if home.exists() else []
    return Copy(part, max(folders)) if folders else None


def prune_keys(base: Path) -> int:
    """Remove key copies older than the kept weeks, since they could bring back what was erased.

    Returns how many went; the newest always stays.
    """
    last, gone = newest(base, "keys"), 0
    limit = clock.now() - dt.timedelta(weeks=KEPT_WEEKS)
    for folder in (base / "keys").glob("2*Z"):
        copy = Copy("keys", folder)
        if last and folder != last.folder and copy.made < limit:
            shutil.rmtree(folder)
            gone += 1
    return gone
