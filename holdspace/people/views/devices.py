"""Where I am signed in, and ending it from here."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from holdspace.kit.answers import go, page
from holdspace.kit.asks import Request
from holdspace.people import sessions
from holdspace.people.actions import end_one_session, name_session
from holdspace.people.forms import DeviceName
from holdspace.people.models import Person
from holdspace.people.queries import Browser, own_sessions
from holdspace.people.views.gate import own
from holdspace.people.views.way_back import others_end


def _browsers(request: Request) -> list[Browser]:
    cookie = request.COOKIES.get(sessions.cookie_name(), "")
    found: list[Browser] = own_sessions(viewer=request.viewer, cookie=cookie)
    return found


@own
@require_safe
def devices(request: Request, *, person: Person) -> HttpResponse:
    """Each signed-in browser: the name it was given, and the day it ends by itself."""
    return page(request, "people/devices.html", browsers=_browsers(request))


@own
@require_http_methods(["GET", "HEAD", "POST"])
def device_name(request: Request, *, person: Person, session: int) -> HttpResponse:
    """Give one's own device a name to tell it from others."""
    browser = next((b for b in _browsers(request) if b.id == session), None)
    if browser is None:
        raise Http404
    form = DeviceName(request.POST or None, initial={"name": browser.name})
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        name_session(by=request.viewer, account=person.id, session=session, name=name)
        return go("people:devices", request, note=_("Saved."))
    status = 422 if form.errors else 200
    return page(request, "people/device_name.html", status=status, form=form, browser=browser)


@own
@require_POST
def device_end(request: Request, *, person: Person, session: int) -> HttpResponse:
    """Sign one device out."""
    end_one_session(by=request.viewer, account=person.id, session=session)
    return go("people:devices", request, note=_("That device is signed out."))


@own
@require_POST
def others_sign_out(request: Request, *, person: Person) -> HttpResponse:
    """Sign every other device out."""
    others_end(request, person)
    return go("people:devices", request, note=_("Every other device is signed out."))
