"""The forum's environment, made once and apart from ours, and its process (`bench/spirit.py`)."""

import itertools
import json
import shutil
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from bench.asking import Form, Server
from bench.house import ROOT, House, free_port, wait_until_ready
from bench.sizes import Sizes
from bench.words import said

WANTED = ROOT / "bench" / "requirements-spirit.txt"
PLACE = ROOT / ".cache" / "bench-forum"
WITHIN = 600  # seconds for fetching and installing


def beside(stack: ExitStack, folder: Path, sizes: Sizes) -> tuple[Server | None, str]:
    """The forum with as many posts as we have, serving; or None, and why not."""
    try:
        python = _environment(may_fetch=sizes.fetches)
        return _serving(stack, House(folder / "forum"), str(python), sizes), ""
    except (OSError, ValueError, subprocess.SubprocessError) as fault:
        return None, str(fault)


def _serving(stack: ExitStack, home: House, python: str, sizes: Sizes) -> Server:
    """Raises ValueError and TimeoutError when it does not come up."""
    port = free_port()
    words = ["-m", "bench.spirit", str(home.folder), str(port), str(sizes.posts)]
    process = stack.enter_context(home.process(*words, interpreter=python))
    told = json.loads(process.stdout.readline())
    wait_until_ready(port, "/")
    more = itertools.count(1)

    def fields() -> dict[str, str]:
        number = next(more)
        return {"comment": f"{said(number)}\n\n{number}"}  # it refuses the same words twice

    sent = Form(told["reply"], fields, 302)
    paths = {name: told[name] for name in ("page", "list")}
    paths |= {"sent": sent, "reply": replace(sent, read=True)}
    return Server(process.pid, port, paths, told["cookies"])


def _environment(*, may_fetch: bool) -> Path:
    """Its Python, installed by hash. Raises OSError, SubprocessError."""
    python, stamp = PLACE / "bin" / "python", PLACE / "installed"
    print_ = sha256(WANTED.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == print_:
        return python
    if not may_fetch:
        raise OSError("the forum is not installed, and a smoke run fetches nothing")
    shutil.rmtree(PLACE, ignore_errors=True)
    install = [python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", WANTED]
    for words in ([sys.executable, "-m", "venv", PLACE], install):
        subprocess.run(words, check=True, timeout=WITHIN, stdout=subprocess.DEVNULL)
    stamp.write_text(print_)
    return python
