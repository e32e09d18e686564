"""An operator whose command is killed at one step after another, and who gives it again.

A program for the test, with databases of its own that are prepared: `python -m
sweeps.killed.operator FOLDER`. A step is a statement, a commit, a file written, named or removed.
For each command it prints one line of JSON: how many steps there are, at which it was killed, and
what was wrong afterwards (nothing should be).
"""

import datetime as dt
import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

MONDAY = dt.datetime(2026, 11, 2, 3, 0, tzinfo=dt.UTC)
FILES = {"open", "os.rename", "os.remove", "os.link", "os.mkdir", "shutil.rmtree",
         "subprocess.Popen", "sqlite3.connect"}  # fmt: skip
MOST = {"rotate": 24, "shred": 16, "backup": 20, "restore": 12}


class Steps:
    """Counts steps, and kills this process with -9 at one of them."""

    def __init__(self, at: int | None, folders: tuple[str, ...]) -> None:
        self.at, self.folders, self.count, self.armed = at, folders, 0, True

    def step(self, *_what: Any) -> None:
        if not self.armed:
            return
        self.count += 1
        if self.count == self.at:
            os.kill(os.getpid(), signal.SIGKILL)

    def hear(self, event: str, args: tuple[Any, ...]) -> None:
        """An audit hook: what touches files of this installation, or starts a program."""
        if event not in FILES or (event == "open" and args[1] in {None, "r", "rb"}):
            return
        if event == "subprocess.Popen" or str(args[0]).startswith(self.folders):
            self.step()

    def around(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """An execute wrapper: before and after each statement."""
        self.step()
        done = execute(sql, params, many, context)
        self.step()
        return done

    @contextmanager
    def watching(self) -> Iterator[None]:
        """While this lasts, steps are counted."""
        from django.db import connections

        sys.addaudithook(self.hear)
        with ExitStack() as stack:
            for alias in ("default", "keys"):
                connection = connections[alias]
                stack.enter_context(connection.execute_wrapper(self.around))
                commit = connection._commit
                connection._commit = lambda commit=commit: (self.step(), commit(), self.step())
            yield
        self.armed = False


class Operator:
    """The house, its backups, and what must hold whatever happens."""

    def __init__(self, folder: Path) -> None:
        from django.conf import settings

        self.base = folder / "backups"
        self.folders = (str(self.base), str(settings.DATA))
        self.week = 0
        self.shredded: list[int] = []
        self.stays = [self.scope("stays") for _one in range(4)]
        self.sheet()
        self.backup()

    def scope(self, name: str) -> int:
        from django.db import transaction

        from holdspace.ledger.acts import outside_act
        from holdspace.ledger.chain import record
        from holdspace.vault import scopes

        made = scopes.open_scope()
        with outside_act("what somebody wrote"), transaction.atomic():
            record(made, f"test.{name}", actor="x", words=f"canary-{name}")
        return made

    def sheet(self) -> None:
        from holdspace.ledger.actions import print_root_sheet

        print_root_sheet(by="operator")

    # the commands, and what is made ready for each

    def rotate(self) -> None:
        from holdspace.ledger.actions import rotate_root_key

        rotate_root_key(by="operator")

    def shred(self) -> None:
        from holdspace.ledger.actions import shred_scope

        shred_scope(by="operator", scope=self.shredded[-1], reason="asked for in writing")

    def backup(self) -> None:
        from holdspace.ledger.actions import take_backup

        take_backup(self.base, by="operator")

    def restore(self) -> None:
        from holdspace.ledger.actions import restore_backup

        restore_backup(self.base, by="operator")

    def ready(self, name: str) -> None:
        """A week later each time; for a shredding somebody who goes, for a restore one who went."""
        self.week += 1
        if name == "shred":
            self.shredded.append(self.scope("goes"))
        if name == "restore":
            from holdspace.vault import scopes

            self.shredded.append(self.going.pop())
            scopes.shred([self.shredded[-1]])

    # what must hold

    def wrong(self, *, whole: bool) -> list[str]:
        """What does not hold: at any moment, and (`whole`) once the command was given again."""
        from holdspace.vault import keys, rootkey
        from holdspace.vault.backup import copies, unfinished

        rootkey.forget()
        keys.forget()
        found = [f"lost {scope}" for scope in self.stays if not self.is_readable(scope)]
        found += [f"epoch {e}" for e in rootkey.epochs() if len(rootkey.root_key(e)) != 32]
        for part in ("content", "keys"):
            copy = copies.newest(self.base, part)
            if copy is not None:
                copies.verify(copy)
        if not whole:
            return found
        found += [f"back {scope}" for scope in self.shredded if self.is_readable(scope)]
        left = [*rootkey.folder().glob(".g*"), *self.base.glob("*/.*")]
        found += [f"left {file.name}" for file in left]
        return found + (["restore under way"] if unfinished.is_there() else [])

    def is_readable(self, scope: int) -> bool:
        from holdspace.ledger.models import Line
        from holdspace.vault.ciphers import Unopenable

        line = Line.objects.filter(chain=scope).first()
        try:
            return line is not None and line.sealed["facts"]["words"].startswith("canary-")
        except Unopenable:
            return False

    # the killing

    def one(self, name: str, at: int | None) -> int | None:
        """Give a command in a process of its own; its steps, or None when it was killed."""
        from django.db import connections

        connections.close_all()
        reads, writes = os.pipe()
        child = os.fork()
        if not child:
            self._in_child(name, at, writes)
        os.close(writes)
        with os.fdopen(reads) as said:
            answer = said.read()
        status = os.waitpid(child, 0)[1]
        if os.WIFSIGNALED(status):
            return None
        assert answer, f"{name} failed"
        return int(answer)

    def _in_child(self, name: str, at: int | None, writes: int) -> None:
        from holdspace.kit import clock, scope

        steps, code = Steps(at, self.folders), 1
        try:
            moment = MONDAY + dt.timedelta(weeks=self.week, seconds=at or 0)
            with clock.at(moment), scope.everywhere("an operator"), steps.watching():
                getattr(self, name)()
            os.write(writes, str(steps.count).encode())
            code = 0
        finally:
            os._exit(code)

    def through(self, name: str) -> dict[str, Any]:
        """One command, killed at steps spread over all it has, each time given again."""
        if name == "restore":
            self.going = [self.scope("goes") for _one in range(MOST["restore"] + 1)]
            self.week += 1
            self.one("backup", None)
        self.ready(name)
        total = self.one(name, None) or 0
        killed = 0
        found: list[str] = []
        aims = _spread(total, MOST[name])
        for step in aims:
            self.ready(name)
            killed += self.one(name, step) is None
            found += [f"{name} {step}: {what}" for what in self.wrong(whole=False)]
            self.go_on()
            self.one(name, None)
            found += [f"{name} {step}, again: {what}" for what in self.wrong(whole=True)]
        return {
            "command": name,
            "steps": total,
            "aims": len(aims),
            "killed": killed,
            "wrong": found,
        }

    def go_on(self) -> None:
        """What the clock does of itself after a start: erasures that were intended are done."""
        from holdspace.ledger.models import Line
        from holdspace.ledger.tasks import finish_erasing
        from holdspace.vault import scopes
        from holdspace.vault.models import Erasure

        finish_erasing()
        intended = {bytes(one) for one in Erasure.objects.values_list("tag", flat=True)}
        lines = Line.objects.filter(chain__in=self.shredded).values_list("chain", flat=True)
        for scope in lines:
            if scopes.erasure_tag(scope) in intended:
                assert not scopes.is_open(scope), "an intent that nobody finished"


def _spread(total: int, most: int) -> list[int]:
    """Steps of a command: most of them among its first, where files and keys change hands."""
    first = min(total, 40)
    early = range(1, first + 1, max(1, first * 3 // (most * 2)))
    late = range(first + 1, total + 1, max(1, (total - first) * 3 // most))
    return sorted({*early, *late})[:most]


def main() -> None:
    os.environ["HOLDSPACE_TESTING"] = "1"
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()
    operator = Operator(Path(sys.argv[1]))
    for name in sys.argv[2:] or MOST:
        sys.stdout.write(json.dumps(operator.through(name)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
