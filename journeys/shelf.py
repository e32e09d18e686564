"""Pages made without a house, put where a browser can fetch them, with our files and our policy."""

import threading
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path

from django.contrib.staticfiles import finders

from holdspace.kit.middleware import POLICY


class Shelf(BaseHTTPRequestHandler):
    """Answers with what `page_at` says, and with our static files."""

    def page_at(self, path):
        """Body and kind of what stands at this path."""
        raise NotImplementedError

    def do_GET(self):
        if self.path.startswith("/static/"):
            body, kind = _file(self.path)
        else:
            body, kind = self.page_at(self.path)
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", POLICY)
        kept = "max-age=600" if self.path.startswith("/static/") else "no-store"
        self.send_header("Cache-Control", kept)
        with suppress(BrokenPipeError, ConnectionResetError):  # the browser has gone on already
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *_words):
        """Quiet."""


def _file(address):
    found = finders.find(address.removeprefix("/static/").partition("?")[0])
    if not found:
        return b"", "text/plain"
    return Path(found).read_bytes(), guess_type(found)[0] or "font/woff2"


@contextmanager
def standing(shelf):
    """The address at which this kind of shelf answers."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), shelf)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
