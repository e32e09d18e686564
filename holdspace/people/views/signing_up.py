"""Signing up: a name that is always free, a passphrase or a passkey, and nothing else."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from holdspace.kit.answers import SeeOther, go_on, page
from holdspace.kit.asks import Request
from holdspace.kit.forms import status_of
from holdspace.kit.guard import demand, public
from holdspace.people import ages, names
from holdspace.people.actions import (
    affirm_age,
    begin_account,
    keep_passphrase,
    sign_in_session,
)
from holdspace.people.forms import SignUp
from holdspace.people.rules import may_sign_up
from holdspace.people.turns import ACCOUNTS, slowed, wait_for_turn
from holdspace.people.views.gate import own

OFFERS, NAMED = "names", "named"


def offers_for(request: Request) -> list[str]:
    """Three names, the same ones while this visitor is choosing."""
    kept = request.jar.get(OFFERS)
    if not kept:
        kept = request.jar[OFFERS] = [names.offered() for _n in range(3)]
    return list(kept)


@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: Request) -> HttpResponse:
    """A sign-in name, a passphrase, an age; the answer never shows who else is here."""
    if not may_sign_up(request.viewer):
        return go_on(request, "/today/")
    offers, choices = offers_for(request), ages.choices_for(request.organisation)
    form = SignUp(request.POST or None, offers=offers, ages=choices)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["age"] == ages.TOO_YOUNG:
            return SeeOther("/sign-up/not-yet/")
        if not slowed(request, form, ACCOUNTS):
            return _begin(request, form)
    return page(request, "people/sign_up.html", status=status_of(form), form=form)


def _begin(request: Request, form: SignUp) -> HttpResponse:
    wished, exact = form.wished
    account = begin_account(by=request.viewer)
    affirm_age(by=request.viewer, account=account, band=form.cleaned_data["age"])
    passphrase = form.cleaned_data["passphrase"]
    name = keep_passphrase(
        by=request.viewer, account=account, passphrase=passphrase, name=wished, exact=exact
    )
    del request.jar[OFFERS]
    request.jar[NAMED] = name
    answer = SeeOther("/sign-up/welcome/")
    return sign_in_session(request, answer, account, stay=form.cleaned_data["stay"])


@public
@require_safe
def not_yet(request: Request) -> HttpResponse:
    """For somebody younger than the organisation takes: where else to turn."""
    return page(request, "people/not_yet.html", organisation=request.organisation)


@require_POST
def begin_with_passkey(request: Request) -> HttpResponse:
    """An account without a name or passphrase; the next page makes its passkey."""
    demand(may_sign_up(request.viewer))
    choices = ages.choices_for(request.organisation)
    band = request.POST.get("age", "")
    if band == ages.TOO_YOUNG:
        return SeeOther("/sign-up/not-yet/")
    form = SignUp(request.POST, offers=offers_for(request), ages=choices)
    if band not in dict(choices):
        form.ask_only("age", _("Please choose your age first."))
        return page(request, "people/sign_up.html", status=422, form=form)
    if later := wait_for_turn(request, ACCOUNTS):
        form.ask_only(None, later)
        return page(request, "people/sign_up.html", status=429, form=form)
    account = begin_account(by=request.viewer)
    affirm_age(by=request.viewer, account=account, band=band)
    return sign_in_session(request, SeeOther("/me/way-back/passkey/"), account)


@own
@require_safe
def welcome(request: Request, **kwargs: object) -> HttpResponse:
    """Shows the sign-in name once, since we keep it blind; then offers a recovery key."""
    name = request.jar.pop(NAMED, "")
    if not name:
        return go_on(request, "/today/")
    return page(request, "people/welcome.html", name=name)
