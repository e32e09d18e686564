"""A browser without scripts: gets pages over HTTP, fills the forms it finds, sends them."""

import http.client
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from types import MappingProxyType
from urllib.parse import urlencode, urlsplit

WAIT = 60
FILENAME = "wheatearholiday.jpg"  # of every file that is sent
NONE: Mapping[str, bytes] = MappingProxyType({})


@dataclass
class Found:
    """A form of a page: where it goes, how, and what stands in it."""

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)


class Forms(HTMLParser):
    """Every form of a page with the values a browser would send."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[Found] = []
        self.select = self.area = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append(Found(has.get("action", ""), has.get("method", "get")))
        if not self.found:
            return
        name, form = has.get("name", ""), self.found[-1]
        form.names.add(name)
        if tag == "input" and name:
            boxed = has.get("type") in {"checkbox", "radio"}
            if has.get("type") != "submit" and (not boxed or "checked" in has):
                form.fields.append((name, has.get("value", "on" if boxed else "")))
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in has:
            form.fields.append((self.select, has.get("value", "")))
        elif tag == "textarea":
            form.fields.append((name, ""))
            self.area = name

    def handle_data(self, data: str) -> None:
        if self.area:
            name, before = self.found[-1].fields.pop()
            self.found[-1].fields.append((name, before + data))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.area = ""


def in_parts(said: Iterable[tuple[str, str]], files: Mapping[str, bytes]) -> tuple[bytes, str]:
    """A form with files, as browsers send it, and the kind it is of."""
    edge = "----canary-edge"
    parts = [(f'name="{name}"', value.encode()) for name, value in said]
    parts += [
        (f'name="{name}"; filename="{FILENAME}"\r\nContent-Type: image/jpeg', raw)
        for name, raw in files.items()
    ]
    heads = (f"--{edge}\r\nContent-Disposition: form-data; {head}\r\n\r\n" for head, _ in parts)
    whole = b"".join(
        head.encode() + raw + b"\r\n" for head, (_, raw) in zip(heads, parts, strict=True)
    )
    return whole + f"--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"


@dataclass
class Page:
    """An answer as it was read."""

    status: int
    path: str
    text: str


class Browser:
    """One browser at one organisation's address."""

    def __init__(self, port: int, host: str) -> None:
        self.port, self.host = port, host
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, body: str | bytes = "", **headers: str) -> Page:
        """One request, redirections followed."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WAIT)
        sent = {"Host": f"{self.host}:{self.port}", **headers}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if method == "POST":
            sent.setdefault("Content-Type", "application/x-www-form-urlencoded")
            sent["Origin"] = "null"
        try:
            typed = body.encode() if isinstance(body, str) else body
            line.request(method, path, typed if method == "POST" else None, sent)
            answer = line.getresponse()
            text = answer.read().decode(errors="replace")
        finally:
            line.close()
        self._keep(answer.headers.get_all("Set-Cookie") or [])
        to = answer.headers.get("Location")
        if to and answer.status in {301, 302, 303}:
            parts = urlsplit(to)
            return self.ask("GET", parts.path + (f"?{parts.query}" if parts.query else ""))
        return Page(answer.status, path, text)

    def _keep(self, cookies: list[str]) -> None:
        for cookie in cookies:
            first, *rest = cookie.split(";")
            name, value = first.split("=", 1)
            if any(part.strip().lower() == "max-age=0" for part in rest):
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value.strip('"')

    def get(self, path: str) -> Page:
        """A page that must be there."""
        page = self.ask("GET", path)
        assert page.status == 200, (page.status, path)
        return page

    def fill(self, path: str, files: Mapping[str, bytes] = NONE, **typed: str) -> Page:
        """Get a page, fill the form that has all these fields, and send it, with files if any."""
        page = self.get(path)
        wanted = set(typed) - {"sure"}
        form = next((f for f in Forms(page.text).found if wanted <= f.names), None)
        assert form is not None, (path, page.path, wanted)
        kept = [(name, value) for name, value in form.fields if name not in typed]
        said = [*kept, *typed.items()]
        if files:
            body, how = in_parts([pair for pair in said if pair[0] not in files], files)
            sent = self.ask("POST", form.action or page.path, body, **{"Content-Type": how})
        else:
            sent = self.ask("POST", form.action or page.path, urlencode(said))
        assert sent.status == 200, (sent.status, path, typed, sent.text[:0])
        return sent
