"""The parts of ./check: what each runs, and whether it belongs to the quick round."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import machine
import postgres

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
LOGS = ROOT / ".cache" / "check"
SCRIPTS = ["serve", "check", "manage"]
OURS = [".ci/machine.py", ".ci/parts.py", ".ci/postgres.py"]
WITHIN = 1500  # seconds a part may take before it counts as hanging
LONG = "postgres or redis or process or slow"
QUICKLY = ("-n", "2", "--no-migrations", "-m", f"not ({LONG})")
COUNTED = ("passed", "failed", "skipped", "errors", "error")


@dataclass
class Outcome:
    """How one part went."""

    part: str
    state: str = "passed"  # passed, failed, or "not run: …"
    seconds: float = 0.0
    tests: dict[str, int] = field(default_factory=dict)


Run = Callable[[Outcome], None]


def call(outcome: Outcome, *command: str | Path, env: Mapping[str, str] | None = None) -> None:
    """Run one command of a part, its words into the part's log; a failure marks the part."""
    LOGS.mkdir(parents=True, exist_ok=True)
    words = [str(part) for part in command]
    with (LOGS / f"{outcome.part}.log").open("ab") as log:
        log.write(f"$ {' '.join(words)}\n".encode())
        log.flush()
        try:
            done = subprocess.run(  # noqa: S603 -- our own commands
                words,
                cwd=ROOT,
                env={**os.environ, **(env or {})},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                timeout=WITHIN,
                check=False,
            )
        except subprocess.TimeoutExpired:
            log.write(f"\nstopped after {WITHIN} s\n".encode())
            outcome.state = "failed"
            return
    if done.returncode:
        outcome.state = "failed"


def suite(outcome: Outcome, *words: str, env: Mapping[str, str] | None = None) -> None:
    """Run pytest and add up what it counted. No tests found is no failure."""
    before = outcome.state
    call(outcome, BIN / "pytest", "--durations=15", *words, env=env)
    said = (LOGS / f"{outcome.part}.log").read_text(errors="replace")
    lines = [line for line in said.splitlines() if re.search(r"\b(in|ran in) [\d.]+s", line)]
    last = lines[-1] if lines else ""
    for number, word in re.findall(r"(\d+) (\w+)", last):
        if word in COUNTED:
            key = "failed" if word.startswith("error") else word
            outcome.tests[key] = outcome.tests.get(key, 0) + int(number)
    if "no tests ran" in last:
        outcome.state = before


def _format(outcome: Outcome) -> None:
    call(outcome, BIN / "ruff", "format", "--check", ".", *SCRIPTS, *OURS)


def _lint(outcome: Outcome) -> None:
    call(outcome, BIN / "ruff", "check", ".", *SCRIPTS, *OURS)


def _types(outcome: Outcome) -> None:
    call(outcome, BIN / "mypy", ".", *OURS, env={"MYPYPATH": ".ci"})


def _floors(outcome: Outcome) -> None:
    call(outcome, BIN / "lint-imports", "--no-cache")
    testing = {"DJANGO_SETTINGS_MODULE": "config.testing"}
    call(outcome, BIN / "python", "manage", "makemigrations", "--check", "--dry-run", env=testing)


def _sweeps(outcome: Outcome) -> None:
    suite(outcome, "sweeps", "-n", "2", "-m", "not postgres")


def _sqlite(outcome: Outcome) -> None:
    suite(outcome, "holdspace", "-n", "2", "-m", "not postgres and not redis")


def _quick_sweeps(outcome: Outcome) -> None:
    suite(outcome, "sweeps", *QUICKLY)


def _quick_sqlite(outcome: Outcome) -> None:
    suite(outcome, "holdspace", *QUICKLY)


def _postgresql(outcome: Outcome) -> None:
    with postgres.cluster(machine.postgresql()) as leads:
        suite(outcome, "holdspace", "sweeps", "-n", "2", "-m", "not redis and not alone", env=leads)
        suite(outcome, "holdspace", "sweeps", "-m", "alone", env=leads)


def _redis(outcome: Outcome) -> None:
    machine.redis()
    suite(outcome, "holdspace", "-m", "redis")


def _journeys(outcome: Outcome) -> None:
    env = {"HOLDSPACE_CHROMIUM": machine.chromium()}
    machine.node_tools(ROOT)
    for old in (ROOT / "journeys" / "out").glob("pages/*.html"):
        old.unlink()
    suite(outcome, "journeys", "-m", "not webkit", env=env)


def _webkit(outcome: Outcome) -> None:
    machine.webkit()
    suite(outcome, "journeys", "-m", "webkit")


def _html(outcome: Outcome) -> None:
    programs = machine.node_tools(ROOT)
    pages = sorted((ROOT / "journeys" / "out" / "pages").glob("*.html"))
    if not pages:
        raise machine.Missing("pages: the journeys keep those they visit")
    config = ROOT / "journeys" / "htmlvalidate.json"
    call(outcome, programs / "html-validate", "--config", config, *pages)


PARTS: dict[str, Run] = {
    "format": _format,
    "lint": _lint,
    "types": _types,
    "floors": _floors,
    "sweeps": _sweeps,
    "sqlite": _sqlite,
    "postgresql": _postgresql,
    "redis": _redis,
    "journeys": _journeys,
    "webkit": _webkit,
    "html": _html,
}
QUICK: dict[str, Run] = {
    **{name: PARTS[name] for name in ("format", "lint", "floors")},
    "sweeps": _quick_sweeps,
    "sqlite": _quick_sqlite,
}


@contextmanager
def timed(outcome: Outcome) -> Iterator[None]:
    """Take the time of a part, and what it lacks for its outcome."""
    start = time.monotonic()
    try:
        yield
    except machine.Missing as missing:
        outcome.state = f"not run: no {missing}"
    except Exception as fault:  # noqa: BLE001 -- one part must not keep the rest from running
        print(f"\n{fault}", file=sys.stderr)  # noqa: T201 -- this is the terminal
        outcome.state = "failed"
    outcome.seconds = time.monotonic() - start


def perform(name: str, run: Run) -> Outcome:
    """Run one part to its end, whatever happens in it."""
    outcome = Outcome(name)
    (LOGS / f"{name}.log").unlink(missing_ok=True)
    with timed(outcome):
        run(outcome)
    return outcome
