"""Looking for words in one's groups. What is looked for never stands in an address."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from holdspace.kit import clock
from holdspace.kit.answers import page, sign_in_first
from holdspace.kit.asks import Request, sent
from holdspace.kit.zones import reader_zone
from holdspace.threads import queries
from holdspace.threads.forms import FindForm
from holdspace.threads.queries.ground import voices_of
from holdspace.threads.views.ground import GET_POST

if TYPE_CHECKING:
    from holdspace.groups.models import Group


@require_http_methods(GET_POST)
def search(request: Request) -> HttpResponse:
    """The form, and with it what was found: sent as a form, so that no address keeps the words."""
    if not request.viewer.is_somebody:
        return sign_in_first(request)
    groups = [voice.group for voice in voices_of(request.viewer).values()]
    form = FindForm(sent(request), groups=groups, initial={"group": request.GET.get("in", "")})
    found = None
    if form.is_valid():
        found = queries.find(_wish(form.cleaned_data, groups), viewer=request.viewer)
    return page(
        request,
        "threads/search.html",
        status=422 if form.errors else 200,
        form=form,
        found=found,
        zone=reader_zone(request),
        more_open=bool(form.is_bound and (form["writer"].value() or form["since"].value())),
    )


def _wish(given: dict[str, Any], groups: "list[Group]") -> queries.Wish:
    within = {group.code: group.pk for group in groups}
    days = int(given["since"] or 0)
    return queries.Wish(
        words=given["words"],
        group=within.get(given["group"], 0),
        writer=given["writer"],
        since=clock.today() - dt.timedelta(days=days) if days else None,
        notes=tuple(given["notes"]),
        before=given["before"],
    )
