"""Pages that show: a group's meetings, one meeting, my week, whose clock."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from holdspace.groups.queries import current_agreement, group_at
from holdspace.kit.answers import go, page, sign_in_first
from holdspace.kit.asks import Request
from holdspace.kit.guard import public
from holdspace.kit.viewer import Viewer
from holdspace.kit.zones import keep_zone, reader_zone
from holdspace.meetings import queries
from holdspace.meetings.forms import ZoneForm
from holdspace.meetings.rhythm import in_words
from holdspace.meetings.views.shaping import facts_of, row_of
from holdspace.meetings.when import long_day, when


def meetings(request: Request, code: str) -> HttpResponse:
    """What is next in this group; for who plans it, the series too."""
    viewer, zone = request.viewer, reader_zone(request)
    group = group_at(code, viewer=viewer)
    board = queries.board_of(group, viewer=viewer)
    said = [(one, in_words(one.rhythm)) for one in board.series]
    return page(
        request,
        "meetings/meetings.html",
        code=code,
        group_name=group.name,
        list=[row_of(one, code, zone) for one in board.meetings],
        rhythms=[words for _one, words in said],
        series=said,
        runs=board.runs,
        in_calendar=_calendar_of(viewer, code),
        zone=zone,
    )


def _calendar_of(viewer: Viewer, code: str) -> str:
    """Where the viewer has these meetings in a calendar of their own; a visitor has none."""
    if viewer.holder is not None:
        return reverse("meetings:calendar", kwargs={"code": code})
    return reverse("web:my_calendar") if viewer.staff is not None else ""


def meeting(request: Request, code: str, number: int) -> HttpResponse:
    """One meeting: when, where for those with a seat, the seat, and when confidence ends."""
    viewer = request.viewer
    group = group_at(code, viewer=viewer)
    seen = queries.meeting_for(group, number, viewer=viewer)
    return page(
        request,
        "meetings/meeting.html",
        code=code,
        group_name=group.name,
        seen=seen,
        meeting=seen.meeting,
        agreement=current_agreement(group, viewer=viewer) if seen.who else None,
        facts_shown=facts_of(seen),
        time=when(seen.meeting, reader_zone(request)),
        moved_from=long_day(seen.moved_from) if seen.moved_from else "",
        coming=queries.coming_to(seen.meeting, viewer=viewer) if seen.sees_coming else None,
        zone=reader_zone(request),
    )


def week(request: Request) -> HttpResponse:
    """My next seven days across all my groups, and the time they take."""
    if not request.viewer.is_somebody:
        return sign_in_first(request)
    zone = reader_zone(request)
    mine = queries.my_week(viewer=request.viewer, zone=zone)
    days = [
        (day.name, [row_of(m, m.meeting.group.code, zone, named=True) for m in day.meetings])
        for day in mine.days
        if day.meetings
    ]
    return page(request, "meetings/week.html", week=mine, days=days, zone=zone)


@public
def zone(request: Request) -> HttpResponse:
    """Whose clock the pages show, kept for this visit; says nothing about anybody."""
    asked = {"zone": reader_zone(request), "back": request.GET.get("back", "")}
    form = ZoneForm(request.POST or None, initial=asked)
    if request.method == "POST" and form.is_valid():
        keep_zone(request, form.cleaned_data["zone"])
        return go(_inside(form.cleaned_data["back"]), request, note=_("Times are shown like this."))
    return page(request, "meetings/zone.html", form=form)


def _inside(path: str) -> str:
    """A path of our own to go back to; the front page for anything else."""
    own = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if own else "/"
