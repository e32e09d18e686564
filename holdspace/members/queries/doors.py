"""What is at the doors of the groups that somebody leads, in numbers, in one question."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Count, F, Value

from holdspace.groups.queries import groups_led
from holdspace.groups.rules import may_arrange, may_lead
from holdspace.kit import clock
from holdspace.kit.guard import Unseen, sees
from holdspace.kit.viewer import Viewer
from holdspace.members import rules
from holdspace.members.models import Application, Recognition, Return, Visit, Waiting

if TYPE_CHECKING:
    from holdspace.groups.models import Group

RECOGNISED, BACK = "recognised", "back"
AT_A_DOOR = (Visit.Standing.ASKED, Visit.Standing.EXPECTED)
IN_LINE = (Waiting.Standing.WAITING, Waiting.Standing.OFFERED)


@dataclass(frozen=True, slots=True)
class Door:
    """What is at a group's door, in numbers, for those who lead it."""

    applications: int
    visits_asked: int
    visits_expected: int
    waiting: int
    offers: int
    recognitions: int
    returns: int

    @property
    def needs_somebody(self) -> int:
        """How many things wait for a facilitator's answer."""
        return self.applications + self.visits_asked + self.recognitions + self.returns


@sees
def at_the_door(group: "Group", *, viewer: Viewer) -> Door:
    """What waits at the group's door. Raises Unseen to those who do not facilitate."""
    if not rules.may_facilitate(viewer, group):
        raise Unseen
    counted = _counted([group.id], written_to(group, viewer))
    return _door(group, counted, reads=bool(may_lead(viewer, group)))


@sees
def doors_led(*, viewer: Viewer) -> list[tuple["Group", Door]]:
    """Every group that this staff account leads, each with what waits at its door.

    As many queries for one group as for thirty; none for others.
    """
    groups = groups_led(viewer=viewer)
    to = [Recognition.To.FACILITATOR]
    if viewer.has_role("coordinator"):
        to.append(Recognition.To.COORDINATOR)
    counted = _counted([group.id for group in groups], to)
    return [(group, _door(group, counted, reads=True)) for group in groups]


def written_to(group: "Group", viewer: Viewer) -> list[Recognition.To]:
    """To whom the private words are written that this viewer reads; a fact of the rules."""
    to = []
    if may_lead(viewer, group):
        to.append(Recognition.To.FACILITATOR)
    if may_arrange(viewer, group):
        to.append(Recognition.To.COORDINATOR)
    return to


def _door(group: "Group", counted: Counter[tuple[int, str]], *, reads: bool) -> Door:
    return Door(
        applications=counted[group.id, Application.Standing.OPEN] if reads else 0,
        visits_asked=counted[group.id, Visit.Standing.ASKED],
        visits_expected=counted[group.id, Visit.Standing.EXPECTED],
        waiting=counted[group.id, Waiting.Standing.WAITING],
        offers=counted[group.id, Waiting.Standing.OFFERED],
        recognitions=counted[group.id, RECOGNISED],
        returns=counted[group.id, BACK],
    )


def _counted(ids: list[int], to: Iterable[Recognition.To]) -> Counter[tuple[int, str]]:
    """How many of what there are in each group; the words for standings are all different."""
    if not ids:
        return Counter()
    applications = Application.objects.filter(standing=Application.Standing.OPEN)
    words = Recognition.objects.filter(to__in=list(to), settled_on=None)
    returns = Return.objects.filter(until__gte=clock.today())
    first, *others = (
        _many(rows.filter(group__in=ids), what)
        for rows, what in (
            (applications, F("standing")),
            (Visit.objects.filter(standing__in=AT_A_DOOR), F("standing")),
            (Waiting.objects.filter(standing__in=IN_LINE), F("standing")),
            (words, Value(RECOGNISED, CharField())),
            (returns, Value(BACK, CharField())),
        )
    )
    rows = first.union(*others, all=True)
    return Counter({(group, what): many for group, what, many in rows})


def _many(rows: Any, what: Any) -> Any:
    counted = rows.order_by().annotate(what=what).values("group_id", "what")
    return counted.annotate(many=Count("pk")).values_list("group_id", "what", "many")
