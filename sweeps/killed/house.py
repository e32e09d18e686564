"""A web process that is killed in the middle of what people do, and started again each time."""

import json
import os
import random
import subprocess
import sys
import threading
import time
from collections import defaultdict
from pathlib import Path
from statistics import median
from typing import IO, Any

from django.conf import settings

from holdspace.kit.running.sockets import free_port
from sweeps.stolen.browser import Browser

FIRST_GUESS = 0.08  # seconds a step takes, before one was measured
ENOUGH = 75  # seconds after which nobody new comes, on a machine busy with other things


class House:
    """Databases of its own, a web process on one port, a worker, a witness."""

    def __init__(self, folder: Path, urls: dict[str, str]) -> None:
        self.port = free_port()
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("HOLDSPACE_", "DJANGO_"))}
        data = {"HOLDSPACE_DATA": str(folder / "var")}
        self.env = {**kept, **urls, **data, "HOLDSPACE_ADDRESS": f"http://localhost:{self.port}"}
        self.log = folder / "log"
        self.standing = threading.Event()
        self._processes: list[subprocess.Popen[str]] = []
        self._asking = threading.Lock()

    def prepare(self) -> None:
        """Databases and keys made, and somebody who stands by."""
        self.do("prepare")
        self.stand_by()

    def stand_by(self) -> None:
        """The witness, in a process of its own."""
        self.witness = self._run("-m", "sweeps.killed.witness", stdin=subprocess.PIPE,
                                 stdout=subprocess.PIPE)  # fmt: skip

    def do(self, *command: str) -> None:
        """One command of the operator's, to its end. Raises AssertionError when it fails."""
        failed = self._run("-W", "ignore", "manage", *command).wait()
        assert not failed, self.log.read_text()[-2000:]

    def _run(self, *words: str, stdin: Any = None, stdout: Any = None) -> "subprocess.Popen[str]":
        with self.log.open("ab") as log:
            made = subprocess.Popen(
                [sys.executable, *words], cwd=settings.ROOT, env=self.env, text=True,
                stdin=stdin, stdout=stdout or log, stderr=log,
            )  # fmt: skip
        self._processes.append(made)
        return made

    def ask(self, what: str, **more: Any) -> Any:
        """A question to the witness. Raises AssertionError when it has no answer."""
        with self._asking:
            said, heard = self.witness.stdin, self.witness.stdout
            assert said is not None
            assert heard is not None
            return _answer(said, heard, json.dumps([what, more]), self.log)

    def start(self) -> None:
        """The web process, and the worker that nobody kills."""
        self._run("manage", "work")
        self.rise()

    def rise(self) -> None:
        """Start the web process and wait until it is ready to serve."""
        self.web = self._run("manage", "web", "--port", str(self.port))
        until = time.monotonic() + 60
        while not self._is_ready():
            assert self.web.poll() is None, self.log.read_text()[-2000:]
            assert time.monotonic() < until, self.log.read_text()[-2000:]
            time.sleep(0.05)
        self.standing.set()

    def fall(self) -> None:
        """kill -9 of the web process."""
        self.standing.clear()
        self.web.kill()
        self.web.wait()

    def _is_ready(self) -> bool:
        try:
            return Browser(self.port, "localhost").ask("GET", "/healthz").status == 200
        except OSError:
            return False

    def stop(self) -> None:
        """Everything that still runs, before its databases go."""
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            process.wait(30)


def _answer(said: IO[str], heard: IO[str], question: str, log: Path) -> Any:
    said.write(question + "\n")
    said.flush()
    line = heard.readline()
    assert line, log.read_text()[-2000:]
    return json.loads(line)


class Killer:
    """Aims at steps by their number, and strikes at a moment of chance while one is done.

    The moments come from a seed, as shares of the time which that step usually takes, so that
    they fall before, within and just after the transaction on fast and slow machines.
    """

    def __init__(self, house: House, seed: int, aims: dict[str, range], each: int) -> None:
        chance = random.Random(seed)
        self.house = house
        self._left = {step: set(chance.sample(one, each)) for step, one in aims.items()}
        self._shares = [chance.uniform(0.0, 1.2) for _kill in range(each * len(aims))]
        self._seen: dict[str, int] = defaultdict(int)
        self._took: dict[str, list[float]] = defaultdict(list)
        self._lock, self._strike = threading.Lock(), threading.Lock()
        self.kills = 0
        self._until = time.monotonic() + ENOUGH

    def is_over(self) -> bool:
        """Whether it is enough: nobody is struck any more."""
        return time.monotonic() > self._until

    def aims_at(self, step: str) -> bool:
        """Whether the one who begins this step now is struck; each step is counted once."""
        with self._lock:
            self._seen[step] += 1
            return self._seen[step] in self._left.get(step, ()) and not self.is_over()

    def took(self, step: str, seconds: float) -> None:
        """How long a step took that nobody disturbed."""
        self._took[step].append(seconds)

    def strike(self, step: str) -> threading.Thread:
        """Kill the web process in a moment, and start it again; strikes come one by one."""
        self._strike.acquire()
        self.house.standing.wait()
        with self._lock:
            share = self._shares[self.kills]
            self.kills += 1
        wait = share * median(self._took[step] or [FIRST_GUESS])
        one = threading.Thread(target=self._kill, args=(wait,), daemon=True)
        one.start()
        return one

    def _kill(self, wait: float) -> None:
        try:
            time.sleep(wait)
            self.house.fall()
            self.house.rise()
        finally:
            self._strike.release()
