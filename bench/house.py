"""Throw-away installations, their processes on the loopback, and what these cost."""

import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
CORES = sorted(os.sched_getaffinity(0))
SERVER, CLIENTS = CORES[0], CORES[-1]  # one core for the server measured, another for who asks
READY_WITHIN = 60.0


class House:
    """A data folder and the processes that serve it."""

    def __init__(self, folder: Path, server: str = "") -> None:
        """`server` leads to a PostgreSQL with databases named as the folder; else SQLite."""
        self.folder = folder
        self.server = server
        self.port = 0
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def copied(self, folder: Path) -> "House":
        """Another like this one: preparing once is enough."""
        shutil.copytree(self.folder, folder)
        if self.server:
            databases(self.server, folder.name, like=self.folder.name)
        return House(folder, self.server)

    def beside(self, folder: Path) -> "House":
        """An empty place for a floor, in databases of the same kind."""
        if self.server:
            databases(self.server, folder.name)
        return House(folder, self.server)

    @property
    def env(self) -> dict[str, str]:
        """Nothing of the outside but the path: no database or mail of anybody is ever touched."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        stores = {}
        if self.server:
            address = f"{self.server}/{self.folder.name}"
            stores = {"DATABASE_URL": address, "KEYS_DATABASE_URL": f"{address}_keys"}
        ours = {"HOLDSPACE_DATA": str(self.folder), "HOLDSPACE_TEST_UNHURRIED": "1"}
        return {**kept, **stores, **ours, "PYTHONPATH": str(ROOT)}

    def manage(self, *words: str) -> str:
        """One of Django's commands, to its end."""
        return self.run(str(ROOT / "manage"), *words)

    def run(self, *words: str) -> str:
        """Something in Python, to its end; what it printed."""
        done = subprocess.run(
            [sys.executable, *words], env=self.env, cwd=ROOT, check=True, stdout=subprocess.PIPE,
            text=True, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        return done.stdout

    def told(self, *words: str) -> dict:
        """The same; the last line printed, as JSON."""
        return json.loads(self.run(*words).splitlines()[-1])

    @contextmanager
    def process(self, *words: str, interpreter: str = sys.executable) -> Iterator[subprocess.Popen]:
        """A process of ours for as long as it is needed; ends with us, whatever happens."""
        started = subprocess.Popen(
            [interpreter, *words], env=self.env, cwd=ROOT, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            yield started
        finally:
            end(started)

    @contextmanager
    def serving(self) -> Iterator[subprocess.Popen]:
        """Web and worker, ready; the web process is handed out."""
        self.port = free_port()
        web = [str(ROOT / "manage"), "web", "--port", str(self.port), "--with-parent"]
        work = [str(ROOT / "manage"), "work", "--with-parent"]
        with self.process(*web) as server, self.process(*work):
            wait_until_ready(self.port, "/healthz")
            yield server


def databases(server: str, name: str, *, like: str = "") -> None:
    """Two databases on a PostgreSQL of ours: content and keys, empty or like those of another."""
    import psycopg  # noqa: PLC0415 -- 10 MB that no process measured on SQLite should carry
    from psycopg import sql  # noqa: PLC0415 -- the same

    with psycopg.connect(f"{server}/postgres", autocommit=True) as asked:
        for end in ("", "_keys"):
            model = sql.Identifier(like + end) if like else sql.Identifier("template0")
            made = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name + end), model
            )
            asked.execute(made)


def end(process: subprocess.Popen) -> None:
    """Ask it to stop, then insist."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for pipe in (process.stdin, process.stdout):
        close(pipe)


def close(pipe: IO[str] | None) -> None:
    """Close what may be gone already."""
    if pipe:
        with suppress(BrokenPipeError):
            pipe.close()


def free_port() -> int:
    """A port of the loopback that nobody has."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait_until_ready(port: int, path: str) -> None:
    """Until it answers 200. Raises TimeoutError."""
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until:
        asked = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            asked.request("GET", path, headers={"Host": "localhost"})
            if asked.getresponse().status == 200:  # noqa: PLR2004 -- OK
                return
        except OSError:
            pass
        finally:
            asked.close()
        time.sleep(0.02)
    raise TimeoutError(path)


def pin(pid: int, core: int) -> None:
    """Keep a process, with every thread it has, on one core."""
    for thread in Path(f"/proc/{pid}/task").iterdir():
        os.sched_setaffinity(int(thread.name), {core})


def cpu(pid: int) -> float:
    """Seconds of CPU of a process, by its own clock (/proc is up to a tick late)."""
    return time.clock_gettime((~pid << 3) | 2)  # what clock_getcpuclockid(3) returns on Linux


def memory(pid: int) -> tuple[float, float]:
    """MB a process holds now, and held at its peak."""
    status = Path(f"/proc/{pid}/status").read_text()
    found = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    return tuple(int(found[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))  # type: ignore[return-value]


def python(module: str, *words: str) -> Sequence[str]:
    """The words that run one of our modules."""
    return ["-m", f"bench.{module}", *words]
