"""A coordinator's pages about the organisation, and the opening gate."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from holdspace.kit.answers import go, page
from holdspace.kit.asks import Request, sent
from holdspace.kit.guard import demand
from holdspace.notices import actions as mail
from holdspace.notices.queries import mail_state
from holdspace.notices.rules import can_send_mail
from holdspace.organisations import actions, queries, rules
from holdspace.organisations.forms import (
    CloseDoorsForm,
    CoverForm,
    SettingsForm,
    TestCodeForm,
    TestMailForm,
)

FORM = ["GET", "HEAD", "POST"]
UNCLEAR = 422


@require_http_methods(FORM)
def organisation(request: Request) -> HttpResponse:
    """How the organisation presents itself."""
    here = queries.own_organisation(viewer=request.viewer)
    demand(rules.may_run(request.viewer, here))
    first = {name: getattr(here, name) for name in SettingsForm.base_fields}
    form = SettingsForm(sent(request), initial=first)
    if form.is_valid():
        actions.change_settings(by=request.viewer, organisation=here, **form.cleaned_data)
        return go("organisations:organisation", request, note=_("Saved."))
    return _form_page(request, "organisations/organisation.html", form)


@require_http_methods(FORM)
def cover(request: Request) -> HttpResponse:
    """When people are here to read."""
    here = queries.own_organisation(viewer=request.viewer)
    demand(rules.may_run(request.viewer, here))
    form = CoverForm(sent(request), initial=CoverForm.initial_for(here.cover))
    if form.is_valid():
        actions.set_cover(by=request.viewer, organisation=here, hours=form.hours())
        return go("organisations:opening", request, note=_("Saved."))
    return _form_page(request, "organisations/cover.html", form, zone=here.zone)


@require_safe
def opening(request: Request) -> HttpResponse:
    """What must be done before the groups open to the public, and by whom."""
    here = queries.own_organisation(viewer=request.viewer)
    return page(
        request,
        "organisations/opening.html",
        lines=queries.gate(viewer=request.viewer),
        is_open=bool(rules.is_open_to_public(here)),
        may_run=bool(rules.may_run(request.viewer, here)),
        close=CloseDoorsForm(),
        organisation=here,
    )


@require_POST
def opening_open(request: Request) -> HttpResponse:
    """Open the doors when the list is done."""
    here = queries.own_organisation(viewer=request.viewer)
    actions.open_doors(by=request.viewer, organisation=here)
    return go("organisations:opening", request, note=_("The groups are open to the public."))


@require_http_methods(FORM)
def opening_close(request: Request) -> HttpResponse:
    """Close the doors again, with a reason."""
    here = queries.own_organisation(viewer=request.viewer)
    demand(rules.may_run(request.viewer, here))
    form = CloseDoorsForm(sent(request))
    if form.is_valid():
        actions.close_doors(by=request.viewer, organisation=here, **form.cleaned_data)
        return go("organisations:opening", request, note=_("The groups are closed."))
    return _form_page(request, "organisations/opening_close.html", form)


@require_safe
def opening_mail(request: Request) -> HttpResponse:
    """See whether mail arrives: send a test, enter its code."""
    return _mail_page(request, TestMailForm(), TestCodeForm())


@require_POST
def opening_mail_send(request: Request) -> HttpResponse:
    """Send the test mail."""
    here = queries.own_organisation(viewer=request.viewer)
    demand(rules.may_run(request.viewer, here))
    form = TestMailForm(request.POST)
    if not form.is_valid():
        return _mail_page(request, form, TestCodeForm())
    mail.test_mail(
        by=request.viewer,
        scope=here.scope,
        to_address=form.cleaned_data["to_address"],
        sender=here.mail_name,
    )
    return go("organisations:opening_mail", request, note=_("On its way. It may take minutes."))


@require_POST
def opening_mail_enter(request: Request) -> HttpResponse:
    """Enter the code that arrived."""
    here = queries.own_organisation(viewer=request.viewer)
    demand(rules.may_run(request.viewer, here))
    form = TestCodeForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data["code"]
        if mail.enter_test_code(by=request.viewer, scope=here.scope, typed=typed):
            return go("organisations:opening", request, note=_("Mail works."))
        form.add_error("code", _("This is not the code of the newest test mail."))
    return _mail_page(request, TestMailForm(), form)


def _mail_page(request: Request, send: TestMailForm, enter: TestCodeForm) -> HttpResponse:
    here = queries.own_organisation(viewer=request.viewer)
    demand(rules.may_run(request.viewer, here))
    return page(
        request,
        "organisations/opening_mail.html",
        status=UNCLEAR if send.errors or enter.errors else 200,
        send=send,
        enter=enter,
        state=mail_state(here.scope),
        set_up=can_send_mail(),
    )


def _form_page(request: Request, template: str, form: Any, **context: Any) -> HttpResponse:
    return page(request, template, status=UNCLEAR if form.errors else 200, form=form, **context)
