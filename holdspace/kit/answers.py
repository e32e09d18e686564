"""How a view answers: a page, a part of one, or on to the next address."""

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.functional import Promise

from holdspace.kit.asks import Request

NOTE = "note"
FINE, NOT_CHANGED, UNCLEAR, LATER = 200, 304, 422, 429
THEN = "then"  # where to go on after signing in; in the jar, never in an address


class SeeOther(HttpResponseRedirect):
    """After an act: look there, with GET."""

    status_code = 303


def page(request: Request, template: str, *, status: int = 0, **context: Any) -> HttpResponse:
    """A whole page, or for htmx the part of it that `part` names.

    A form that was sent and is shown again with something to mend answers 422, else it is 200.
    """
    status = status or (UNCLEAR if _something_to_mend(request, context) else FINE)
    note = request.jar.pop(NOTE, None) if status == FINE else None
    told = {"note": note, "look_again": status in (UNCLEAR, LATER)}  # the title begins with it
    text = render_to_string(template, {**told, **context}, request)
    return HttpResponse(text, status=status)


def _something_to_mend(request: Request, context: dict[str, Any]) -> bool:
    forms = (one for one in context.values() if isinstance(one, BaseForm))
    return request.method == "POST" and any(form.is_bound and form.errors for form in forms)


def part(request: Request, template: str, *, whole: str, **context: Any) -> HttpResponse:
    """The fragment `template` when htmx asks, else the page `whole` that contains it."""
    wanted = template if request.headers.get("HX-Request") == "true" else whole
    answer = page(request, wanted, **context)
    answer.headers["Vary"] = "HX-Request"
    return answer


def if_changed(
    request: Request, mark: str, write: Callable[[], bytes], *, kind: str, kept: str
) -> HttpResponse:
    """What programs ask for again and again: written only for who has not this state of it yet.

    `mark` is another one for every state, `kind` the type of the content, and `kept` says who may
    keep it (the value of Cache-Control).
    """
    etag = f'W/"{mark}"'
    headers = {"ETag": etag, "Cache-Control": kept, "Content-Type": kind}
    same = get_conditional_response(request, etag=etag)
    if same is not None and same.status_code == NOT_CHANGED:
        for name, value in headers.items():
            same.headers.setdefault(name, value)
        return same
    return HttpResponse(write(), headers=headers)


def go(
    to: Any, request: Request, *, note: str | Promise = "", fragment: str = "", **kwargs: Any
) -> HttpResponse:
    """On to an address (a URL name with its arguments, or a path), with a note shown once."""
    if note:
        request.jar[NOTE] = str(note)
    return SeeOther(resolve_url(to, **kwargs) + (f"#{fragment}" if fragment else ""))


def sign_in_first(request: Request) -> HttpResponse:
    """To the sign-in page, and from there back to the page that was asked for.

    What a form sent goes along (`people.middleware.Resuming`).
    """
    if request.method == "GET":
        request.jar[THEN] = request.path
    return SeeOther(resolve_url("people:sign_in"))


def go_on(request: Request, otherwise: str) -> HttpResponse:
    """After signing in: to the page that was asked for, or to `otherwise`."""
    wanted = str(request.jar.pop(THEN, ""))
    is_ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return SeeOther(wanted if is_ours else otherwise)
