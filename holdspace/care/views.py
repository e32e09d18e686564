"""The pages of help. Nobody is asked anything, nothing is set, nothing is kept."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from holdspace.care.queries import countries, help_in
from holdspace.care.words import cards_of, country_name, within
from holdspace.kit.answers import SeeOther, page
from holdspace.kit.asks import Request
from holdspace.kit.guard import public

DIRECTORY = "https://findahelpline.com/"
ALSO_SAID = {"UK": "GB"}


def _home(request: Request) -> str:
    """The organisation's own country; "" where no organisation answers at this address."""
    organisation = getattr(request, "organisation", None)
    return organisation.country if organisation else ""


def _choices(request: Request, besides: str) -> list[tuple[str, str]]:
    """Every country we have lines for but one, by name: code and name."""
    known = (
        (country.code, country_name(country.code)) for country in countries(viewer=request.viewer)
    )
    return sorted((c for c in known if c[0] != besides), key=lambda choice: choice[1])


def _page_of(request: Request, code: str) -> HttpResponse:
    country = help_in(code, viewer=request.viewer)
    return page(
        request,
        "care/help.html",
        cards=cards_of(country.lines) if country else [],
        here=within(country, code),
        name=country_name(code),
        at_home=code == _home(request),
        choices=_choices(request, code),
        directory=DIRECTORY,
    )


@public
@require_safe
def help_now(request: Request) -> HttpResponse:
    """Help in the organisation's own country first."""
    return _page_of(request, _home(request))


@public
@require_safe
def help_elsewhere(request: Request) -> HttpResponse:
    """Help where we have checked nothing."""
    return _page_of(request, "")


@public
@require_safe
def help_country(request: Request, country: str) -> HttpResponse:
    """Help in a country chosen by the person who is there now; the choice is not kept."""
    code = country.upper()
    if code in ALSO_SAID:
        return SeeOther(f"/help/{ALSO_SAID[code].lower()}/")
    if not country_name(code):
        raise Http404
    return _page_of(request, code)


@public
@require_safe
def help_someone(request: Request) -> HttpResponse:
    """For a person who worries about someone: what to ask, what to do tonight, whom to call."""
    country = help_in(_home(request), viewer=request.viewer)
    cards = cards_of(country.lines) if country else []
    return page(
        request,
        "care/someone.html",
        urgent=[card for card in cards if card.urgent],
        lines=[card for card in cards if not card.urgent],
        here=within(country, _home(request)),
    )
