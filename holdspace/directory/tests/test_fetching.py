"""A feed fetched from an address, against a server on this machine that misbehaves."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from holdspace.directory import fetching
from holdspace.directory.fetching import NotFetched, fetched, is_inside
from holdspace.directory.models import Listing

CALM = {
    "slug": "calm", "name": "Calm Evenings", "day": 2, "time": "19:00", "city": "Leeds",
    "timezone": "Europe/London", "country": "GB", "formatted_address": "1 High St, Leeds, LS1, UK",
}  # fmt: skip
FEED = json.dumps([CALM]).encode()
DRIPS, EACH = 100, 0.05


class Handler(BaseHTTPRequestHandler):
    """One address for every way in which a server can be wrong, and one that is right."""

    def do_GET(self):
        getattr(self, self.path.strip("/").split("?")[0].replace("-", "_"))()

    def log_message(self, *_said):
        pass

    def _say(self, content=b"", status=200, **headers):
        self.send_response(status)
        headers.setdefault("Content-Length", str(len(content)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def feed(self):
        self._say(FEED)

    def not_there(self):
        self._say(b"nothing", 404)

    def moved(self):
        self._say(status=302, Location="/feed")

    def moved_for_ever(self):
        self._say(status=302, Location="/moved-for-ever")

    def to_a_file(self):
        self._say(status=302, Location="file:///etc/hostname")

    def to_ftp(self):
        self._say(status=302, Location="ftp://127.0.0.1/feed")

    def inward(self):
        self._say(status=302, Location=f"http://127.0.0.2:{self.server.server_port}/feed")

    def endless(self):
        self._say(b"[" + b" " * 300_000, Content_Length="")

    def broke_off(self):
        self._say(FEED, Content_Length=str(len(FEED) + 10))

    def a_page(self):
        self._say(b"<!doctype html><title>Sign in</title><p>Please sign in.", Content_Type="x")

    def drips(self):
        self._say(Content_Length="100000")
        try:
            for _drop in range(DRIPS):
                self.wfile.write(b" ")
                time.sleep(EACH)
        except OSError:
            pass  # whoever asked has gone

    def rubbish(self):
        self.wfile.write(b"\x00\x01 this is no web server\r\n\r\n")


@pytest.fixture
def server(monkeypatch):
    """Its address; reached without whatever proxy this machine may use."""
    monkeypatch.setenv("no_proxy", "127.0.0.1,127.0.0.2")
    with ThreadingHTTPServer(("0.0.0.0", 0), Handler) as made:  # noqa: S104 -- of a test, on Linux 127.0.0.2 as well
        threading.Thread(target=made.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{made.server_port}"
        made.shutdown()


@pytest.mark.parametrize("path", ["feed", "moved", "feed?page=1"])
def test_a_feed_comes_whole_also_by_a_redirect(server, path):
    assert fetched(f"{server}/{path}").read() == FEED


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("not-there", "404"),
        ("moved-for-ever", "redirect"),
        ("to-a-file", "not allowed"),
        ("to-ftp", "something else than a web address"),
        ("broke-off", "broke off"),
        ("rubbish", "."),
    ],
)
def test_what_is_no_answer_is_said_in_words(server, path, why):
    with pytest.raises(NotFetched, match=why):
        fetched(f"{server}/{path}")


@pytest.mark.parametrize(
    "url", ["file:///etc/hostname", "ftp://example.org/x", "gopher:x", "http://[::1", "http://a b/"]
)
def test_only_web_addresses_are_asked(url):
    with pytest.raises(NotFetched):
        fetched(url)


def test_nobody_there_is_said_too(server):
    with pytest.raises(NotFetched):
        fetched("http://127.0.0.1:9/")


def test_more_than_we_read_is_refused_before_it_is_kept(server):
    with pytest.raises(NotFetched, match="larger"):
        fetched(f"{server}/endless", largest=100_000)


def test_a_server_that_gives_byte_after_byte_does_not_hold_us(server):
    """Far less than the whole of what it would give: the time is looked at between the drops."""
    begin = time.monotonic()
    with pytest.raises(NotFetched, match="too long"):
        fetched(f"{server}/drips", longest=EACH * 3)
    assert time.monotonic() - begin < DRIPS * EACH


def test_from_the_open_net_nothing_leads_into_a_network_of_ours(server, monkeypatch):
    assert fetched(f"{server}/inward").read() == FEED  # an address inside that somebody typed
    monkeypatch.setattr(fetching, "is_inside", lambda address: address != "127.0.0.1")
    with pytest.raises(NotFetched, match="into this network"):
        fetched(f"{server}/inward")
    assert fetched(f"{server}/moved").read() == FEED


def test_what_counts_as_a_network_of_ours():
    inner = ["127.0.0.1", "::1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254",
             "fe80::1%eth0", "fd00::1", "::ffff:10.0.0.1", "0.0.0.0"]  # noqa: S104  # fmt: skip
    assert [address for address in inner if not is_inside(address)] == []
    assert not is_inside("1.1.1.1")
    assert not is_inside("2606:4700:4700::1111")


@pytest.mark.django_db
def test_the_command_brings_in_what_an_address_gives_and_says_what_it_does_not(
    organisation, server
):
    def bring(path, *more):
        said, here = StringIO(), ["--organisation", organisation.slug, *more]
        call_command("import_directory", f"{server}/{path}", *here, stdout=said)
        return said.getvalue()

    assert "created 1" in bring("feed")
    assert "unchanged 1" in bring("feed")
    assert "unchanged 1" in bring("moved", "--replaces", f"{server}/feed")
    with pytest.raises(CommandError, match=r"Nothing was fetched: .*404"):
        bring("not-there")
    assert "refused the file" in bring("a-page")
    listing = Listing.objects.get(group=None)
    assert listing.name == "Calm Evenings"
    assert listing.standing == "active"
