"""What I agreed to, and everything that is held on me."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from holdspace.consent import bundle
from holdspace.consent.actions import carry_on, give_consent, withdraw_consent
from holdspace.consent.forms import Withdraw
from holdspace.consent.purposes import PURPOSES, TAKING_PART
from holdspace.consent.queries import everything_of, standings_of, what_would_end
from holdspace.consent.rules import may_decide, may_see_everything_held
from holdspace.consent.views.gate import somebody
from holdspace.kit.answers import go, page
from holdspace.kit.asks import Request, sent
from holdspace.kit.guard import demand

CHANGED = _("The words have changed meanwhile. Please read them, and agree then.")


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
    """Agree to one purpose, in the words that stood on the page."""
    demand(may_decide(request.viewer))
    if purpose not in PURPOSES:
        raise Http404
    if request.POST.get("version") != str(PURPOSES[purpose].version):
        return go("consent:consents", request, note=CHANGED)
    give_consent(by=request.viewer, purpose=purpose)
    return go("consent:consents", request, note=_("Saved. You can take it back here at any time."))


@somebody
@require_http_methods(["GET", "HEAD", "POST"])
def consent_withdraw(request: Request, *, purpose: str) -> HttpResponse:
    """Withdraw one purpose; the others stay. What ends with it is said before."""
    demand(may_decide(request.viewer))
    if purpose not in PURPOSES:
        raise Http404
    ends = what_would_end(viewer=request.viewer) if purpose == TAKING_PART.slug else []
    form = Withdraw(sent(request), many=len(ends))
    if request.method == "POST" and form.is_valid():
        plan = withdraw_consent(by=request.viewer, purpose=purpose, spread=form.spread)
        if plan is not None:
            carry_on(plan)
        return go("consent:consents", request, note=_("Taken back. The others stay as they are."))
    parts = {"purpose": PURPOSES[purpose], "ends": ends, "form": form}
    return page(request, "consent/withdraw.html", status=422 if form.errors else 200, **parts)


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
