"""WebKitGTK by WebDriver: enough of the protocol to walk a story in a second engine."""

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

DRIVER = "WebKitWebDriver"
MINI = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
# Not waiting for loads: after Back over two sites the driver waits for ever. We look ourselves.
WANTED = {
    "acceptInsecureCerts": True,
    "pageLoadStrategy": "none",
    "webkitgtk:browserOptions": {"binary": str(MINI[-1]) if MINI else "", "args": ["--automation"]},
}
LACKS = "WebKitGTK is not here (apt-get install webkit2gtk-driver xvfb)"


def is_here() -> bool:
    """Whether driver, browser and a screen for it are installed."""
    return bool(shutil.which(DRIVER) and MINI and shutil.which("Xvfb"))


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def _running(*command: str, **env: str) -> Iterator[None]:
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, env={**os.environ, **env}, stdout=quiet, stderr=quiet)
    try:
        yield
    finally:
        process.terminate()
        process.wait(10)


class Window:
    """One window of MiniBrowser."""

    def __init__(self, port: int) -> None:
        self.root = f"http://127.0.0.1:{port}/session"
        wanted = {"alwaysMatch": WANTED}
        self.root += "/" + self._ask("POST", "", capabilities=wanted)["sessionId"]

    def _ask(self, method: str, path: str, **body: Any) -> Any:
        asked = urllib.request.Request(  # noqa: S310 -- our own driver
            self.root + path,
            data=json.dumps(body).encode() if method == "POST" else None,
            method=method,
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310 -- the same
            return json.load(answer)["value"]

    def go(self, address: str) -> None:
        self._ask("POST", "/url", url=address)

    def back(self) -> None:
        self._ask("POST", "/back")

    @property
    def address(self) -> str:
        return str(self._ask("GET", "/url"))

    @property
    def source(self) -> str:
        return str(self._ask("GET", "/source"))

    def cookie(self, name: str, value: str) -> None:
        self._ask("POST", "/cookie", cookie={"name": name, "value": value, "path": "/"})

    def click(self, selector: str) -> None:
        found = self._ask("POST", "/element", using="css selector", value=selector)
        self._ask("POST", f"/element/{next(iter(found.values()))}/click")

    @property
    def is_loaded(self) -> bool:
        script = "return document.readyState"
        return bool(self._ask("POST", "/execute/sync", script=script, args=[]) == "complete")

    def until(self, title: str, seconds: float = 10) -> str:
        """The page's source once it is the page with this title, and whole.

        Raises AssertionError when that never happens.
        """
        until = time.monotonic() + seconds
        while f"<title>{title}" not in (source := self.source) or not self.is_loaded:
            assert time.monotonic() < until, source[:400]
            time.sleep(0.05)
        return source

    def close(self) -> None:
        self._ask("DELETE", "")


@contextmanager
def window() -> Iterator[Window]:
    """A window on a screen of its own, closed afterwards."""
    port, screen = _free_port(), f":{90 + os.getpid() % 900}"
    with ExitStack() as stack:
        stack.enter_context(_running("Xvfb", screen, "-screen", "0", "1024x768x24"))
        quiet = {"DISPLAY": screen, "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}
        stack.enter_context(_running(DRIVER, f"--port={port}", **quiet))
        opened = _opened(port)
        stack.callback(opened.close)
        yield opened


def _opened(port: int) -> Window:
    until = time.monotonic() + 20
    while True:
        try:
            return Window(port)
        except (urllib.error.URLError, ConnectionError):
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
