"""Keep a way back in: a passkey, a passphrase, or a code on paper."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from holdspace.kit.answers import SeeOther, go, page
from holdspace.kit.asks import Request
from holdspace.kit.guard import demand
from holdspace.people import codes, entering, sessions
from holdspace.people.actions import (
    end_loan,
    end_sessions,
    give_recovery_key,
    keep_address,
    keep_passphrase,
    lend_code,
)
from holdspace.people.forms import Address, Confirm, NewPassphrase
from holdspace.people.models import Person
from holdspace.people.queries import short_code_of, ways_back_of
from holdspace.people.rules import may_borrow_code, may_use_passkeys
from holdspace.people.views import renewing
from holdspace.people.views.gate import own
from holdspace.people.views.signing_up import NAMED, OFFERS, offers_for

SHOWN = "paper"


@own
@require_safe
def way_back(request: Request, *, person: Person) -> HttpResponse:
    """Which ways back are kept, and how to keep another."""
    ways = ways_back_of(viewer=request.viewer)
    short = None if ways.any else short_code_of(viewer=request.viewer)
    staff = request.viewer.staff is not None
    return page(request, "people/way_back.html", ways=ways, short=short, staff=staff)


@own
@require_http_methods(["GET", "HEAD", "POST"])
def short_code(request: Request, *, person: Person) -> HttpResponse:
    """The short code that leads back until there is a way back; a new one where it has ended."""
    if not may_borrow_code(person):
        return go("people:way_back", request)
    if request.method == "POST":
        lend_code(by=request.viewer, account=person.id)
        return go("people:short_code", request)
    short = short_code_of(viewer=request.viewer)
    return page(request, "people/short_code.html", short=short)


@own
@require_http_methods(["GET", "HEAD", "POST"])
def passphrase(request: Request, *, person: Person) -> HttpResponse:
    """Set a passphrase, or change it; the sign-in name may change with it."""
    has_name = person.name_tag is not None
    form = NewPassphrase(request.POST or None, offers=offers_for(request), same=has_name)
    check = confirming(request, person)
    if request.method == "POST" and form.is_valid() and confirmed(request, person, check):
        return _keep(request, person, form)
    wrong = form.errors or (check is not None and check.errors)
    parts = {"form": form, "check": check, "has_name": has_name}
    return page(request, "people/passphrase.html", status=422 if wrong else 200, **parts)


def confirming(request: Request, person: Person) -> Confirm | None:
    """The form that asks for the present passphrase, where it must be asked for."""
    return Confirm(request.POST or None) if renewing.must_confirm(request, person) else None


def confirmed(request: Request, person: Person, check: Confirm | None) -> bool:
    """Whether the present passphrase was right, if it was asked for; says so on the form."""
    if check is None:
        return True
    if not check.is_valid():
        return False
    wrong = entering.what_is_wrong(request, check.cleaned_data["current"])
    if wrong:
        check.add_error("current", wrong)
    return not wrong


def _keep(request: Request, person: Person, form: NewPassphrase) -> HttpResponse:
    wished, exact = form.wished
    name = keep_passphrase(
        by=request.viewer,
        account=person.id,
        passphrase=form.cleaned_data["passphrase"],
        name=wished,
        exact=exact,
    )
    others_end(request, person)
    end_loan(by=request.viewer, account=person.id)
    request.jar.pop(OFFERS)
    renewed = renewing.is_on(request, person)
    if renewed:
        renewing.end(request)
        request.jar[SHOWN] = give_recovery_key(by=request.viewer, account=person.id)
    if name:
        request.jar[NAMED] = name
        return SeeOther("/sign-up/welcome/")
    return SeeOther("/me/way-back/paper/") if renewed else _back(request)


def _back(request: Request) -> HttpResponse:
    return go("people:way_back", request, note=_("Saved. Other devices were signed out."))


def others_end(request: Request, person: Person) -> None:
    """A way in changed: every other session ends (ASVS 7.4.3)."""
    here = request.COOKIES.get(sessions.cookie_name(), "")
    end_sessions(by=request.viewer, account=person.id, but=sessions.digest(here))


@own
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: Request, *, person: Person) -> HttpResponse:
    """A recovery key, shown once and made to be printed."""
    demand(may_use_passkeys(request.viewer))
    check = confirming(request, person)
    if request.method == "POST" and confirmed(request, person, check):
        request.jar[SHOWN] = give_recovery_key(by=request.viewer, account=person.id)
        return SeeOther("/me/way-back/paper/")
    code = request.jar.pop(SHOWN, "")
    wrong = check is not None and check.errors
    parts = {
        "check": check,
        "code": codes.shown(code),
        "ways": ways_back_of(viewer=request.viewer),
    }
    return page(request, "people/paper.html", status=422 if wrong else 200, **parts)


@own
@require_http_methods(["GET", "HEAD", "POST"])
def address(request: Request, *, person: Person) -> HttpResponse:
    """An e-mail address, or none: sealed, and nothing is found by it."""
    known = {"address": person.secrets.get("address", "")}
    form = Address(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["address"]
        keep_address(by=request.viewer, account=person.id, address=given)
        said = _("Saved.") if given else _("Removed.")
        return go("people:way_back", request, note=said)
    return page(request, "people/address.html", status=422 if form.errors else 200, form=form)
