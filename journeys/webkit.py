"""WebKitGTK by WebDriver: enough of the protocol to walk a story in a second engine."""

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
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
# Said when the page was replaced by the next one while the driver asked it: ask the next one.
GONE = {"no such frame", "no such window"}
NOT_YET = {*GONE, "no such element", "stale element reference"}
WITHIN = 60  # seconds, on a machine that does much else
AGAIN = 6  # seconds: a question to a page that went away may stay unanswered for ever
LACKS = "WebKitGTK is not here (apt-get install webkit2gtk-driver xvfb)"


def is_here() -> bool:
    """Whether driver, browser and a screen for it are installed."""
    return bool(shutil.which(DRIVER) and MINI and shutil.which("Xvfb"))


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def _running(*command: str, **env: str) -> Iterator[subprocess.Popen[bytes]]:
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, env={**os.environ, **env}, stdout=quiet, stderr=quiet)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(WITHIN)


@contextmanager
def _screen() -> Iterator[str]:
    """The name of a screen of our own; Xvfb chooses one that is free."""
    told, tell = os.pipe()
    command = ("Xvfb", "-displayfd", str(tell), "-screen", "0", "1024x768x24")
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, stdout=quiet, stderr=quiet, pass_fds=[tell])
    os.close(tell)
    try:
        with os.fdopen(told) as line:
            number = line.readline().strip()
        assert number, f"Xvfb ended with {process.wait(WITHIN)}"
        yield f":{number}"
    finally:
        process.terminate()
        process.wait(WITHIN)


class Refused(Exception):
    """The driver could not do it; `why` is WebDriver's own word for the reason."""

    def __init__(self, answer: urllib.error.HTTPError) -> None:
        said = json.load(answer)["value"]
        self.why = str(said["error"])
        super().__init__(f"{self.why}: {said['message']}")


class Window:
    """One window of MiniBrowser."""

    def __init__(self, port: int) -> None:
        self.root = f"http://127.0.0.1:{port}/session"
        wanted = {"alwaysMatch": WANTED}
        self.root += "/" + self._ask("POST", "", capabilities=wanted)["sessionId"]

    def _ask(self, method: str, path: str, seconds: float = WITHIN, **body: Any) -> Any:
        asked = urllib.request.Request(  # noqa: S310 -- our own driver
            self.root + path,
            data=json.dumps(body).encode() if method == "POST" else None,
            method=method,
            headers={"Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(asked, timeout=seconds) as answer:  # noqa: S310 -- the same
                return json.load(answer)["value"]
        except urllib.error.HTTPError as answer:
            raise Refused(answer) from None

    def _settled(self, ask: Callable[[], Any], passing: set[str] = GONE) -> Any:
        """What `ask` answers once no page goes away, or has yet to come, while it is asked.

        Raises Refused when that never happens.
        """
        until = time.monotonic() + WITHIN
        while True:
            try:
                return ask()
            except (Refused, TimeoutError) as fault:
                passes = isinstance(fault, TimeoutError) or fault.why in passing
                if not passes or time.monotonic() > until:
                    raise
                time.sleep(0.05)

    def go(self, address: str) -> None:
        self._ask("POST", "/url", url=address)

    def back(self) -> None:
        self._ask("POST", "/back")

    @property
    def address(self) -> str:
        return str(self._settled(lambda: self._ask("GET", "/url", AGAIN)))

    @property
    def source(self) -> str:
        return str(self._settled(lambda: self._ask("GET", "/source", AGAIN)))

    def cookie(self, name: str, value: str) -> None:
        self._ask("POST", "/cookie", cookie={"name": name, "value": value, "path": "/"})

    def click(self, selector: str) -> None:
        """Click what stands there, as soon as it does; the page may go away by it."""
        self._settled(lambda: self._click(selector), NOT_YET - GONE)

    def _click(self, selector: str) -> None:
        found = self._ask("POST", "/element", using="css selector", value=selector)
        try:
            self._ask("POST", f"/element/{next(iter(found.values()))}/click")
        except Refused as refused:
            if refused.why not in GONE:  # the click led away before it was answered
                raise

    @property
    def is_loaded(self) -> bool:
        asked = {"script": "return document.readyState", "args": []}
        state = self._settled(lambda: self._ask("POST", "/execute/sync", AGAIN, **asked))
        return bool(state == "complete")

    def until(self, title: str, seconds: float = WITHIN) -> str:
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
    port = _free_port()
    with ExitStack() as stack:
        screen = stack.enter_context(_screen())
        quiet = {"DISPLAY": screen, "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}
        driver = stack.enter_context(_running(DRIVER, f"--port={port}", **quiet))
        opened = _opened(port, driver)
        stack.callback(opened.close)
        yield opened


def _opened(port: int, driver: subprocess.Popen[bytes]) -> Window:
    until = time.monotonic() + WITHIN
    while True:
        assert driver.poll() is None, f"the driver ended with {driver.returncode}"
        try:
            return Window(port)
        except (urllib.error.URLError, ConnectionError, Refused):
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
