"""A restore under way: a note that outlives a crash, with every erasure known before it.

It is on disk before the key store is replaced, since that store may hold the only record of what
was erased after the backup. While it lies there the installation does not start.
"""

import json
import os
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connections

from holdspace.vault.models import Erasure


def _file() -> Path:
    return Path(settings.KEYS) / "restore-under-way.json"


def is_there() -> bool:
    """Whether a restore was begun and is not over."""
    return _file().exists()


def begin() -> list[Erasure]:
    """Note every erasure known here, in the key store that stands and in an earlier note."""
    known = {**_noted(), **_standing()}
    growing = _file().with_suffix(".growing")
    growing.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with growing.open("w") as file:
        json.dump(known, file)
        file.flush()
        os.fsync(file.fileno())
    growing.replace(_file())
    return [Erasure(tag=bytes.fromhex(tag), week=week) for tag, week in sorted(known.items())]


def end() -> None:
    """The restore is over: the key store knows all that was noted."""
    _file().unlink(missing_ok=True)


def _noted() -> dict[str, str]:
    return dict(json.loads(_file().read_text())) if is_there() else {}


def _standing() -> dict[str, str]:
    try:
        return {bytes(one.tag).hex(): one.week for one in Erasure.objects.all()}
    except DatabaseError:  # a new machine, or a key store that is broken
        connections["keys"].close()
        return {}
