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
    """The hours when people are here: "Monday to Thursday: 18:00 to 22:00"."""
    by_hours: dict[tuple[str, str], list[int]] = defaultdict(list)
    for day, start, end in cover:
        by_hours[str(start), str(end)].append(int(str(day)))
    in_order = sorted((sorted(days), hours) for hours, days in by_hours.items())
    return [
        _("%(days)s: %(start)s to %(end)s") % {"days": days_words(days), "start": start, "end": end}
        for days, (start, end) in in_order
    ]


def days_words(days: list[int]) -> str:
    """Weekdays in order as people say them: "Monday to Thursday, Saturday"."""
    runs: list[list[int]] = []
    for day in days:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    said = []
    for run in runs:
        first, last = str(WEEKDAYS[run[0]]), str(WEEKDAYS[run[-1]])
        if len(run) > 2:  # noqa: PLR2004 -- two days are two names
            said.append(_("%(first)s to %(last)s") % {"first": first, "last": last})
        else:
            said.extend(str(WEEKDAYS[day]) for day in run)
    return ", ".join(said)
