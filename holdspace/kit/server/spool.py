"""What waits to be read or sent: in memory while it is small, on disk as noise.

The file has no name, and what lies in it is enciphered under a key that is made for it, kept
nowhere and gone with it: no word and no picture of anybody ever lies open on a disk.
"""

import io
import tempfile
from os import urandom
from typing import IO, TYPE_CHECKING

from cryptography.hazmat.primitives.ciphers import Cipher, CipherContext
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CTR

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

IN_MEMORY = 256 * 1024  # bytes before it goes to a file
_BLOCK = 16


class _Before(io.IOBase):
    """A file that stands before another: it is where the other is, and closes with it."""

    _file: IO[bytes] | io.BytesIO | io.BufferedRandom

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, place: int, whence: int = 0) -> int:
        return self._file.seek(place, whence)

    def tell(self) -> int:
        return self._file.tell()

    def close(self) -> None:
        self._file.close()
        super().close()


class _Noise(_Before, io.RawIOBase):
    """A nameless file of which each place is enciphered by where it is; written once, not over."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 -- closed with this one
        self._key = AES256(urandom(32))

    def _at_here(self) -> CipherContext:
        place = self._file.tell()
        made = Cipher(self._key, CTR((place // _BLOCK).to_bytes(_BLOCK, "big"))).encryptor()
        made.update(bytes(place % _BLOCK))
        return made

    def readinto(self, buffer: "WriteableBuffer") -> int:
        cipher, view = self._at_here(), memoryview(buffer)
        read = self._file.read(len(view))
        view[: len(read)] = cipher.update(read)
        return len(read)

    def write(self, data: "ReadableBuffer") -> int:
        return self._file.write(self._at_here().update(bytes(data)))


class Spool(_Before, io.BufferedIOBase):
    """A file to be written once from its start to its end, and then read."""

    def __init__(self) -> None:
        self._file: io.BytesIO | io.BufferedRandom = io.BytesIO()

    @property
    def on_disk(self) -> bool:
        """Whether it has grown out of memory."""
        return isinstance(self._file, io.BufferedRandom)

    def write(self, data: "ReadableBuffer") -> int:
        if not self.on_disk and self._file.tell() + memoryview(data).nbytes > IN_MEMORY:
            small, self._file = self._file, io.BufferedRandom(_Noise())
            self._file.write(small.getvalue() if isinstance(small, io.BytesIO) else b"")
        return self._file.write(data)

    def read(self, size: int | None = -1) -> bytes:
        return self._file.read(size)

    def read1(self, size: int = -1) -> bytes:
        return self._file.read1(size)
