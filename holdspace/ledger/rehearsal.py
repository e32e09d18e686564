"""The rehearsal: the newest backup, restored by the same command into a throw-away place."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from django.conf import settings
from django.db import connections
from psycopg import sql

from holdspace.kit.ids import new_code
from holdspace.vault import rootkey
from holdspace.vault.backup import copies
from holdspace.vault.backup.restoring import NothingToRestore

URLS = {"default": "DATABASE_URL", "keys": "KEYS_DATABASE_URL"}


class RehearsalFailed(RuntimeError):
    """The backup could not be restored, or what came back was not whole."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What came back from the newest backup."""

    content: str
    keys: str
    rows: int
    opened: int
    chains: int


def rehearse(base: Path) -> Proof:
    """Restore the newest backup elsewhere and prove it whole.

    Raises NothingToRestore, BrokenCopy or RehearsalFailed.
    """
    content, keys = copies.newest(base, "content"), copies.newest(base, "keys")
    if content is None or keys is None:
        raise NothingToRestore(f"no finished backup of content and keys in {base}")
    with tempfile.TemporaryDirectory(prefix="holdspace-rehearsal-") as place:
        shutil.copytree(rootkey.folder(), Path(place) / "keys" / "root")
        with empty_databases() as urls:
            env = {**os.environ, "HOLDSPACE_DATA": place, **urls}
            _manage(["restore", str(base.resolve())], env)
            found = json.loads(_manage(["prove_restored"], env))
    if found["broken"] or not found["rows"]:
        raise RehearsalFailed(f"{found['broken']} ledger chains broken, {found['rows']} rows")
    return Proof(
        content.folder.name, keys.folder.name, found["rows"], found["opened"], found["chains"]
    )


def _manage(command: list[str], env: dict[str, str]) -> str:
    run = [sys.executable, str(settings.ROOT / "manage"), *command]
    done = subprocess.run(run, env=env, capture_output=True, text=True, check=False)  # noqa: S603 -- our own command
    if done.returncode:
        raise RehearsalFailed(done.stderr.strip()[-500:])
    return done.stdout


@contextmanager
def empty_databases() -> Iterator[dict[str, str]]:
    """Addresses of two empty databases of the kind we run on, gone afterwards.

    Empty addresses mean files, wherever HOLDSPACE_DATA says.
    """
    if connections["default"].vendor == "sqlite":
        yield {"DATABASE_URL": "", "KEYS_DATABASE_URL": ""}
        return
    made: dict[str, str] = {}
    try:
        for alias in URLS:
            made[alias] = f"holdspace_rehearsal_{new_code()}"
            _administer(alias, sql.SQL("CREATE DATABASE {}").format(sql.Identifier(made[alias])))
        yield {URLS[alias]: _url(alias, name) for alias, name in made.items()}
    finally:
        for alias, name in made.items():
            _administer(alias, sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def _administer(alias: str, statement: sql.Composed) -> None:
    try:
        with psycopg.connect(_url(alias, "postgres"), autocommit=True) as connection:
            connection.execute(statement)
    except psycopg.errors.InsufficientPrivilege as fault:
        who = connections[alias].settings_dict["USER"]
        raise RehearsalFailed(
            f'{who} may not make the database to rehearse in: ALTER ROLE "{who}" CREATEDB'
        ) from fault


def _url(alias: str, name: str) -> str:
    db: dict[str, Any] = connections[alias].settings_dict
    who = quote(str(db["USER"])) + (f":{quote(str(db['PASSWORD']))}" if db["PASSWORD"] else "")
    host = str(db["HOST"])
    where = f"{quote(host, safe='')}:{db['PORT']}" if db["PORT"] else quote(host, safe="")
    return f"postgresql://{who}@{where}/{name}"
