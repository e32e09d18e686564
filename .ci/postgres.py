"""A PostgreSQL of our own for the length of a block, with a database for content, one for keys."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from holdspace.kit.running.sockets import free_port
from holdspace.kit.running.terminal import Stopped

DATABASES = ("content", "keys")
QUICK = {  # nothing in it outlives the block
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "log_statement": "none",
}


def _account() -> dict[str, object]:
    """PostgreSQL refuses to run as root: then it runs as an account that owns nothing."""
    if os.geteuid():
        return {}
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise Stopped("no account here that PostgreSQL could run as")


@contextmanager
def cluster(programs: Path) -> Iterator[dict[str, str]]:
    """Start one, yield the environment that leads to it, stop and remove it."""
    memory = Path("/dev/shm")  # noqa: S108 -- mkdtemp makes the folder ours
    within = memory if os.access(memory, os.W_OK) else None
    folder = Path(tempfile.mkdtemp(prefix="holdspace-pg-", dir=within))
    account = _account()
    if account:
        os.chown(folder, int(str(account["user"])), int(str(account["group"])))
    port = free_port()
    try:
        server = _start(programs, folder, port, account)
        try:
            _wait(programs, port, server)
            for name in DATABASES:
                _run([programs / "createdb", *_where(port), name], account, folder)
            address = f"postgresql://holdspace@127.0.0.1:{port}"
            yield {
                "HOLDSPACE_TEST_DATABASE_URL": f"{address}/content",
                "HOLDSPACE_TEST_KEYS_DATABASE_URL": f"{address}/keys",
            }
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _where(port: int) -> list[str]:
    return ["-h", "127.0.0.1", "-p", str(port), "-U", "holdspace"]


def _run(command: list[str | Path], account: dict[str, object], folder: Path) -> None:
    done = subprocess.run(  # noqa: S603 -- our own commands
        [str(part) for part in command],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        **account,  # type: ignore[call-overload]
    )
    if done.returncode:
        raise Stopped(f"{Path(command[0]).name}: {done.stderr.strip()[-600:]}")


def _start(
    programs: Path, folder: Path, port: int, account: dict[str, object]
) -> subprocess.Popen[bytes]:
    data = folder / "data"
    how = ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "-U", "holdspace"]
    _run([programs / "initdb", "-D", data, *how], account, folder)
    settings = {
        **QUICK,
        "port": str(port),
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": str(folder),
    }
    words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        server: subprocess.Popen[bytes] = subprocess.Popen(  # noqa: S603 -- our own command
            [str(programs / "postgres"), "-D", str(data), *words],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            **account,  # type: ignore[call-overload]
        )
    return server


def _wait(programs: Path, port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 120
    ready = [str(programs / "pg_isready"), "-q", *_where(port)]
    while subprocess.run(ready, check=False).returncode:  # noqa: S603 -- our own command
        if server.poll() is not None or time.monotonic() > until:
            raise Stopped("PostgreSQL did not start")
        time.sleep(0.1)
