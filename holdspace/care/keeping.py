"""The coordinator's pages about lines of help: phone, put right, add, take down."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from holdspace.care.actions import confirm_line, keep_line, withdraw_line
from holdspace.care.forms import LineForm, PhonedForm, WithdrawForm
from holdspace.care.queries import (
    Kept,
    help_in,
    line_alarms,
    lines_kept,
    shipped_line,
    written_line,
)
from holdspace.care.records import URGENT
from holdspace.care.rules import may_keep_lines
from holdspace.care.words import card_of, within
from holdspace.kit import clock
from holdspace.kit.answers import go, page
from holdspace.kit.asks import Request
from holdspace.kit.days import in_words as day_words
from holdspace.kit.guard import Unseen, demand


def _one(request: Request, code: str) -> Kept:
    kept = lines_kept(request.organisation.country, viewer=request.viewer)
    found = next((k for k in kept if k.line.code == code), None)
    if found is None:
        raise Unseen
    return found


@require_safe
def lines(request: Request) -> HttpResponse:
    """Every line of our country, and what is to be done about it."""
    demand(may_keep_lines(request.viewer))
    country = request.organisation.country
    return page(
        request,
        "care/lines.html",
        country=within(help_in(country, viewer=request.viewer), country),
        kept=lines_kept(country, viewer=request.viewer),
        alarms=line_alarms(country, viewer=request.viewer),
        card_of=card_of,
        day=day_words,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def line(request: Request, code: str) -> HttpResponse:
    """One line: what to ask on the phone, and noting that somebody did."""
    demand(may_keep_lines(request.viewer))
    kept = _one(request, code)
    form = PhonedForm(request.POST or None, initial=_today())
    if form.is_valid():
        day = form.cleaned_data["phoned_on"]
        country = request.organisation.country
        confirm_line(by=request.viewer, country=country, code=code, phoned_on=day)
        return go("care:lines", request, note=_("Noted. Thank you for phoning."))
    return _show(request, kept, form, WithdrawForm(), status=422 if form.errors else 200)


def _show(
    request: Request, kept: Kept, form: PhonedForm, down: WithdrawForm, status: int
) -> HttpResponse:
    country = request.organisation.country
    files = shipped_line(country, kept.line.code, viewer=request.viewer)
    return page(
        request,
        "care/line.html",
        status=status,
        kept=kept,
        files=card_of(files) if files and kept.alarm == "changed" else None,
        day=day_words,
        card=card_of(kept.line),
        urgent=kept.line.kind in URGENT,
        form=form,
        down=down,
    )


@require_POST
def line_withdraw(request: Request, code: str) -> HttpResponse:
    """Take a line down."""
    demand(may_keep_lines(request.viewer))
    _written(request, code)
    down = WithdrawForm(request.POST)
    if not down.is_valid():
        form = PhonedForm(initial=_today())
        return _show(request, _one(request, code), form, down, status=422)
    country, why = request.organisation.country, down.cleaned_data["why"]
    withdraw_line(by=request.viewer, country=country, code=code, why=why)
    return go("care:lines", request, note=_("This line is no longer shown."))


@require_http_methods(["GET", "HEAD", "POST"])
def line_change(request: Request, code: str = "") -> HttpResponse:
    """Add a line, or put one right after phoning it."""
    demand(may_keep_lines(request.viewer))
    house, written = request.organisation, _written(request, code)
    form = LineForm(
        request.POST or None,
        initial=_initial(written),
        country=house.country,
        zone=house.zone,
        code=code,
        others=written["way"][1:] if written else [],
        taken={"add"} | {k.line.code for k in lines_kept(house.country, viewer=request.viewer)},
    )
    if form.is_valid():
        day = form.cleaned_data["phoned_on"]
        said = {"country": house.country, "record": form.record, "checked_on": day}
        keep_line(by=request.viewer, phoned=True, **said)
        return go("care:lines", request, note=_("Saved."))
    return page(
        request, "care/line_form.html", status=422 if form.errors else 200, form=form, code=code
    )


def _written(request: Request, code: str) -> dict[str, Any]:
    """The line as it is written; nothing for a new one. Raises Unseen for an emergency number."""
    if not code:
        return {}
    written = written_line(request.organisation.country, code, viewer=request.viewer)
    if written["kind"] in URGENT:
        raise Unseen
    return written


def _today() -> dict[str, Any]:
    return {"phoned_on": clock.today()}


def _initial(written: dict[str, Any]) -> dict[str, Any]:
    """What the form begins with: the line's first way, or an empty form for a new line."""
    if not written:
        return {"hours": "unknown", "cost": "unknown", "method": "call", **_today()}
    way = written["way"][0]
    return {**written, **way, "languages": ", ".join(written["languages"]), **_today()}
