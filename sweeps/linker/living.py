"""A month is lived in a process and in databases of its own."""

import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from django.conf import settings

Month = TypeVar("Month")


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


def more_and_more(live: Callable[[], Month], most: int = 4) -> Callable[[], Iterator[list[Month]]]:
    """Leaky months to search: one, then a second with it, and so on; lived only when asked for.

    Some attackers find little in one month that guessing would not: they are given more.
    """
    known: list[Month] = []

    def months() -> Iterator[list[Month]]:
        for many in range(1, most + 1):
            while len(known) < many:
                known.append(live())
            yield known[:many]

    return months
