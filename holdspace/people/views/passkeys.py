"""Passkeys: making, listing and removing them, and coming in with one. They need scripts."""

import json

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import resolve_url
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from holdspace.kit.answers import go, go_on, page
from holdspace.kit.asks import Request
from holdspace.kit.guard import demand
from holdspace.people import ceremony
from holdspace.people.actions import end_loan, sign_in_session
from holdspace.people.actions.passkeys import add_passkey, count_passkey, remove_passkey
from holdspace.people.models import MEMBER, Person
from holdspace.people.queries import ways_back_of
from holdspace.people.rules import may_sign_in, may_use_passkeys
from holdspace.people.views import renewing
from holdspace.people.views.carrying import kept_for
from holdspace.people.views.gate import own
from holdspace.people.views.signing_in import HOME
from holdspace.people.views.way_back import confirmed, confirming, others_end

LONGEST_NAME = 40


@own
@require_http_methods(["GET", "HEAD", "POST"])
def passkeys(request: Request, *, person: Person) -> HttpResponse:
    """The passkeys somebody keeps, and making one; a passphrase is asked first if there is one."""
    demand(may_use_passkeys(request.viewer))
    check = confirming(request, person)
    if request.method == "POST" and confirmed(request, person, check):
        renewing.begin(request, person.id)
        return go("people:passkeys", request)
    wrong = check is not None and check.errors
    parts = {"ways": ways_back_of(viewer=request.viewer), "check": check}
    return page(request, "people/passkeys.html", status=422 if wrong else 200, **parts)


def _json(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="application/json")


@own
@require_POST
def passkey_options(request: Request, *, person: Person) -> HttpResponse:
    """For the island: what the browser needs to make a passkey."""
    demand(may_use_passkeys(request.viewer))
    return _json(ceremony.to_make(request, list(ways_back_of(viewer=request.viewer).passkeys)))


@own
@require_POST
def passkey_keep(request: Request, *, person: Person) -> HttpResponse:
    """From the island: the passkey that was made, kept if it verifies."""
    demand(may_use_passkeys(request.viewer))
    may_go_on = not renewing.must_confirm(request, person)
    made = ceremony.made(request, request.POST.get("answer", "")) if may_go_on else None
    if made is None:
        return JsonResponse({}, status=422)
    add_passkey(
        by=request.viewer,
        account=person.id,
        credential=made.credential_id,
        public_key=made.credential_public_key,
        count=made.sign_count,
        name=request.POST.get("name", "").strip()[:LONGEST_NAME],
    )
    end_loan(by=request.viewer, account=person.id)
    others_end(request, person)
    go("people:way_back", request, note=_("Your passkey is kept."))
    return JsonResponse({"to": resolve_url("people:way_back")})


@own
@require_POST
def passkey_remove(request: Request, *, person: Person, passkey: int) -> HttpResponse:
    """Remove a passkey here; it may still show in the device's own list."""
    if renewing.must_confirm(request, person):
        return go("people:passkeys", request, note=_("Please give your passphrase first."))
    remove_passkey(by=request.viewer, account=person.id, passkey=passkey)
    others_end(request, person)
    return go("people:passkeys", request, note=_("Removed. Other devices were signed out."))


@require_POST
def passkey_challenge(request: Request) -> HttpResponse:
    """For the island: what the browser needs to show a passkey; the same for everybody."""
    demand(may_sign_in(request.viewer))
    return _json(ceremony.to_show(request))


@require_POST
def passkey_enter(request: Request) -> HttpResponse:
    """From the island: come in if the passkey was truly shown."""
    demand(may_sign_in(request.viewer))
    shown = ceremony.shown(request, request.POST.get("answer", ""))
    if shown is None or shown[0].person.kind != MEMBER:
        return JsonResponse({}, status=422)
    passkey, count = shown
    if count:
        count_passkey(by=request.viewer, passkey=passkey, count=count)
    to = go_on(request, HOME).headers["Location"]
    answer = sign_in_session(request, JsonResponse({"to": to}), passkey.person_id)
    kept = kept_for(request, passkey.person_id)
    if kept is not None:  # the island goes on with it: to the form's own address, its new token
        answer.content = json.dumps({"to": kept.path, "token": get_token(request)})
    return answer
