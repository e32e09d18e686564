"""Two calendar programs of others subscribe to a running house and see what we planned.

vdirsyncer fetches the secret addresses as it would any subscription and keeps what it got; khal
reads that and unfolds two years of it, with no line of ours. Both come with the requirements for
development.
"""

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from holdspace.ledger.rehearsal import empty_databases
from sweeps.clients.settling import DAYS
from sweeps.killed.house import House

pytestmark = pytest.mark.process
BIN = Path(sys.executable).parent
LOCALE = """
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[default]
highlight_event_days = False
"""


class NoAnswer(Exception):
    """A program gave up, and why."""


class Programs:
    """vdirsyncer and khal, with a folder of their own and nothing of whoever runs the tests."""

    def __init__(self, folder: Path, at: str, addresses: dict[str, str]) -> None:
        self.folder = folder
        self.names = list(addresses)
        pairs = "".join(
            f'[pair {name}]\na = "{name}_ours"\nb = "{name}_kept"\ncollections = null\n'
            f'conflict_resolution = "a wins"\n'
            f'[storage {name}_ours]\ntype = "http"\nurl = "{at}{path}"\n'
            f'[storage {name}_kept]\ntype = "filesystem"\npath = "{folder}/{name}"\n'
            f'fileext = ".ics"\n'
            for name, path in addresses.items()
        )
        general = f'[general]\nstatus_path = "{folder}/status"\n'
        (folder / "vdirsyncer").write_text(general + pairs)
        calendars = "".join(f"[[{name}]]\npath = {folder}/{name}\n" for name in self.names)
        base = f"[sqlite]\npath = {folder}/khal.db\n"
        (folder / "khal").write_text(f"[calendars]\n{calendars}{base}{LOCALE}")
        for program in ("vdirsyncer", "khal"):
            assert (BIN / program).exists(), f"{program} comes with requirements-dev.txt"
        for name in self.names:
            (folder / name).mkdir()
            self.vdirsyncer("discover", name)

    def vdirsyncer(self, *words: str) -> None:
        """Raises NoAnswer."""
        self._run("vdirsyncer", "--config", str(self.folder / "vdirsyncer"), *words)

    def instants(self, name: str, since: dt.date) -> list[tuple[str, str]]:
        """Every instance within two years as khal lists it: begin (UTC) and what it is called."""
        words = ["list", "--include-calendar", name, "--day-format", ""]
        words += ["--format", "{start-long-full}|{title}", f"{since}", f"{DAYS}d"]
        listed = self._run("khal", "--config", str(self.folder / "khal"), *words)
        rows = [line.partition("|") for line in listed.splitlines() if "|" in line]
        found = sorted((begins.strip(), title) for begins, _bar, title in rows)
        return [one for one in found if _within(one[0], since)]

    def _run(self, program: str, *words: str) -> str:
        env = {"HOME": str(self.folder), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC"}
        done = subprocess.run(
            [BIN / program, *words], env=env, capture_output=True, text=True, timeout=120,
            check=False,
        )  # fmt: skip
        if done.returncode:
            raise NoAnswer(done.stderr[-2000:])
        return done.stdout


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with empty_databases() as urls:
        one = House(tmp_path, urls)
        try:
            one.do("prepare")
            yield one
        finally:
            one.stop()


def told(house: House, what: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "sweeps.clients.settling", what],
        env=house.env, cwd=settings.ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_programs_of_others_see_the_same_instants(house: House, tmp_path: Path):
    begun = told(house, "begin")
    house.start()
    folder = tmp_path / "programs"
    folder.mkdir()
    addresses = begun["addresses"]
    at = f"http://localhost:{house.port}"
    programs = Programs(folder, at, addresses)
    since = dt.date.fromisoformat(begun["since"])
    _same(programs, since, begun["instants"])
    _same(programs, since, told(house, "change")["instants"])
    told(house, "end")
    for name in addresses:
        with pytest.raises(NoAnswer, match="Not Found"):
            programs.vdirsyncer("sync", name)


def _same(programs: Programs, since: dt.date, due: dict[str, list[str]]) -> None:
    programs.vdirsyncer("sync")
    for name, instants in due.items():
        found = programs.instants(name, since)
        held = [begins for begins, title in found if title == name]
        assert held == instants, name
        assert any(title == f"Cancelled: {name}" for _begins, title in found)
    everything = sorted(one for instants in due.values() for one in instants)
    mine = [begins for begins, title in programs.instants("mine", since) if title == "Appointment"]
    assert mine == everything


def _within(instant: str, since: dt.date) -> bool:
    return dt.date.fromisoformat(instant[:10]) < since + dt.timedelta(days=DAYS)
