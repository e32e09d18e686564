"""What waits to be read or sent: in memory while it is small, on disk as noise.

The file has no name, and what lies in it is enciphered under a key that is made for it, kept
nowhere and gone with it: no word and no picture of anybody ever lies open on a disk.
"""

import io
import tempfile
from os import urandom
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.ciphers import Cipher, CipherContext
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CTR

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

IN_MEMORY = 256 * 1024  # bytes before it goes to a file
_BLOCK = 16


class _Noise(io.RawIOBase):
    """A nameless file of which each place is enciphered by where it is; written once, not over."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 -- closed with this one
        self._key = AES256(urandom(32))

    def _at_here(self) -> CipherContext:
        place = self._file.tell()
        made = Cipher(self._key, CTR((place // _BLOCK).to_bytes(_BLOCK, "big"))).encryptor()
        made.update(bytes(place % _BLOCK))
        return made

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        cipher, view = self._at_here(), memoryview(buffer)
        read = self._file.read(len(view))
        view[: len(read)] = cipher.update(read)
        return len(read)

    def write(self, data: "ReadableBuffer") -> int:
        return self._file.write(self._at_here().update(bytes(data)))

    def seek(self, place: int, whence: int = 0) -> int:
        return self._file.seek(place, whence)

    def tell(self) -> int:
        return self._file.tell()

    def close(self) -> None:
        self._file.close()
        super().close()


class Spool(io.BufferedIOBase):
    """A file to be written once from its start to its end, and then read."""

    def __init__(self) -> None:
        self._kept: io.BytesIO | io.BufferedRandom = io.BytesIO()

    @property
    def on_disk(self) -> bool:
        """Whether it has grown out of memory."""
        return isinstance(self._kept, io.BufferedRandom)

    def write(self, data: "ReadableBuffer") -> int:
        if not self.on_disk and self._kept.tell() + memoryview(data).nbytes > IN_MEMORY:
            small, self._kept = self._kept, io.BufferedRandom(_Noise())
            self._kept.write(small.getvalue() if isinstance(small, io.BytesIO) else b"")
        return self._kept.write(data)

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> bytes:
        return self._kept.read(size)

    def read1(self, size: int = -1) -> bytes:
        return self._kept.read1(size)

    def seek(self, place: int, whence: int = 0) -> int:
        return self._kept.seek(place, whence)

    def tell(self) -> int:
        return self._kept.tell()

    def close(self) -> None:
        self._kept.close()
        super().close()
