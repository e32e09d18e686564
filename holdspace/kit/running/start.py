"""./serve: from a fresh clone to an address that answers."""

import argparse
import fcntl
import http.client
import os
import shutil
import signal
import socket
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from holdspace.kit.running.children import Child, Children
from holdspace.kit.running.environment import Environment
from holdspace.kit.running.sockets import loopback
from holdspace.kit.running.terminal import Stopped, run_quietly, say, step

BARE, DEMONSTRATION = "bare", "demonstration"
READY_WITHIN = 120.0  # seconds from starting web and worker to the first answer


class Installation:
    """One data folder of one checkout."""

    def __init__(self, root: Path, data: Path, port: int) -> None:
        self.root = root
        self.data = data
        self.port = port
        self.address = os.environ.get("HOLDSPACE_ADDRESS") or f"http://localhost:{port}"
        self.python = Environment(root).python
        self.kind_file = data / "kind"
        self.making = data / "demonstration.unfinished"

    def lock(self) -> IO[str]:
        """Hold the folder for this process. Raises Stopped when another serves it."""
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        held = (self.data / "serve.lock").open("w")
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as taken:
            raise Stopped(f"{self.data} is being served already.") from taken
        return held

    def settle_kind(self, *, empty: bool) -> str:
        """Bare or demonstration: chosen at the first start, kept ever after.

        Raises Stopped when a folder that holds the demonstration is to be bare.
        """
        given = bool(os.environ.get("DATABASE_URL"))
        if not self.kind_file.exists():
            used = (self.data / "content" / "holdspace.sqlite3").exists()
            self.kind_file.write_text(BARE if empty or used or given else DEMONSTRATION)
        kind = self.kind_file.read_text().strip()
        if empty and kind == DEMONSTRATION:
            raise Stopped(f"{self.data} holds the demonstration; choose another with --data DIR.")
        return kind

    def env(self) -> dict[str, str]:
        """What every process of this installation is told."""
        kind = self.kind_file.read_text().strip()
        told = {**os.environ, "HOLDSPACE_DATA": str(self.data), "HOLDSPACE_ADDRESS": self.address}
        told["HOLDSPACE_DEMONSTRATION"] = "1" if kind == DEMONSTRATION else "0"
        return told

    def manage(self, *words: str) -> str:
        """Run one of Django's commands to its end. Raises Stopped when it fails."""
        command = [str(self.python), str(self.root / "manage"), *words]
        return run_quietly(command, f"./manage {words[0]}", self.env())

    def has_command(self, name: str) -> bool:
        """Whether some package brings a command of that name."""
        return any(self.root.glob(f"holdspace/*/management/commands/{name}.py"))

    def begin_demonstration(self) -> None:
        """Make the community once; one that was cut short is thrown away and begun anew."""
        if self.making.exists():
            for folder in ("content", "keys"):
                shutil.rmtree(self.data / folder, ignore_errors=True)
            self.manage("prepare")
        elif (self.data / "demonstration.txt").exists():
            return
        self.making.touch()
        with step("the demonstration community, invented throughout"):
            self.manage("demonstrate")
        self.making.unlink()


def main(words: Sequence[str], root: Path) -> int:
    """Start, serve, stop; the exit code."""
    signal.signal(signal.SIGTERM, _stop_early)
    try:
        _serve(_arguments(words), root)
    except Stopped as why:
        say(f"\n{why}")
        return 1
    except KeyboardInterrupt:
        say()
        return 130
    return 0


def _stop_early(*_: object) -> None:
    raise KeyboardInterrupt


def _arguments(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("./serve", description="Run Holdspace on this machine.")
    parser.add_argument("--data", help="where to keep databases and keys (default: var/)")
    parser.add_argument("--port", type=int, default=8000, help="on the loopback (default: 8000)")
    parser.add_argument(
        "--empty", action="store_true", help="no demonstration: begin your own organisation"
    )
    parser.add_argument(
        "--install-only", action="store_true", help="make the private environment, then end"
    )
    return parser.parse_args(words)


def _serve(chosen: argparse.Namespace, root: Path) -> None:
    if chosen.install_only:
        Environment(root).ensure("requirements.txt")
        return
    data = Path(chosen.data or os.environ.get("HOLDSPACE_DATA") or root / "var").absolute()
    here = Installation(root, data, chosen.port)
    say("Holdspace")
    held, sockets = here.lock(), _sockets(chosen.port)
    Environment(root).ensure("requirements.txt")
    kind = here.settle_kind(empty=chosen.empty)
    with step(f"database and keys in {_short(data, root)}"):
        here.manage("prepare")
    if kind == DEMONSTRATION and here.has_command("demonstrate"):
        here.begin_demonstration()
    children = _children(here, sockets)
    for which in (signal.SIGTERM, signal.SIGINT):
        signal.signal(which, lambda *_: children.stop.set())
    try:
        with step("web and worker"):
            children.start()
            _wait_until_ready(here, children)
        if not children.stop.is_set():
            _tell(here, kind)
            children.watch()
    finally:
        for bound in sockets:
            bound.close()
        children.end()
        held.close()
    say("\nStopped.")


def _short(data: Path, root: Path) -> str:
    return f"{data.relative_to(root)}/" if data.is_relative_to(root) else str(data)


def _sockets(port: int) -> list[socket.socket]:
    """The loopback at a port; one that is just being given up is waited for."""
    until = time.monotonic() + 6
    while True:
        try:
            return loopback(port)
        except OSError as taken:
            if time.monotonic() > until:
                other = f"Port {port} is in use; choose another with --port N."
                raise Stopped(other) from taken
            time.sleep(0.3)


def _children(here: Installation, sockets: Sequence[socket.socket]) -> Children:
    manage = [here.python, here.root / "manage"]
    fds = tuple(bound.fileno() for bound in sockets)
    on = [word for fd in fds for word in ("--fd", str(fd))]
    web = Child("web", [*manage, "web", *on, "--with-parent"], here.env())
    web.fds = fds
    return Children([web, Child("worker", [*manage, "work", "--with-parent"], here.env())])


def _wait_until_ready(here: Installation, children: Children) -> None:
    until = time.monotonic() + READY_WITHIN
    while not children.stop.wait(0.05):
        if dead := children.dead():
            raise Stopped(f"The {dead} process ended before it was ready; its words are above.")
        if time.monotonic() > until:
            raise Stopped("Web and worker were not ready within two minutes.")
        if _is_ready(here.port):
            return


def _is_ready(port: int) -> bool:
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        asked.request("GET", "/healthz", headers={"Host": "localhost"})
        return asked.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        asked.close()


def _tell(here: Installation, kind: str) -> None:
    say(f"\nHoldspace is open: {here.address}\n")
    signs = here.data / "demonstration.txt"
    if kind == DEMONSTRATION and signs.exists():
        say(signs.read_text().rstrip() + "\n")
    elif kind == BARE:
        with suppress(Stopped):  # there is an organisation: nothing is to begin
            link = here.manage("begin_token", "--base", here.address).strip()
            say(f"Begin your organisation with this link; it opens once:\n  {link}\n")
    say("Ctrl-C stops it.")
