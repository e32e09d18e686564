"""The processes of one installation: started, started again when they end, stopped together."""

import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Event

from holdspace.kit.running.terminal import warn

STEADY = 30.0  # seconds after which a process counts as having stood
LONGEST_PAUSE = 10.0
KILL_AFTER = 8.0  # seconds between asking a process to stop and ending it
LOOK = 0.1


class Child:
    """One process that should always run. Its standard input is our lifeline to it: should we be
    killed, it closes, and the process ends by itself.
    """

    def __init__(self, name: str, command: Sequence[str | Path], env: Mapping[str, str]) -> None:
        self.name = name
        self.command = [str(part) for part in command]
        self.env = dict(env)
        self.fds: tuple[int, ...] = ()
        self.process: subprocess.Popen[bytes] | None = None
        self.started = 0.0
        self.again_at = 0.0
        self.pause = LOOK

    def start(self) -> None:
        """Start it, away from the terminal's own signals."""
        self.process = subprocess.Popen(  # noqa: S603 -- our own commands
            self.command,
            stdin=subprocess.PIPE,
            env=self.env,
            pass_fds=self.fds,
            start_new_session=True,
        )
        self.started = time.monotonic()
        self.again_at = 0.0

    def ended(self) -> int | None:
        """Its exit code when it has ended, else None."""
        return self.process.poll() if self.process else None

    def keep_up(self) -> None:
        """If it ended, start it again, after a pause that grows while it keeps ending."""
        code, now = self.ended(), time.monotonic()
        if code is None:
            return
        if not self.again_at:
            steady = now - self.started > STEADY
            self.pause = LOOK if steady else min(self.pause * 2, LONGEST_PAUSE)
            self.again_at = now + self.pause
            warn(f"  {self.name} ended ({code}); it is started again")
        elif now >= self.again_at:
            self.start()


class Children:
    """All of them."""

    def __init__(self, children: Sequence[Child]) -> None:
        self.children = list(children)
        self.stop = Event()

    def start(self) -> None:
        """Start every one."""
        for child in self.children:
            child.start()

    def dead(self) -> str:
        """The name of one that has ended, empty when all run."""
        return next((c.name for c in self.children if c.ended() is not None), "")

    def watch(self) -> None:
        """Keep them up until `stop` is set."""
        while not self.stop.wait(LOOK):
            for child in self.children:
                child.keep_up()

    def end(self) -> None:
        """Ask all to stop, give them time, then insist."""
        running = [c.process for c in self.children if c.process and c.process.poll() is None]
        for process in running:
            process.terminate()
        until = time.monotonic() + KILL_AFTER
        for process in running:
            try:
                process.wait(max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
