"""A month is lived in a process and in databases of its own."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

from django.conf import settings


def lived(module: str, folder: Path, *extra: str) -> Path:
    """Run a month that never was before; what it leaves lies in `folder`."""
    from holdspace.ledger.rehearsal import empty_databases

    env = {**os.environ, "HOLDSPACE_DATA": str(folder / "var"), "HOLDSPACE_DEMONSTRATION": ""}
    seed = str(secrets.randbits(32))
    with empty_databases() as urls:
        done = subprocess.run(
            [sys.executable, "-m", module, str(folder), seed, *extra],
            cwd=settings.ROOT,
            env={**env, **urls},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, (seed, done.stderr[-2000:])
    return folder
