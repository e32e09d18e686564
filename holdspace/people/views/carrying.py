"""Signing in with words under way: the session ended while somebody wrote."""

from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string

from holdspace.kit.answers import page
from holdspace.kit.asks import Request
from holdspace.kit.errors import opens
from holdspace.people.actions import sign_in_session
from holdspace.people.forms import SignIn
from holdspace.people.rules import may_sign_in
from holdspace.vault import carrying
from holdspace.vault.carrying import Carried, Fields

TOKEN = "csrfmiddlewaretoken"  # noqa: S105 -- the name of a field


def to_carry(request: Request) -> Fields:
    """What a form sent, without its token, empty fields, and whatever opens a door."""
    sent = {name: request.POST.getlist(name) for name in request.POST}
    return {n: said for n, said in sent.items() if any(said) and n != TOKEN and not opens(n)}


def sign_in_carrying(request: Request, fields: Fields) -> HttpResponse:
    """The sign-in page in the place of what was asked for, with what was sent sealed in it."""
    may_sign_in(request.viewer)
    writer = str(request.jar.get(carrying.WRITER, ""))
    carried = carried_in(request) or carrying.seal(request.path, fields, writer)
    return page(request, "people/sign_in.html", form=SignIn(), carried=carried)


def carried_in(request: Request) -> str:
    """What a sign-in form carries along, as it came; empty for none."""
    return str(request.POST.get(carrying.NAME, ""))


def kept_for(request: Request, account: int, path: str = "") -> Carried | None:
    """What a form carries along, for who wrote it; None for anybody else, or for nothing."""
    kept = carrying.opened(carried_in(request), path) if carried_in(request) else None
    return kept if kept is not None and kept.is_of(account) else None


def signed_in_with(
    request: Request, otherwise: HttpResponse, account: int, *, then: str = "", **more: Any
) -> HttpResponse:
    """Signed in, and back to what was being written, if anything was; else on to `otherwise`.

    `then` is the page that sets a new passphrase, for who came in without one.
    """
    kept = kept_for(request, account)
    if kept is None:
        return sign_in_session(request, otherwise, account, **more)
    answer = sign_in_session(request, HttpResponse(), account, **more)
    shown = {"path": kept.path, "carried": carried_in(request), "words": kept.words(), "then": then}
    # rendered after signing in: the form's token has to be the new one
    answer.content = render_to_string("people/go_on_writing.html", shown, request)
    return answer
