"""The first page: what is on tonight, three doors, what a group is, who runs this."""

from collections import defaultdict

from django.http import HttpResponse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from holdspace.care.queries import universal_lines
from holdspace.directory.queries import cards_tonight
from holdspace.kit.answers import page
from holdspace.kit.asks import Request
from holdspace.kit.zones import reader_zone
from holdspace.organisations.queries import is_covered
from holdspace.organisations.rules import is_open_to_public


@require_safe
def home(request: Request) -> HttpResponse:
    """The organisation's first page."""
    organisation = request.organisation
    zone = reader_zone(request)
    return page(
        request,
        "web/home.html",
        organisation=organisation,
        is_open=bool(is_open_to_public(organisation)),
        tonight=cards_tonight(viewer=request.viewer, zone=zone),
        lines=[line.name for line in universal_lines(organisation.country, viewer=request.viewer)],
        covered=is_covered(organisation),
        hours=hours_words(organisation.cover),
    )


def hours_words(cover: list[list[object]]) -> list[str]:
    """The hours when people are here: "Monday, Wednesday: 18:00 to 22:00"."""
    by_hours: dict[tuple[str, str], list[int]] = defaultdict(list)
    for day, start, end in cover:
        by_hours[str(start), str(end)].append(int(str(day)))
    return [
        _("%(days)s: %(start)s to %(end)s")
        % {
            "days": ", ".join(str(WEEKDAYS[day]) for day in sorted(days)),
            "start": start,
            "end": end,
        }
        for (start, end), days in sorted(by_hours.items())
    ]
