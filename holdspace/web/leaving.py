"""Leaving quickly: one link that signs out, clears this browser of us, and goes somewhere harmless.

It works as a plain link without scripts, so it answers GET. What another site can do by sending
somebody here is sign them out, and nothing else; that is the price, and it is a small one.
"""

from urllib.parse import urlsplit

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from holdspace.kit.answers import SeeOther, page
from holdspace.kit.asks import Request
from holdspace.kit.guard import public
from holdspace.people.actions import sign_out

HARMLESS = "https://www.bbc.co.uk/weather"

# "cookies" would also sign people out of the organisation's other sites, since it clears the whole
# registered domain; our own cookies are ended one by one instead.
CLEAR = '"cache", "storage"'


@public
@require_safe
def leave(request: Request) -> HttpResponse:
    """End the session, clear the browser, and send on to another site (303, never kept)."""
    away = SeeOther(_away(request))
    away.headers["Cache-Control"] = "no-store"
    if not _is_meant(request):
        return away
    response = sign_out(request, away) if hasattr(request, "organisation") else away
    for name in request.COOKIES:
        response.delete_cookie(name, samesite="Lax")
    response.headers["Clear-Site-Data"] = CLEAR
    return response


def _is_meant(request: Request) -> bool:
    """A person going there, not a browser fetching ahead or a picture on some other page."""
    ahead = request.headers.get("Sec-Purpose") or request.headers.get("Purpose") or ""
    kind = request.headers.get("Sec-Fetch-Dest", "document")
    return request.method == "GET" and "prefetch" not in ahead and kind == "document"


def _away(request: Request) -> str:
    """Where the organisation wants leaving to lead, if that is another site; else the weather."""
    organisation = getattr(request, "organisation", None)
    chosen = organisation.leave_to if organisation else ""
    parts = urlsplit(chosen)
    elsewhere = parts.hostname not in (None, request.get_host().partition(":")[0].lower())
    return chosen if parts.scheme == "https" and elsewhere else HARMLESS


@public
@require_safe
def leave_about(request: Request) -> HttpResponse:
    """What leaving quickly does, and what it cannot do."""
    return page(request, "web/leave_about.html", away=urlsplit(_away(request)).hostname)
