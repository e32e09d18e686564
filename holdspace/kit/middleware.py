"""Headers that every answer carries, a clean slate for every request, and the tripwire."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.urls import ResolverMatch

from holdspace.kit import errors, guard, remembering
from holdspace.kit.server.body import UNREAD

Answer = Callable[[HttpRequest], HttpResponse]

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
    "X-Robots-Tag": "noarchive",
}
# A style, a typeface or a module is no document: it may do nothing at all, and says so in few
# bytes, ten times in a first view.
OF_DOCUMENTS = {"Cross-Origin-Opener-Policy", "Permissions-Policy"}
STATIC_HEADERS = {name: value for name, value in HEADERS.items() if name not in OF_DOCUMENTS} | {
    "Content-Security-Policy": "default-src 'none'"
}


class NothingAsked(RuntimeError):
    """A page was answered although neither a rule nor a query had been asked."""


class Headers:
    """The headers of demand N46, static files included; pages are never kept by a cache."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_static = request.path.startswith(settings.STATIC_URL)
        is_file = is_static and response.status_code < HTTPStatus.BAD_REQUEST
        for name, value in (STATIC_HEADERS if is_file else HEADERS).items():
            response.headers.setdefault(name, value)
        if not is_static:
            response.headers.setdefault("Cache-Control", "no-store")
        if settings.SECURE:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        return response


class CleanSlate:
    """Forget what the last request asked; turn a refusal, or a wrong method, into a kind page."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        guard.forget()
        remembering.begin(reading=request.method in {"GET", "HEAD"})
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            kind = errors.other_way(request)
            kind.headers["Allow"] = response.headers["Allow"]
            return kind
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A rule's no becomes a page with its reason."""
        if isinstance(exception, guard.Refused):
            return errors.refused(request, exception)
        return None


class Unread:
    """What was sent was too much, or never came to its end: a page that says so, with help."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        status = request.META.get(UNREAD)
        return errors.unread(request, status) if status else self.get_response(request)


class Tripwire:
    """Fails any page for which no question was asked (house.md, "The tripwire")."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 200 and not guard.was_asked():  # noqa: PLR2004
            _trip(request.resolver_match, response)
        return response


def _trip(match: ResolverMatch | None, response: HttpResponseBase) -> None:
    view = match.func if match else None
    if getattr(view, "holdspace_public", False):
        return
    name = getattr(view, "__name__", "?")
    raise NothingAsked(f"{name} answered {response.status_code} and no rule or query was asked")
