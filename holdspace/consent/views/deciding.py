"""What I agreed to, and everything that is held on me."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from holdspace.consent import bundle
from holdspace.consent.actions import give_consent, withdraw_consent
from holdspace.consent.purposes import PURPOSES
from holdspace.consent.queries import everything_of, standings_of
from holdspace.consent.rules import may_decide, may_see_everything_held
from holdspace.consent.views.gate import somebody
from holdspace.kit.answers import go, page
from holdspace.kit.asks import Request
from holdspace.kit.guard import demand


@somebody
@require_safe
def consents(request: Request) -> HttpResponse:
    """Each purpose with its words, and one button."""
    demand(may_decide(request.viewer))
    standings = standings_of(viewer=request.viewer)
    return page(request, "consent/consents.html", standings=standings)


@somebody
@require_POST
def consent_give(request: Request, *, purpose: str) -> HttpResponse:
    """Agree to one purpose."""
    if purpose not in PURPOSES:
        raise Http404
    give_consent(by=request.viewer, purpose=purpose)
    return go("consent:consents", request, note=_("Saved. You can withdraw it here at any time."))


@somebody
@require_POST
def consent_withdraw(request: Request, *, purpose: str) -> HttpResponse:
    """Withdraw one purpose; the others stay."""
    if purpose not in PURPOSES:
        raise Http404
    withdraw_consent(by=request.viewer, purpose=purpose)
    return go("consent:consents", request, note=_("Withdrawn. The others stay as they are."))


@somebody
@require_safe
def everything(request: Request) -> HttpResponse:
    """What the download holds, before it is made."""
    demand(may_see_everything_held(request.viewer))
    return page(request, "consent/everything.html")


@somebody
@require_POST
def everything_download(request: Request) -> HttpResponse:
    """Made now, in memory, for this answer only."""
    demand(may_see_everything_held(request.viewer))
    held = everything_of(viewer=request.viewer)
    answer = HttpResponse(
        bundle.packed(held, request.organisation.name), content_type="application/zip"
    )
    answer.headers["Content-Disposition"] = 'attachment; filename="everything.zip"'
    return answer
