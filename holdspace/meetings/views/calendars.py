"""Calendars that programs ask for: the organisation's and each listed group's, for anybody."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from holdspace.kit.answers import if_changed
from holdspace.kit.asks import Request
from holdspace.meetings import queries

CALENDAR = "text/calendar; charset=utf-8"


@require_safe
def open_calendar(request: Request, code: str = "") -> HttpResponse:
    """All meetings of groups that anybody may find, or of one of them."""
    house = request.organisation
    feed = queries.open_calendar(
        viewer=request.viewer,
        scope=house.scope,
        name=house.name,
        house=request.build_absolute_uri("/").rstrip("/"),
        code=code,
    )
    return if_changed(request, feed.mark, feed.text, kind=CALENDAR, kept="no-cache")
