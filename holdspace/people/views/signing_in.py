"""Coming in and going out."""

import datetime as dt

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from holdspace.kit import clock
from holdspace.kit.answers import SeeOther, go, go_on, page
from holdspace.kit.asks import Request, sent
from holdspace.kit.guard import public
from holdspace.people import codes, entering
from holdspace.people.actions import redeem_code, sign_out, use_code
from holdspace.people.actions.tries import (
    CODES,
    forget_tries,
    note_failure,
    note_try,
    rest_of_short_codes,
)
from holdspace.people.forms import OneTimeCode, PaperCode, SignIn
from holdspace.people.models import STAFF
from holdspace.people.queries import keeps_a_way_back
from holdspace.people.rules import may_keep_own_account, may_sign_in
from holdspace.people.views import renewing
from holdspace.people.views.carrying import carried_in, signed_in_with

SECOND = "second"  # a work account between its passphrase and its one-time code
SECOND_LASTS = dt.timedelta(minutes=10)
HOME, WORK = "/today/", "/work/"

NO_FIT = _("This name and this passphrase do not belong together.")
CODE_UNKNOWN = _("We do not know this code. A newer one may have replaced it.")
CODES_REST = _("Many wrong codes were tried, so short codes rest. A recovery key works at once.")
FIRST_THE_CODE = _("You are still signed in. Without this code or a way back you cannot return.")
CODE_NO_FIT = _("This code is not right, or it was used already.")


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: Request) -> HttpResponse:
    """Name and passphrase, or a passkey. What went wrong is never said more closely."""
    if not may_sign_in(request.viewer):
        return go_on(request, HOME)
    form = SignIn(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        entry = entering.by_passphrase(request, given["name"], given["passphrase"])
        if entry.person is not None:
            if entry.person.kind == STAFF:
                return _to_second(request, entry.person.id)
            answer = go_on(request, HOME)
            return signed_in_with(request, answer, entry.person.id, stay=given["stay"])
        form.add_error(None, entering.please_wait(entry.wait) if entry.wait else NO_FIT)
    status, carried = (422 if form.errors else 200), carried_in(request)
    return page(request, "people/sign_in.html", status=status, form=form, carried=carried)


def _to_second(request: Request, account: int) -> HttpResponse:
    until = clock.now() + SECOND_LASTS
    request.jar[SECOND] = {"account": account, "until": until.isoformat()}
    if carried_in(request):
        carried = carried_in(request)
        return page(request, "people/second.html", form=OneTimeCode(), carried=carried)
    return SeeOther("/sign-in/code/")


def _waiting_account(request: Request) -> int | None:
    kept = request.jar.get(SECOND)
    if not kept or dt.datetime.fromisoformat(kept["until"]) < clock.now():
        return None
    return int(kept["account"])


@require_http_methods(["GET", "HEAD", "POST"])
def second(request: Request) -> HttpResponse:
    """The one-time code of a work account."""
    may_sign_in(request.viewer)
    account = _waiting_account(request)
    if account is None:
        return go("people:sign_in", request)
    form = OneTimeCode(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wrong = _wrong_code(request, account, form.cleaned_data["code"])
        if not wrong:
            del request.jar[SECOND]
            return signed_in_with(request, go_on(request, WORK), account, stay=False)
        form.add_error("code", wrong)
    status, carried = (422 if form.errors else 200), carried_in(request)
    return page(request, "people/second.html", status=status, form=form, carried=carried)


def _wrong_code(request: Request, account: int, typed: str) -> str:
    """What is wrong with a one-time code, or nothing. Tries are slowed as for passphrases."""
    scope, tried = request.organisation.scope, f"|code|{account}"
    wait = note_try(by=request.viewer, organisation_scope=scope, tried=tried)
    if wait:
        return entering.please_wait(wait)
    if not use_code(by=request.viewer, account=account, typed=typed):
        return str(CODE_NO_FIT)
    forget_tries(by=request.viewer, organisation_scope=scope, tried=tried)
    return ""


@require_http_methods(["GET", "HEAD", "POST"])
def by_code(request: Request) -> HttpResponse:
    """Back in with a code on paper; what it opens is the page that sets a new way in.

    Whoever was writing goes on with that first, and is told of the page.
    """
    if not may_sign_in(request.viewer):
        return go_on(request, HOME)
    comes = carried_in(request) and "code" not in request.POST  # from the sign-in page, with words
    form = PaperCode(None if comes else sent(request))
    if request.method == "POST" and form.is_valid():
        found = _redeemed(request, form)
        if found is not None:
            return _back_in(request, *found)
    shown = {"form": form, "carried": carried_in(request)}
    return page(request, "people/by_code.html", status=422 if form.errors else 200, **shown)


def _redeemed(request: Request, form: PaperCode) -> tuple[int, str] | None:
    """Whose code it is and of what kind; None with a word beside the field."""
    scope, code = request.organisation.scope, form.cleaned_data["code"]
    wait = rest_of_short_codes(scope) if codes.is_short(code) else 0
    if wait:
        form.add_error("code", CODES_REST)
        form.add_error("code", entering.please_wait(wait))
        return None
    found = redeem_code(by=request.viewer, organisation_scope=scope, code=code)
    if found is None:
        note_failure(by=request.viewer, organisation_scope=scope, where=CODES)
        form.add_error("code", CODE_UNKNOWN)
    return found


def _back_in(request: Request, account: int, kind: str) -> HttpResponse:
    if kind == "loan":
        return signed_in_with(request, go_on(request, HOME), account)
    renewing.begin(request, account)
    renew = go("people:passphrase", request)
    return signed_in_with(request, renew, account, stay=False, then=renew.headers["Location"])


@require_POST
def leave_here(request: Request) -> HttpResponse:
    """Sign out: the session ends here, the browser is cleared.

    Whoever keeps no way back is told their short code first. Leaving quickly (`web:leave`) never
    asks anything and holds nobody up.
    """
    may_keep_own_account(request.viewer)
    if "told" not in request.POST and not keeps_a_way_back(viewer=request.viewer):
        return go("people:short_code", request, note=FIRST_THE_CODE)
    return sign_out(request, SeeOther("/signed-out/"))


@public
@require_safe
def signed_out(request: Request) -> HttpResponse:
    """It is done, and what it cannot do."""
    return page(request, "people/signed_out.html")
