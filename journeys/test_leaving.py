"""After leaving, nothing protected stands behind the Back button: Chromium and WebKit."""

import datetime as dt
import ipaddress
import ssl
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.http import HttpResponse
from django.urls import path
from playwright.sync_api import Error, Page, sync_playwright

from config.urls import handler400, handler403, handler404, handler500  # noqa: F401
from config.urls import urlpatterns as doors
from holdspace.kit.answers import go, page
from holdspace.kit.asks import Request
from holdspace.kit.guard import public
from holdspace.ledger.acts import SYSTEM, outside_act
from holdspace.organisations.models import Organisation
from holdspace.people import sessions
from holdspace.people.actions import begin_account
from holdspace.people.actions.signing import begin_session
from journeys import webkit
from journeys.conftest import chromium, sandbox

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SECRET = "Only you may read this"
FIELD = '<textarea aria-label="Yours"></textarea>'


@public
def secret(request: Request) -> HttpResponse:
    """A page for somebody signed in, like any other of ours."""
    if request.viewer.holder is None:
        return go("/help/", request)
    answer = page(request, "care/someone.html", urgent=[], lines=[], here="")
    answer.content = answer.content.replace(b"</h1>", f"</h1><p>{SECRET}</p>{FIELD}".encode())
    return answer


urlpatterns = [path("secret/", secret), *doors]


class Weather(BaseHTTPRequestHandler):
    """The harmless site."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Weather</title><p>Rain later.")

    def log_message(self, *_words: object) -> None:
        """Quiet."""


def _certificate(folder: Path) -> Path:
    """A key and a certificate of our own for 127.0.0.1, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "weather")])
    start = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + dt.timedelta(days=3650))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = serialization.PrivateFormat.PKCS8
    file = folder / "weather.pem"
    file.write_bytes(
        key.private_bytes(pem, plain, serialization.NoEncryption()) + made.public_bytes(pem)
    )
    return file


@pytest.fixture(scope="module")
def weather(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Weather)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_certificate(tmp_path_factory.mktemp("weather")))
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"https://127.0.0.1:{server.server_port}/weather"
    server.shutdown()


@pytest.fixture
def house(organisation: Organisation, weather: str, live_server, settings) -> str:
    settings.ROOT_URLCONF = "journeys.test_leaving"
    with outside_act("fixture"):
        organisation.leave_to = weather
        organisation.save()
    return live_server.url


@pytest.fixture
def cookie(organisation: Organisation) -> str:
    return begin_session(by=SYSTEM, account=begin_account(by=SYSTEM), stay=True)[0]


@pytest.fixture(params=["scripts", "no scripts"])
def tab(request: pytest.FixtureRequest, house: str, cookie: str) -> Iterator[Page]:
    """A tab of somebody signed in, in a Chromium that keeps left pages in memory as people's do."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(),
            args=sandbox(),
            ignore_default_args=["--disable-back-forward-cache"],
        )
        context = browser.new_context(
            ignore_https_errors=True, java_script_enabled=request.param == "scripts"
        )
        context.add_cookies([{"name": sessions.cookie_name(), "value": cookie, "url": house}])
        yield context.new_page()
        browser.close()


def shown(tab: Page) -> str:
    """What the tab shows now; while a page makes room for the next one, the next one's."""
    for _look in range(100):
        try:
            return tab.content()
        except Error:
            tab.wait_for_timeout(50)
    raise AssertionError(f"{tab.url} never came to rest")


def go_back_and_look(tab: Page, steps: int) -> None:
    """Whatever Back shows, now and a moment later, none of it is protected."""
    for _step in range(steps):
        tab.go_back(wait_until="commit")
        for _look in range(8):
            assert SECRET not in shown(tab)
            tab.wait_for_timeout(80)


def test_back_shows_nothing_protected_in_chromium(tab: Page, house: str) -> None:
    tab.goto(f"{house}/help/")
    tab.goto(f"{house}/secret/")
    assert SECRET in tab.content()
    tab.locator("a.leave").click()
    tab.wait_for_url("**/weather")
    go_back_and_look(tab, 3)
    tab.goto(f"{house}/secret/")
    assert SECRET not in tab.content()
    assert tab.context.cookies(house) == []


@pytest.mark.parametrize("tab", ["scripts"], indirect=True)
def test_back_shows_nothing_protected_after_three_presses_in_chromium(
    tab: Page, house: str
) -> None:
    tab.goto(f"{house}/help/")
    tab.goto(f"{house}/secret/")
    tab.locator("body[data-leaving]").wait_for()
    for _press in range(3):
        tab.keyboard.press("Shift")
    tab.wait_for_url("**/weather")
    assert tab.context.cookies(house) == []
    go_back_and_look(tab, 2)


@pytest.mark.parametrize("tab", ["scripts"], indirect=True)
def test_what_was_being_written_is_gone_as_well_in_chromium(tab: Page, house: str) -> None:
    """Typed and not yet sent: neither Back nor the browser's memory of the form shows it."""
    tab.goto(f"{house}/secret/")
    tab.locator("textarea").fill("A word of mine")
    tab.goto(f"{house}/leave/about/")
    tab.locator("a.leave").click()
    tab.wait_for_url("**/weather")
    go_back_and_look(tab, 2)
    assert tab.locator("textarea").count() == 0


def test_a_page_kept_in_memory_is_not_shown_again_in_chromium(tab: Page, house: str) -> None:
    """Signed out elsewhere, or left by a link: Back asks us again before anything is seen."""
    tab.goto(f"{house}/secret/")
    tab.goto(f"{house}/leave/about/")
    tab.go_back(wait_until="commit")
    assert SECRET in tab.content()  # still signed in: Back is an ordinary Back
    tab.go_forward(wait_until="commit")
    tab.locator("a.leave").click()
    tab.wait_for_url("**/weather")
    go_back_and_look(tab, 3)


@pytest.fixture
def window(house: str, cookie: str) -> Iterator[webkit.Window]:
    """A window of somebody signed in, in WebKitGTK."""
    assert webkit.is_here(), webkit.LACKS
    with webkit.window() as opened:
        opened.go(f"{house}/help/")
        opened.until("Help now")
        opened.cookie(sessions.cookie_name(), cookie)
        yield opened


def leave_and_go_back(window: webkit.Window, steps: int) -> None:
    """Whatever Back shows, now and a moment later, none of it is protected."""
    window.click("a.leave")
    window.until("Weather")
    for _step in range(steps):
        window.back()
        for _look in range(10):
            assert SECRET not in window.source
            time.sleep(0.1)


@pytest.mark.webkit
def test_back_shows_nothing_protected_in_webkit(window: webkit.Window, house: str) -> None:
    window.go(f"{house}/secret/")
    assert SECRET in window.until("Worried")
    leave_and_go_back(window, 2)
    window.go(f"{house}/secret/")
    assert SECRET not in window.until("Help now")


@pytest.mark.webkit
def test_a_page_kept_in_memory_is_not_shown_again_in_webkit(
    window: webkit.Window, house: str
) -> None:
    window.go(f"{house}/secret/")
    assert SECRET in window.until("Worried")
    window.go(f"{house}/leave/about/")
    window.until("Leaving a page fast")
    leave_and_go_back(window, 3)
