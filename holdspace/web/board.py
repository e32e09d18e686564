"""Work: what needs me now, first; for coordinators one board of all groups."""

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse

from holdspace.care.queries import line_alarms
from holdspace.groups.queries import freshness, groups_all
from holdspace.kit import clock
from holdspace.kit.answers import go, page
from holdspace.kit.asks import Request
from holdspace.kit.guard import Unseen
from holdspace.kit.viewer import Viewer
from holdspace.kit.zones import reader_zone
from holdspace.meetings.queries import next_of_groups
from holdspace.meetings.queries.seen import Listed
from holdspace.members.queries import Door, doors_led, longest_waits, places_in_all
from holdspace.staff.rules import may_coordinate, may_operate, may_work
from holdspace.threads.queries import News, news_for
from holdspace.web.operation import operation_of

if TYPE_CHECKING:
    from holdspace.groups.models import Group


@dataclass(frozen=True, slots=True)
class Led:
    """A group that this person leads: what is next, and what waits at its door."""

    group: "Group"
    next: Listed | None
    door: Door
    news: News | None

    @property
    def needs_somebody(self) -> bool:
        """Whether somebody waits for an answer, at the door or inside."""
        return bool(self.door.needs_somebody or (self.news and self.news.first))


@dataclass(frozen=True, slots=True)
class Line:
    """One group on the coordinator's board."""

    group: "Group"
    next: Listed | None
    taken: int
    places: int
    led: list[Any]
    fresh: str
    days_since_confirmed: int | None
    longest_wait: int | None

    @property
    def needs_somebody(self) -> bool:
        """Open, and without a date, without a facilitator, or not confirmed for long."""
        is_open = self.group.state == "open"
        return is_open and not (self.next and self.led and self.fresh == "fresh")


def work(request: Request) -> HttpResponse:
    """The first page of everybody who works here."""
    viewer = request.viewer
    if viewer.staff is None:
        if viewer.is_somebody:
            raise Unseen
        return go("people:sign_in", request)
    coordinates = bool(may_coordinate(viewer))
    return page(
        request,
        "web/work.html",
        led=_led(viewer),
        lines=_lines(viewer) if coordinates else [],
        alarms=_alarms(request) if coordinates else {},
        coordinates=coordinates,
        works=bool(may_work(viewer)),
        operation=operation_of(request.organisation) if may_operate(viewer) else None,
        zone=reader_zone(request),
    )


def _led(viewer: Viewer) -> list[Led]:
    doors = doors_led(viewer=viewer)
    soon = next_of_groups([group.id for group, _door in doors], viewer=viewer)
    news = {one.group.id: one for one in (news_for(viewer=viewer) if doors else ())}
    led = [Led(group, soon.get(group.id), door, news.get(group.id)) for group, door in doors]
    return sorted(led, key=lambda one: (not one.needs_somebody, one.group.name))


def _lines(viewer: Viewer) -> list[Line]:
    groups = [group for group in groups_all(viewer=viewer) if group.state != "ended"]
    soon = next_of_groups([group.id for group in groups], viewer=viewer)
    places = places_in_all(groups, viewer=viewer)
    waits = longest_waits(viewer=viewer)
    lines = [
        Line(
            group,
            soon.get(group.id),
            *places[group.id],
            _led_by(group),
            freshness(group),
            _days(group),
            waits.get(group.id),
        )
        for group in groups
    ]
    return sorted(lines, key=lambda line: not line.needs_somebody)


def _alarms(request: Request) -> dict[str, int]:
    """How many lines of help somebody should look at, by what is wrong with them."""
    alarms = line_alarms(request.organisation.country, viewer=request.viewer)
    return Counter(one.alarm for one in alarms)


def _led_by(group: Any) -> list[Any]:
    """Who leads it, as `groups_all` brought them along."""
    return list(group.led)


def _days(group: "Group") -> int | None:
    return (clock.today() - group.confirmed_on).days if group.confirmed_on else None
