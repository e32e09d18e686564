"""Pages for when something went wrong: they keep help and quick exit, and promise nothing."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

LONG = 15  # characters: a short sentence hurts to write again, too
# What opens a door is never shown back: a passphrase asked again, a code on paper, tokens.
SECRET = ("pass", "current", "code", "token", "answer", "secret")


def _error(request: HttpRequest, status: int, template: str, reason: object = "") -> HttpResponse:
    context = {"reason": reason, "status": status, "kept": written(request)}
    return HttpResponse(render_to_string(template, context, request), status=status)


def written(request: HttpRequest) -> list[str]:
    """What the person wrote in the form that did not reach us; never what is typed blind."""
    try:
        sent = request.POST.items()
    except Exception:  # noqa: BLE001 -- a body that cannot be read must not break this page
        return []
    return [str(said) for name, said in sent if len(str(said)) >= LONG and not opens(name)]


def opens(name: str) -> bool:
    """Whether a field of this name holds what opens a door."""
    return any(word in name.lower() for word in SECRET)


def unclear(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: we could not read what was sent."""
    return _error(request, 400, "kit/400.html")


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: a rule said no, and its reason is shown."""
    return _error(request, 403, "kit/403.html", getattr(exception, "reason", ""))


def not_here(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: not there, or not for you to see; the page does not tell which."""
    return _error(request, 404, "kit/404.html")


def other_way(request: HttpRequest) -> HttpResponse:
    """405: there is such an address, and it is not opened like this."""
    return _error(request, 405, "kit/405.html")


def unread(request: HttpRequest, status: int) -> HttpResponse:
    """413, 408 or 503: too large, stopped half-way, or we stopped; none of it was read."""
    return _error(request, status, "kit/unread.html")


def broken(request: HttpRequest) -> HttpResponse:
    """500: ours to mend; nothing about the fault is shown."""
    return _error(request, 500, "kit/500.html")


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is missing or old: what was written is shown, to copy."""
    return _error(request, 403, "kit/stale.html")
