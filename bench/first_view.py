"""Bytes on the wire of a first view with an empty cache: the page and all it names, headers too."""

import gzip
import re
import socket
from urllib.parse import urljoin

from bench.house import House
from bench.table import Row

MUST = 48.0  # kB
IN_PAGE = re.compile(
    r"<(?:link\b[^>]*?\brel=\"?(?:stylesheet|icon|preload|modulepreload|manifest)[^>]*?\bhref"
    r"|link\b[^>]*?\bhref|(?:script|img|source|use)\b[^>]*?\b(?:src|href))=\"([^\"#]+)[\"#]"
)
LINK = re.compile(r"<link\b[^>]*>")
NOT_FETCHED = re.compile(r"rel=\"?(?:canonical|alternate|next|prev|help|author|license)")
IN_SHEET = re.compile(r"url\(\s*[\"']?([^\"')#]+)")
IN_MODULE = re.compile(r"(?:from|import)\s*\(?\s*[\"']([^\"']+\.js)[\"']")


def measured(house: House, settled: dict) -> list[Row]:
    """The front page, the directory, and a group's public page."""
    shown = {"/": "/", "/groups/": "/groups/", "a group": f"/groups/{settled['groups'][0]}/"}
    rows = []
    for what, path in shown.items():
        rows.append(viewed(house, what, path, MUST))
    return rows


def viewed(house: House, what: str, path: str, must: float, cookie: str = "") -> Row:
    """One of them."""
    sizes = whole(house.port, path, cookie)
    parts = f"{len(sizes)} requests, page {sizes[path] / 1000:.1f}"
    kilo = sum(sizes.values()) / 1000
    return Row(f"first view of {what}", f"{kilo:.1f} kB gz", parts, kilo, must)


def whole(port: int, path: str, cookie: str = "") -> dict[str, int]:
    """Bytes by address, of a page and everything it or its sheets and modules name."""
    sizes: dict[str, int] = {}
    ahead = [path]
    while ahead:
        here = ahead.pop()
        if here in sizes:
            continue
        sizes[here], kind, text = _fetched(port, here, cookie)
        ahead += [urljoin(here, other) for other in _named(kind, text) if "//" not in other]
    return sizes


def _named(kind: str, text: str) -> list[str]:
    if "html" in kind:
        text = LINK.sub(lambda link: "" if NOT_FETCHED.search(link[0]) else link[0], text)
        return IN_PAGE.findall(text)
    if "css" in kind:
        return [name for name in IN_SHEET.findall(text) if not name.startswith("data:")]
    return IN_MODULE.findall(text) if "javascript" in kind else []


def _fetched(port: int, path: str, cookie: str) -> tuple[int, str, str]:
    """Every byte of one answer, its type, and its text. Raises RuntimeError for any but 200."""
    asked = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nConnection: close"
    asked += f"\r\nCookie: {cookie}" if cookie else ""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as wire:
        wire.sendall(f"{asked}\r\n\r\n".encode())
        answer = b"".join(iter(lambda: wire.recv(65_536), b""))
    head, _gap, body = answer.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").lower()
    if " 200" not in lines.partition("\r\n")[0]:
        raise RuntimeError(f"{path}: {lines.partition(chr(13))[0]}")
    if "transfer-encoding: chunked" in lines:
        body = _unchunked(body)
    if "content-encoding: gzip" in lines:
        body = gzip.decompress(body)
    kind = re.search(r"content-type: ([^\r;]+)", lines)
    return len(answer), kind[1] if kind else "", body.decode("utf-8", "replace")


def _unchunked(body: bytes) -> bytes:
    pieces = []
    while body:
        size, _line, rest = body.partition(b"\r\n")
        length = int(size, 16)
        pieces.append(rest[:length])
        body = rest[length + 2 :] if length else b""
    return b"".join(pieces)
