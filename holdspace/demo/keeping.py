"""Small files of the demonstration that only this machine's owner reads."""

import os
from pathlib import Path


def keep_privately(file: Path, text: str) -> None:
    """Write `text` to a file of one's own, replacing what it held."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as opened:
        opened.write(text)
