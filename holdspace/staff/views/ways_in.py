"""The way in for whoever holds a one-time link: a passphrase, then a one-time code.

A token moves out of the address into the sealed jar at once.
"""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from holdspace.kit.answers import SeeOther, go, page
from holdspace.kit.asks import Request, sent
from holdspace.kit.guard import Unseen, demand
from holdspace.organisations.rules import may_begin_with
from holdspace.people.actions import code_link, hash_of, sign_in_session
from holdspace.staff import actions, queries
from holdspace.staff.forms import CodeForm, HouseForm, SignInForm
from holdspace.staff.models import StaffInvitation

FORM = ["GET", "HEAD", "POST"]
WAY_IN, BEGIN = "way_in", "begin"


def _link(request: Request) -> tuple[dict[str, Any], StaffInvitation]:
    kept = request.jar.get(WAY_IN)
    if not kept or not hasattr(request, "organisation"):
        raise Unseen
    own = request.organisation.scope
    return kept, queries.invitation_by(kept["token"], scope=own, viewer=request.viewer)


def _to_code(request: Request, token: str, made: Any, *, fresh: bool) -> HttpResponse:
    request.jar[WAY_IN] = {
        "token": token, "secret": made.secret, "name": made.name, "fresh": fresh,
    }  # fmt: skip
    return go("staff:begin_code", request)


@require_safe
def begin_link(request: Request, token: str) -> HttpResponse:
    """The link itself: keep its token, and go on without it."""
    request.jar[WAY_IN] = {"token": token}
    return go("staff:begin", request)


@require_http_methods(FORM)
def begin(request: Request) -> HttpResponse:
    """Choose a sign-in name and a passphrase; or, with an account already, ask for a new code."""
    kept, link = _link(request)
    if link.account is not None:
        return _begin_again(request, kept, link)
    form = SignInForm(sent(request))
    if form.is_valid():
        made = actions.begin_by_invitation(
            by=request.viewer,
            invitation=link,
            name=form.cleaned_data["sign_in"],
            hashed=hash_of(form.cleaned_data["passphrase"]),
        )
        return _to_code(request, kept["token"], made, fresh=True)
    status = 422 if form.errors else 200
    return page(request, "staff/begin.html", status=status, form=form, name=link.sealed["shown_as"])


def _begin_again(request: Request, kept: dict[str, Any], link: StaffInvitation) -> HttpResponse:
    if request.method == "POST":
        made = actions.renew_code(by=request.viewer, invitation=link)
        return _to_code(request, kept["token"], made, fresh=False)
    return page(request, "staff/begin_again.html", name=link.sealed["shown_as"])


@require_http_methods(FORM)
def begin_code(request: Request) -> HttpResponse:
    """Show the square for the app; the first right code opens the door."""
    kept, link = _link(request)
    if "secret" not in kept or link.account is None:
        return go("staff:begin", request)
    form = CodeForm(sent(request))
    if form.is_valid():
        account, typed = link.account, form.cleaned_data["code"]
        if actions.finish_invitation(by=request.viewer, invitation=link, typed=typed):
            return _come_in(request, account, fresh=kept["fresh"])
        form.add_error(
            "code", _("This code is not right. The app shows a new one each half minute.")
        )
    return page(
        request,
        "staff/begin_code.html",
        status=422 if form.errors else 200,
        form=form,
        kept=kept,
        link=code_link(kept["secret"], request.organisation.mail_name),
    )


def _come_in(request: Request, account: int, *, fresh: bool) -> HttpResponse:
    del request.jar[WAY_IN]
    if fresh:
        return sign_in_session(request, SeeOther("/work/"), account, stay=False)
    return go(
        "/sign-in/", request, note=_("Your new code works. Please sign in with the next one.")
    )


@require_safe
def begin_house_link(request: Request, token: str) -> HttpResponse:
    """The link that the terminal showed: keep its token, and go on without it."""
    request.jar[BEGIN] = token
    return go("staff:begin_house", request)


@require_http_methods(FORM)
def begin_house(request: Request) -> HttpResponse:
    """Set up an empty installation: the organisation and its first coordinator."""
    token = request.jar.get(BEGIN, "")
    demand(may_begin_with(token))
    form = HouseForm(sent(request))
    if form.is_valid():
        given = form.cleaned_data
        way_in, made = actions.begin_house(
            by=request.viewer,
            token=token,
            house={"name": given["house"], "country": given["country"], "zone": given["zone"]},
            first={name: given[name] for name in ("sign_in", "name", "shown_as")},
            hashed=hash_of(given["passphrase"]),
        )
        del request.jar[BEGIN]
        return _to_code(request, way_in, made, fresh=True)
    status = 422 if form.errors else 200
    return page(request, "staff/begin_house.html", status=status, form=form)
