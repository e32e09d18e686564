"""Copying one database whole and consistent while others write, and putting it back."""

import os
import sqlite3
import subprocess
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connections

NAMES = {"sqlite": "copy.sqlite3", "postgresql": "copy.pgdump"}


class CannotCopy(RuntimeError):
    """The database's own tool failed; carries what it said."""


def copy_to(alias: str, folder: Path) -> Path:
    """A consistent copy of a database in `folder`; returns its file. Raises CannotCopy."""
    vendor = connections[alias].vendor
    file = folder / NAMES[vendor]
    if vendor == "sqlite":
        _copy_sqlite(alias, file)
    else:
        _run(alias, ["pg_dump", "--format=custom", "--no-owner", f"--file={file}"])
    file.chmod(0o600)
    return file


def put_back(alias: str, folder: Path) -> None:
    """Replace a database by the copy in `folder`. Raises CannotCopy, FileNotFoundError."""
    vendor = connections[alias].vendor
    file = folder / NAMES[vendor]
    if not file.exists():
        raise FileNotFoundError(file)
    connections[alias].close()
    if vendor == "sqlite":
        _restore_sqlite(alias, file)
    else:
        flags = ["--clean", "--if-exists", "--no-owner", "--single-transaction"]
        _run(alias, ["pg_restore", *flags, f"--dbname={_settings(alias)['NAME']}", str(file)])


def _settings(alias: str) -> dict[str, Any]:
    return dict(connections[alias].settings_dict)


def _copy_sqlite(alias: str, file: Path) -> None:
    source = Path(str(_settings(alias)["NAME"]))
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(file)) as there:
        here.backup(there)
        there.execute("PRAGMA journal_mode=DELETE")


def _restore_sqlite(alias: str, file: Path) -> None:
    target = Path(str(_settings(alias)["NAME"]))
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with closing(sqlite3.connect(file)) as here, closing(sqlite3.connect(target)) as there:
        there.execute("PRAGMA secure_delete=ON")
        here.backup(there)
        there.execute("PRAGMA journal_mode=WAL")
        there.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _run(alias: str, command: Iterable[str]) -> None:
    db = _settings(alias)
    asked = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    where = {name: str(db[key]) for name, key in asked.items() if db.get(key)}
    tool, *rest = command
    if tool == "pg_dump":
        rest.append(str(db["NAME"]))
    done = subprocess.run(  # noqa: S603 -- PostgreSQL's own tools, our own arguments
        [tool, *rest], env={**os.environ, **where}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CannotCopy(done.stderr.strip()[-500:])
