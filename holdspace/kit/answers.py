"""How a view answers: a page, a part of one, or on to the next address."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.utils.functional import Promise

from holdspace.kit.asks import Request

NOTE = "note"
THEN = "then"  # where to go on after signing in; in the jar, never in an address

_CARRYING: list[Callable[[Request], HttpResponse]] = []


class SeeOther(HttpResponseRedirect):
    """After an act: look there, with GET."""

    status_code = 303


def page(request: Request, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """A whole page, or for htmx the part of it that `part` names."""
    note = request.jar.pop(NOTE, None) if status == 200 else None  # noqa: PLR2004
    text = render_to_string(template, {"note": note, **context}, request)
    return HttpResponse(text, status=status)


def part(request: Request, template: str, *, whole: str, **context: Any) -> HttpResponse:
    """The fragment `template` when htmx asks, else the page `whole` that contains it."""
    wanted = template if request.headers.get("HX-Request") == "true" else whole
    answer = page(request, wanted, **context)
    answer.headers["Vary"] = "HX-Request"
    return answer


def go(
    to: Any, request: Request, *, note: str | Promise = "", fragment: str = "", **kwargs: Any
) -> HttpResponse:
    """On to an address (a URL name with its arguments, or a path), with a note shown once."""
    if note:
        request.jar[NOTE] = str(note)
    return SeeOther(resolve_url(to, **kwargs) + (f"#{fragment}" if fragment else ""))


def signing_in_carries(page_for: Callable[[Request], HttpResponse]) -> None:
    """Register the sign-in page that carries what a form sent; once, by the package that has it."""
    _CARRYING[:] = [page_for]


def sign_in_first(request: Request, *, carry: bool = False) -> HttpResponse:
    """To the sign-in page, and from there back to the page that was asked for.

    With `carry`, what a form sent goes along, sealed, and comes back to the same address with
    `request.resumed` set: the page shows the form filled again, and sends nothing by itself.
    """
    if request.method == "GET":
        request.jar[THEN] = request.path
    if carry and request.method == "POST" and any(request.POST.values()) and _CARRYING:
        return _CARRYING[0](request)
    return SeeOther(resolve_url("people:sign_in"))


def go_on(request: Request, otherwise: str) -> HttpResponse:
    """After signing in: to the page that was asked for, or to `otherwise`."""
    wanted = str(request.jar.pop(THEN, ""))
    is_ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return SeeOther(wanted if is_ours else otherwise)
