"""The demonstration is for this machine: the loopback, by the name localhost, with no proxy."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP")
LOOPBACK = ("127.0.0.1", "::1", "")
BY_NUMBER = ("127.0.0.1", "[::1]")


class OnlyHere:
    """Refuses whatever did not come from this machine, and keeps robots out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = _turned_away(request) or self.get_response(request)
        response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response


def _turned_away(request: HttpRequest) -> HttpResponse | None:
    if request.META.get("REMOTE_ADDR", "") not in LOOPBACK or any(
        name in request.headers for name in FORWARDED
    ):
        return HttpResponse("The demonstration is for this machine only.", status=403)
    name, _colon, port = request.headers.get("Host", "").partition(":")
    if name in BY_NUMBER and request.path != "/healthz":
        answer = HttpResponse(status=308)
        answer["Location"] = f"http://localhost:{port or 80}{request.get_full_path()}"
        return answer
    return None
