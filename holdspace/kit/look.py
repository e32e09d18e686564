"""The plain switch in every page's foot: light, dark or as the device says; and the language."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from holdspace.kit.answers import SeeOther
from holdspace.kit.forgery import is_own
from holdspace.kit.frame import LOOK, THEMES
from holdspace.kit.guard import public


@csrf_exempt  # it changes how this browser shows pages and nothing else; every page carries it
@require_POST
@public
def choose_look(request: HttpRequest) -> HttpResponse:
    """Keep the choice in a cookie that goes with the browser window, and go back."""
    answer = SeeOther(_back(request))
    if not is_own(request):
        return answer
    theme = request.POST.get("theme")
    if theme in THEMES:
        answer.set_cookie(LOOK, theme, httponly=True, samesite="Lax", secure=settings.SECURE)
    elif theme is not None:
        answer.delete_cookie(LOOK, samesite="Lax")
    language = request.POST.get("language")
    if language in dict(settings.LANGUAGES):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            httponly=True,
            samesite="Lax",
            secure=settings.SECURE,
        )
    return answer


def _back(request: HttpRequest) -> str:
    path = request.POST.get("back", "/")
    here = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if here else "/"
