"""Pictures people send: made anew in a process of its own, in two sizes, without anything else.

Decision 25 says why. Nothing here touches a disk, and no name a file had is looked at.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

TYPE = "image/webp"
ACCEPTED = "image/jpeg,image/png,image/webp,image/gif"
LARGEST = 12_000_000  # bytes of a file that is looked at
SMALL_BUCKET, LARGE_BUCKET = 28_672, 204_800  # what each size fits in, so that all are alike
_MAKER = Path(__file__).with_name("making.py")
_SECONDS = 25  # on a busy machine, where it stands back behind pages
_WAIT = 3  # seconds for one that is being made: both threads of pages may not stand still for long
_one_at_a_time = BoundedSemaphore()


class NoPicture(Exception):
    """It cannot be made into a picture we show."""


class TooLarge(NoPicture):
    """It has more bytes or pixels than we take."""


class Busy(NoPicture):
    """Others are sending pictures at this moment; nothing is wrong with this one."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in two sizes, as WebP; `large` is empty where it would show no more."""

    small: bytes
    large: bytes
    width: int
    height: int
    large_width: int
    large_height: int

    @property
    def kilobytes(self) -> int:
        """What the small one weighs on a line."""
        return max(1, round(len(self.small) / 1000))


def anew(raw: bytes) -> Picture:
    """A picture made anew from what somebody sent. Raises NoPicture, TooLarge, Busy."""
    if len(raw) > LARGEST:
        raise TooLarge
    if not _one_at_a_time.acquire(timeout=_WAIT):
        raise Busy
    try:
        made = subprocess.run(  # noqa: S603 -- our own file, by its path
            [sys.executable, "-I", str(_MAKER)],
            input=raw, capture_output=True, timeout=_SECONDS, env={}, check=False,
        ).stdout  # fmt: skip
    except subprocess.TimeoutExpired as slow:
        raise NoPicture from slow
    finally:
        _one_at_a_time.release()
    return _read(made)


def _read(made: bytes) -> Picture:
    """What the other process answered, which is believed as little as what it was sent."""
    line, _break, pictures = made.partition(b"\n")
    try:
        facts: dict[str, Any] = json.loads(line)
        if facts.get("no") == "too large":
            raise TooLarge
        small, large = pictures[: facts["small"]], pictures[facts["small"] :]
        sizes = [int(facts[name]) for name in ("w", "h", "large_w", "large_h")]
    except (ValueError, KeyError, TypeError, AttributeError) as fallen:
        raise NoPicture from fallen
    if not _is_ours(small, SMALL_BUCKET) or (large and not _is_ours(large, LARGE_BUCKET)):
        raise NoPicture
    return Picture(small, large, *sizes)


def _is_ours(picture: bytes, bucket: int) -> bool:
    return picture[:4] == b"RIFF" and picture[8:12] == b"WEBP" and len(picture) <= bucket - 4
