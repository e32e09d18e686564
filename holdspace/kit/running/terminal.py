"""What ./serve and ./check say while they work: one line a step, with its seconds."""

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

LAST_LINES = 15


class Stopped(Exception):
    """We cannot go on; carries a sentence for the person at the terminal."""


def say(text: str = "") -> None:
    """One line, at once."""
    print(text, flush=True)  # noqa: T201 -- this is the terminal


@contextmanager
def step(text: str) -> Iterator[None]:
    """Name what is being done, then how long it took."""
    start = time.monotonic()
    print(f"  {text} … ", end="", flush=True)  # noqa: T201 -- this is the terminal
    try:
        yield
    except BaseException:
        say()
        raise
    say(f"{time.monotonic() - start:.1f} s")


def run_quietly(
    command: Sequence[str | Path], why: str, env: Mapping[str, str] | None = None
) -> str:
    """Run to the end and return what was said. Raises Stopped with its last lines on failure."""
    done = subprocess.run(  # noqa: S603 -- our own commands
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=env,
        check=False,
    )
    if done.returncode:
        last = "\n".join(f"    {line}" for line in done.stdout.splitlines()[-LAST_LINES:])
        raise Stopped(f"{why} did not work:\n{last}")
    return done.stdout


def warn(text: str) -> None:
    """One line for the person at the terminal, apart from what was asked for."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201 -- this is the terminal
