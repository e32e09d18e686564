"""Pages for when something went wrong: they keep help and quick exit, and promise nothing."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _


def _error(request: HttpRequest, status: int, template: str, reason: object = "") -> HttpResponse:
    text = render_to_string(template, {"reason": reason, "status": status}, request)
    return HttpResponse(text, status=status)


def unclear(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: we could not read what was sent."""
    return _error(request, 400, "kit/400.html")


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: a rule said no, and its reason is shown."""
    return _error(request, 403, "kit/403.html", getattr(exception, "reason", ""))


def not_here(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: not there, or not for you to see; the page does not tell which."""
    return _error(request, 404, "kit/404.html")


def broken(request: HttpRequest) -> HttpResponse:
    """500: ours to mend; nothing about the fault is shown."""
    return _error(request, 500, "kit/500.html")


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is missing or old: go back, nothing typed is lost there."""
    return _error(
        request,
        403,
        "kit/403.html",
        _("This page had been open for too long. Go back, load it again, and send it once more."),
    )
