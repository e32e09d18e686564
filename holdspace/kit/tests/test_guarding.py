"""Files carry the headers that mean something for files; a page that is missing there, all."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from holdspace.kit.middleware import HEADERS, Headers


@pytest.mark.parametrize("status", [200, 304])
def test_a_file_may_do_nothing_at_all(status: int) -> None:
    said = Headers(lambda _: HttpResponse(status=status))(RequestFactory().get("/static/a.css"))
    assert said.headers["Content-Security-Policy"] == "default-src 'none'"
    assert said.headers["X-Content-Type-Options"] == "nosniff"
    assert said.headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(("path", "status"), [("/static/none.css", 404), ("/groups/", 200)])
def test_a_page_carries_them_all(path: str, status: int) -> None:
    said = Headers(lambda _: HttpResponse(status=status))(RequestFactory().get(path))
    assert HEADERS.items() <= dict(said.headers).items()


def test_they_say_what_is_demanded_of_them() -> None:
    """N46, word for word: whoever loosens one of these has to do it here, too."""
    policy = dict(part.split(" ", 1) for part in HEADERS["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["form-action"] == policy["font-src"] == "'self'"
    assert policy["img-src"] == "'self' data:"  # pictures in what somebody takes along
    assert not [one for one in policy.values() if "unsafe" in one or "*" in one or "http" in one]
    assert HEADERS["Referrer-Policy"] == "no-referrer"
    assert HEADERS["X-Content-Type-Options"] == "nosniff"
    assert HEADERS["X-Frame-Options"] == "DENY"
