"""What every journey stands on: a house of its own started by ./serve, and a real Chromium.

    def test_something(house, visitor):
        page = visitor(width=360, scripts=False)
        page.goto(house.address + "/")
        house.look(page)        # axe, no sideways scrolling, valid HTML later

Every visitor is a fresh browser profile. A request to any other host fails the journey, and so
does a fault in a script.
"""

import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Error, expect, sync_playwright

from holdspace.kit.running.sockets import free_port

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "journeys" / "out"
AXE = ROOT / "journeys" / "node_modules" / "axe-core" / "axe.min.js"
STARTS_WITHIN = 400
PATIENCE = 30_000  # milliseconds, on a machine that does much else
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items):
    for item in items:
        item.add_marker(pytest.mark.journey)


class House:
    """A running installation, as a person at the browser meets it."""

    def __init__(self, data, *words):
        self.port = free_port()
        self.address = f"http://localhost:{self.port}"
        self.data = data / "data"
        self.log = data / "log"
        env = {k: v for k, v in os.environ.items() if not k.startswith(("HOLDSPACE_", "DJANGO_"))}
        where = ["--port", str(self.port), "--data", str(self.data)]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, ROOT / "serve", *where, *words],
                env=env,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.wait()

    def wait(self):
        until = time.monotonic() + STARTS_WITHIN
        while "Ctrl-C" not in self.log.read_text():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < until, self.log.read_text()
            time.sleep(0.2)

    def status(self, path):
        """What a plain request is answered with."""
        try:
            with urllib.request.urlopen(self.address + path) as answer:  # noqa: S310 -- our own house
                return answer.status
        except urllib.error.HTTPError as answer:
            return answer.code

    def look(self, page, *, but=()):
        """The page as it stands: axe finds nothing (`but` names rules to pass over), nothing
        scrolls sideways, and its HTML as served is kept for the validator.
        """
        keep(page)
        assert page.evaluate(SIDEWAYS) <= 0, f"{page.url} scrolls sideways"
        found = faults(page, but)
        assert not found, f"{page.url}\n" + "\n".join(found)

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)


def faults(page, but):
    """What axe finds on a page, a line each. It comes in by the debugger, so that the page's own
    policy against foreign scripts stays in force.
    """
    if not page.context.scripts:
        return []  # axe is a script; the same page is looked at with scripts elsewhere
    page.evaluate(AXE.read_text())
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['id']}: {one['help']} {[node['target'] for node in one['nodes']][:4]}"
        for one in result["violations"]
        if one["id"] not in but
    ]


def keep(page):
    """Put the page's HTML, as it came from the server, where `./check html` finds it."""
    answer = getattr(page, "last_document", None)
    if answer is None or answer.status in range(300, 400):
        return
    try:
        text = answer.text()
    except Error:
        return  # the browser has let go of it already
    put(answer.url.split("/", 3)[3], text)


def put(name, text):
    """A page by some name, for `./check html`."""
    name = re.sub(r"\W+", "-", name).strip("-")[:60] or "front"
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    (OUT / "pages").mkdir(parents=True, exist_ok=True)
    (OUT / "pages" / f"{name}-{digest}.html").write_text(text)


@pytest.fixture(scope="session")
def house(tmp_path_factory):
    """The demonstration, or what an installation shows before there is one."""
    made = House(tmp_path_factory.mktemp("house"))
    yield made
    made.end()


@pytest.fixture
def bare_house(tmp_path):
    """A house of one's own with nothing in it: `./serve --empty`. Name it `house` to visit it."""
    made = House(tmp_path, "--empty")
    yield made
    made.end()


def chromium():
    """Where Chromium is; without one no journey is walked, and none counts as walked."""
    found = os.environ.get("HOLDSPACE_CHROMIUM") or shutil.which("chromium")
    assert found, "no Chromium here: name one in HOLDSPACE_CHROMIUM"
    return found


def sandbox():
    """Chromium refuses to run as root with its sandbox."""
    return ["--no-sandbox"] if os.geteuid() == 0 else []


@contextmanager
def a_browser():
    """Chromium, closed afterwards. No test may ask the database while one is open."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=sandbox())
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def browser():
    """One for every journey that needs no database of its own."""
    with a_browser() as opened:
        yield opened


@pytest.fixture
def visitor(browser, house):
    """A function that opens a page in a fresh profile: `visitor(width=360, scripts=False)`."""
    contexts, wrong = [], []

    def come(*, width=1280, height=900, scripts=True, **more):
        context = browser.new_context(
            viewport={"width": width, "height": height}, java_script_enabled=scripts, **more
        )
        context.scripts = scripts
        contexts.append(context)
        context.on("request", lambda asked: _note_foreign(asked, house, wrong))
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda fault: wrong.append(f"script fault: {fault}"))
        page.on("response", lambda answer: _note_document(page, answer))
        return page

    yield come
    for context in contexts:
        context.close()
    assert wrong == []


def _note_foreign(asked, house, wrong):
    if not asked.url.startswith((house.address, "data:", "blob:", "about:")):
        wrong.append(f"a request left the house: {asked.url}")


def _note_document(page, answer):
    if answer.request.resource_type == "document" and answer.frame == page.main_frame:
        page.last_document = answer
