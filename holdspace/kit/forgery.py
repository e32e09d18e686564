"""Forms sent by our own pages and by no others."""

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware

WITHHELD = "null"
OURS = {"", "same-origin"}  # browsers before 2023 do not say


def is_own(request: HttpRequest) -> bool:
    """Whether a form without a token came from a page of ours, as far as the browser says.

    For the few forms that change nothing but how this browser shows pages.
    """
    return request.META.get("HTTP_SEC_FETCH_SITE", "") in OURS


class OwnForms(CsrfViewMiddleware):
    """Django's check, for pages that withhold the referrer.

    Under `Referrer-Policy: no-referrer` browsers send `Origin: null` with every form, our own
    too (Fetch, "append a request `Origin` header"); Django alone would refuse them all. Such a
    form still needs its token and the cookie, which a foreign page neither knows nor sends, and
    must not say that it comes from elsewhere.
    """

    def _origin_verified(self, request: HttpRequest) -> bool:
        if request.META.get("HTTP_ORIGIN") == WITHHELD:
            return is_own(request)
        return bool(super()._origin_verified(request))  # type: ignore[misc]


def has_its_token(request: HttpRequest) -> bool:
    """Whether a form carries its token, asked where the check itself has not been made."""
    return OwnForms(_nothing).process_view(request, _nothing, (), {}) is None


def _nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()
