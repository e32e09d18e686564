"""Putting the newest backup back, and never bringing back what was erased."""

from dataclasses import dataclass
from pathlib import Path

from holdspace.vault import keys, rootkey, scopes, sheet
from holdspace.vault.backup import copies, databases, unfinished
from holdspace.vault.models import Erasure


class NothingToRestore(RuntimeError):
    """The folder holds no finished copy of content or of keys."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore brought back and what it destroyed again."""

    content: str
    keys: str
    erased_again: int


def restore(base: Path, *, typed_sheet: str = "") -> Restored:
    """Replace both databases by the newest copies in `base` and replay every erasure.

    The erasure list of the key store that stands here now, if any, is kept and replayed too.
    Killed at any moment it is begun again by the same command, and nothing is lost.
    Raises NothingToRestore, BrokenCopy, UnreadableSheet or RootKeyMissing, before anything is
    replaced.
    """
    content, key_copy = copies.newest(base, "content"), copies.newest(base, "keys")
    if content is None or key_copy is None:
        raise NothingToRestore(f"no finished backup of content and keys in {base}")
    for copy in (content, key_copy):
        copies.verify(copy)
    if typed_sheet:
        sheet.put_back((key_copy.folder / copies.ROOT_SEALED).read_bytes(), typed_sheet)
    rootkey.current_epoch()
    known_here = unfinished.begin()
    databases.put_back("keys", key_copy.folder)
    databases.put_back("default", content.folder)
    keys.forget()
    Erasure.objects.bulk_create(known_here, ignore_conflicts=True)
    again = scopes.replay_erasures()
    unfinished.end()
    return Restored(content.folder.name, key_copy.folder.name, again)
