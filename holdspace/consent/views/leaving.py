"""Erasing one's account: what goes, what stays and until when, said before and after."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from holdspace.consent.actions import carry_on, intend_erasure
from holdspace.consent.forms import SPREAD, Current, Erase
from holdspace.consent.plan import SPREAD as WEEK
from holdspace.consent.rules import may_erase_account
from holdspace.consent.views.gate import somebody
from holdspace.kit import clock
from holdspace.kit.answers import SeeOther, page
from holdspace.kit.asks import Request
from holdspace.kit.guard import demand, public
from holdspace.people.actions import sign_out, what_is_wrong
from holdspace.people.queries import ways_back_of
from holdspace.vault.rotation import gone_by


@somebody
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: Request) -> HttpResponse:
    """Says what goes and what stays with dates; then a choice and a yes."""
    demand(may_erase_account(request.viewer))
    form = Erase(request.POST or None)
    has_passphrase = ways_back_of(viewer=request.viewer).passphrase
    check = Current(request.POST or None) if has_passphrase else None
    if request.method == "POST" and form.is_valid() and _confirmed(request, check):
        return _go(request, spread=form.cleaned_data["how"] == SPREAD)
    wrong = form.errors or (check is not None and check.errors)
    parts = {"form": form, "check": check, **_days()}
    return page(request, "consent/erase.html", status=422 if wrong else 200, **parts)


def _days() -> dict[str, Any]:
    today = clock.today()
    return {"gone": gone_by(today), "gone_spread": gone_by(today + WEEK)}


def _confirmed(request: Request, check: Current | None) -> bool:
    if check is None:
        return True
    if not check.is_valid():
        return False
    wrong = what_is_wrong(request, check.cleaned_data["current"])
    if wrong:
        check.add_error("current", wrong)
    return not wrong


def _go(request: Request, *, spread: bool) -> HttpResponse:
    erasing = intend_erasure(by=request.viewer, spread=spread)
    carry_on(erasing)
    return sign_out(request, SeeOther("/erased/week/" if spread else "/erased/"))


@public
@require_safe
def erased(request: Request, *, spread: bool = False) -> HttpResponse:
    """It is done or on its way; the same for everybody who looks."""
    return page(request, "consent/erased.html", spread=spread, **_days())
