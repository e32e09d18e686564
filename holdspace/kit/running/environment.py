"""A private environment in the project's own folder, with exactly the libraries we pinned."""

import hashlib
import importlib.util
import os
import shutil
import sys
from pathlib import Path

from holdspace.kit.running.terminal import Stopped, run_quietly, step


class Environment:
    """The folder .venv of one project."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".venv"
        self.python = self.folder / "bin" / "python"

    def ensure(self, requirements: str, *covers: str) -> None:
        """Make the environment hold what a requirements file pins, unless it does already.

        `covers` names files whose pins are among them. Raises Stopped when it cannot be done.
        """
        wanted = self.root / requirements
        if self.python.exists() and self._holds(requirements):
            return
        uv = shutil.which("uv")
        if not self._usable(uv):
            with step("a private environment in .venv"):
                self._make(uv)
        with step("the libraries it needs, checked by their hashes"):
            self._install(uv, wanted)
        for name in (requirements, *covers):
            self._stamp(name).write_text(self._digest(name))

    def _stamp(self, requirements: str) -> Path:
        return self.folder / f"holds-{Path(requirements).stem}"

    def _digest(self, requirements: str) -> str:
        return hashlib.sha256((self.root / requirements).read_bytes()).hexdigest()

    def _holds(self, requirements: str) -> bool:
        stamp = self._stamp(requirements)
        return stamp.exists() and stamp.read_text() == self._digest(requirements)

    def _usable(self, uv: str | None) -> bool:
        pip = list(self.folder.glob("lib/python3*/site-packages/pip/__init__.py"))
        return self.python.exists() and bool(uv or pip)

    def _make(self, uv: str | None) -> None:
        if uv:
            run_quietly([uv, "venv", "-q", "--clear", "--python", sys.executable, self.folder], uv)
            return
        if importlib.util.find_spec("ensurepip") is None:
            _get_ensurepip()
        run_quietly([sys.executable, "-m", "venv", "--clear", self.folder], "python -m venv")

    def _install(self, uv: str | None, wanted: Path) -> None:
        if uv:
            how = ["pip", "install", "-q", "--require-hashes", "--python", str(self.python)]
            run_quietly([uv, *how, "-r", wanted], "uv pip install")
            return
        pip = ["-m", "pip", "install", "-q", "--disable-pip-version-check"]
        quick = ["--no-compile", "--require-hashes", "--no-input", "--root-user-action=ignore"]
        run_quietly([self.python, *pip, *quick, "-r", wanted], "pip install")


def _get_ensurepip() -> None:
    """Debian keeps ensurepip in a package of its own: install it as root, else say so."""
    package = f"python3.{sys.version_info.minor}-venv"
    if os.geteuid() or not shutil.which("apt-get"):
        raise Stopped(f"This Python lacks ensurepip; install it with: apt install {package}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run_quietly(["apt-get", "-qq", "update"], "apt-get update", quiet)
    run_quietly(["apt-get", "-qq", "install", "-y", package], f"apt-get install {package}", quiet)
