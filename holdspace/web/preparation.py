"""What must be there before the first page: folders, keys, tables, static files. Repeatable."""

import hashlib
import os
import secrets
import shutil
import time
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import OperationalError, connections
from django.db.migrations.executor import MigrationExecutor

from holdspace.ledger.acts import outside_act
from holdspace.vault import rootkey
from holdspace.vault.scopes import ensure_installation

DATABASES = ("keys", "default")  # a key is there before its first content


def make_folders() -> None:
    """The data folder and its parts, readable by their owner only."""
    os.umask(0o077)
    for folder in (settings.DATA, settings.CONTENT, settings.KEYS):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)


def make_secrets() -> None:
    """Django's signing key and the vault's root key, once."""
    file = settings.KEYS / "django-secret"
    if not file.exists():
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as opened:
            opened.write(secrets.token_urlsafe(48) + "\n")
    rootkey.ensure()


def wait_for_databases(seconds: float = 30.0) -> None:
    """Until both answer. Raises OperationalError when they have not by then."""
    until = time.monotonic() + seconds
    while True:
        try:
            for alias in DATABASES:
                connections[alias].ensure_connection()
        except OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.5)
        else:
            return


def is_behind(alias: str) -> bool:
    """Whether a database lacks a migration."""
    executor = MigrationExecutor(connections[alias])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate() -> list[str]:
    """Bring both databases up to date; which of them were behind."""
    behind = [alias for alias in DATABASES if is_behind(alias)]
    for alias in behind:
        call_command("migrate", database=alias, verbosity=0, interactive=False)
    with outside_act("preparing the installation"):
        ensure_installation()
    return behind


def _static_state() -> str:
    """A digest of every static file, so that an unchanged set is not collected again."""
    state = hashlib.sha256(str(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            state.update(f"{path}\0".encode())
            state.update(hashlib.sha256(Path(storage.path(path)).read_bytes()).digest())
    return state.hexdigest()


def collect_static() -> bool:
    """Name, compress and gather the static files; False when they had not changed."""
    stamp = settings.DATA / "static.sha256"
    state = _static_state()
    if stamp.exists() and stamp.read_text() == state and settings.STATIC_ROOT.exists():
        return False
    shutil.rmtree(settings.STATIC_ROOT, ignore_errors=True)
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(state)
    return True
