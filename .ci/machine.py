"""What this machine must have for ./check, installed where we may (Debian, as root)."""

import hashlib
import os
import shutil
from pathlib import Path

from holdspace.kit.running.terminal import run_quietly

NO_CLUSTER = Path("/etc/postgresql-common/createcluster.conf")


class Missing(Exception):
    """Something a part needs is not here and cannot be installed; carries its name."""


def _install(*packages: str) -> bool:
    """Debian's packages, quietly; False where we may not."""
    if os.geteuid() or not shutil.which("apt-get"):
        return False
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run_quietly(["apt-get", "-qq", "update"], "apt-get update", quiet)
    frugal = ["apt-get", "-qq", "install", "-y", "--no-install-recommends"]
    run_quietly([*frugal, *packages], f"apt-get install {' '.join(packages)}", quiet)
    return True


def chromium() -> str:
    """The browser. Raises Missing."""
    names = ("chromium", "chromium-browser", "google-chrome")
    for _try in range(2):
        for name in names:
            if found := shutil.which(name):
                return found
        if not _install("chromium"):
            break
    raise Missing("Chromium")


def webkit() -> None:
    """WebKitGTK, its driver and a screen for it. Raises Missing."""
    needed = ("WebKitWebDriver", "Xvfb")
    if not all(map(shutil.which, needed)):
        _install("webkit2gtk-driver", "xvfb")
    if not all(map(shutil.which, needed)):
        raise Missing("WebKitGTK with WebDriver")


def postgresql() -> Path:
    """The folder of PostgreSQL's programs, the newest there is. Raises Missing."""
    for _try in range(2):
        found = sorted(
            Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3])
        )
        if found:
            return found[-1].parent
        if initdb := shutil.which("initdb"):
            return Path(initdb).resolve().parent
        if os.geteuid() == 0 and not NO_CLUSTER.exists():
            NO_CLUSTER.parent.mkdir(exist_ok=True)
            NO_CLUSTER.write_text("create_main_cluster = false\n")  # we start our own
        if not _install("postgresql"):
            break
    raise Missing("PostgreSQL")


def redis() -> None:
    """Redis's server; the tests start one of their own. Raises Missing."""
    if not shutil.which("redis-server"):
        _install("redis-server")
    if not shutil.which("redis-server"):
        raise Missing("Redis")


def node_tools(root: Path) -> Path:
    """The programs of journeys/package.json (html-validate, axe), installed. Raises Missing."""
    folder = root / "journeys"
    lock = folder / "package-lock.json"
    programs = folder / "node_modules" / ".bin"
    stamp = folder / "node_modules" / ".holds"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return programs
    if not shutil.which("npm") and not (_install("nodejs", "npm") and shutil.which("npm")):
        raise Missing("Node.js with npm")
    quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
    run_quietly(["npm", "ci", "--prefix", folder, *quiet], "npm ci")
    stamp.write_text(digest)
    return programs
