"""One name for this machine: a passkey made on localhost does not open on 127.0.0.1."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirectBase

NUMBERS = ("127.0.0.1", "[::1]")
BY_NUMBER = ("/healthz", "/static/")  # asked for by machines


class _SameMethod(HttpResponseRedirectBase):
    status_code = 307


class Localhost:
    """Sends who came by number on to the same page on localhost."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        host, _colon, port = request.META.get("HTTP_HOST", "").rpartition(":")
        host, port = (host, f":{port}") if port.isdigit() else (f"{host}{_colon}{port}", "")
        if host in NUMBERS and not request.path.startswith(BY_NUMBER):
            path = request.get_full_path().lstrip("/")
            return _SameMethod(f"http://localhost{port}/{path}")
        return self.get_response(request)
