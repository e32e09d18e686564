"""What a group's facilitators see of those who come, wait, ask and visit."""

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from holdspace.groups.queries import groups_led
from holdspace.groups.rules import may_arrange, may_lead
from holdspace.kit import clock
from holdspace.kit.guard import Unseen, sees
from holdspace.kit.models import OrganisationRow
from holdspace.kit.viewer import Viewer
from holdspace.members import rules
from holdspace.members.models import Application, Invitation, Recognition, Return, Visit, Waiting
from holdspace.members.tokens import digest
from holdspace.vault.scopes import prefetch

if TYPE_CHECKING:
    from holdspace.groups.models import Group


R = TypeVar("R", bound=OrganisationRow)


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
    here = {"group": group}
    visits = Visit.objects.filter(**here)
    turns = Waiting.objects.filter(**here)
    return Door(
        applications=_open_applications(group).count() if may_lead(viewer, group) else 0,
        visits_asked=visits.filter(standing=Visit.Standing.ASKED).count(),
        visits_expected=visits.filter(standing=Visit.Standing.EXPECTED).count(),
        waiting=turns.filter(standing=Waiting.Standing.WAITING).count(),
        offers=turns.filter(standing=Waiting.Standing.OFFERED).count(),
        recognitions=_recognitions(group, viewer).filter(settled_on=None).count(),
        returns=Return.objects.filter(**here, until__gte=clock.today()).count(),
    )


@sees
def doors_led(*, viewer: Viewer) -> list[tuple["Group", Door]]:
    """Every group that this staff account leads, each with what waits at its door.

    As many queries for one group as for thirty; none for others.
    """
    groups = groups_led(viewer=viewer)
    ids = [group.id for group in groups]
    to = [Recognition.To.FACILITATOR]
    if viewer.has_role("coordinator"):
        to.append(Recognition.To.COORDINATOR)
    words = Recognition.objects.filter(group__in=ids, to__in=to, settled_on=None)
    returns = Return.objects.filter(group__in=ids, until__gte=clock.today())
    asked = _standings(Application.objects.filter(group__in=ids))
    visits = _standings(Visit.objects.filter(group__in=ids))
    turns = _standings(Waiting.objects.filter(group__in=ids))
    told = Counter(words.values_list("group_id", flat=True))
    back = Counter(returns.values_list("group_id", flat=True))
    return [
        (
            group,
            Door(
                applications=asked[group.id, Application.Standing.OPEN],
                visits_asked=visits[group.id, Visit.Standing.ASKED],
                visits_expected=visits[group.id, Visit.Standing.EXPECTED],
                waiting=turns[group.id, Waiting.Standing.WAITING],
                offers=turns[group.id, Waiting.Standing.OFFERED],
                recognitions=told[group.id],
                returns=back[group.id],
            ),
        )
        for group in groups
    ]


def _standings(rows: Any) -> Counter[tuple[int, str]]:
    """How many rows of each group stand how."""
    return Counter(rows.values_list("group_id", "standing"))


def _open_applications(group: "Group") -> Any:
    return Application.objects.filter(group=group, standing=Application.Standing.OPEN)


@sees
def applications_to(group: "Group", *, viewer: Viewer) -> list[Application]:
    """Applications being read, oldest first; for facilitators who work here. Raises Unseen."""
    if not may_lead(viewer, group):
        raise Unseen
    rows = list(_open_applications(group).select_related("group").order_by("since", "id"))
    prefetch(row.scope for row in rows)
    return rows


@sees
def application_numbered(group: "Group", application: int, *, viewer: Viewer) -> Application:
    """One of them. Raises Unseen."""
    return _one(applications_to(group, viewer=viewer), application)


@sees
def visits_to(group: "Group", *, viewer: Viewer) -> list[Visit]:
    """Visits asked and expected, soonest first. Raises Unseen to those who do not facilitate."""
    if not rules.may_facilitate(viewer, group):
        raise Unseen
    rows = list(Visit.objects.filter(group=group).select_related("group").order_by("ends", "id"))
    prefetch(row.scope for row in rows)
    return rows


@sees
def visit_numbered(group: "Group", visit: int, *, viewer: Viewer) -> Visit:
    """One of them. Raises Unseen."""
    return _one(visits_to(group, viewer=viewer), visit)


@sees
def line_at(group: "Group", *, viewer: Viewer) -> list[Waiting]:
    """The waiting list in order: numbers and days, no names. Raises Unseen."""
    if not (rules.may_facilitate(viewer, group) or may_arrange(viewer, group)):
        raise Unseen
    live = Waiting.objects.filter(group=group, standing__in=Waiting.LIVE)
    return list(live.order_by("number"))


@sees
def invitations_to(group: "Group", *, viewer: Viewer) -> list[Invitation]:
    """Invitations not used yet. Raises Unseen."""
    if not rules.may_facilitate(viewer, group):
        raise Unseen
    rows = Invitation.objects.filter(group=group, until__gte=clock.today())
    return list(rows.select_related("group__organisation").order_by("until", "id"))


@sees
def invitation_numbered(group: "Group", invitation: int, *, viewer: Viewer) -> Invitation:
    """One of them. Raises Unseen."""
    return _one(invitations_to(group, viewer=viewer), invitation)


def _recognitions(group: "Group", viewer: Viewer) -> Any:
    to = []
    if may_lead(viewer, group):
        to.append(Recognition.To.FACILITATOR)
    if may_arrange(viewer, group):
        to.append(Recognition.To.COORDINATOR)
    return Recognition.objects.filter(group=group, to__in=to)


@sees
def recognitions_in(group: "Group", *, viewer: Viewer) -> list[Recognition]:
    """Private words written to this viewer's side, unsettled first; with who wrote them.

    Whoever does not see inside has no more need of words, and of a name, once they saw to it.
    """
    rows = _recognitions(group, viewer).select_related("member", "visit", "group")
    if not may_lead(viewer, group):
        rows = rows.filter(settled_on=None)
    found = sorted(rows, key=lambda r: (r.settled_on is not None, r.since, r.id))
    prefetch(row.scope for row in found)
    return found


@sees
def recognition_numbered(group: "Group", recognition: int, *, viewer: Viewer) -> Recognition:
    """One of them. Raises Unseen."""
    return _one(recognitions_in(group, viewer=viewer), recognition)


@sees
def returns_to(group: "Group", *, viewer: Viewer) -> list[Return]:
    """Requests to be let back that a first person vouched for, for a second one. Raises Unseen."""
    if not rules.may_vouch(viewer, group):
        raise Unseen
    rows = Return.objects.filter(group=group, until__gte=clock.today(), member__isnull=False)
    found = list(rows.select_related("member", "group").order_by("until", "id"))
    prefetch(row.member.scope for row in found if row.member)
    return found


@sees
def return_numbered(group: "Group", asked: int, *, viewer: Viewer) -> Return:
    """One of them. Raises Unseen."""
    return _one(returns_to(group, viewer=viewer), asked)


def _one(rows: list[R], wanted: int) -> R:
    for row in rows:
        if row.id == wanted:
            return row
    raise Unseen


@sees
def invitation_is_good(group: "Group", token: str, *, viewer: Viewer) -> bool:
    """Whether a link's token is an unused invitation to this group, within its day."""
    mine = Invitation.objects.filter(group=group, digest=digest(token))
    return mine.filter(until__gte=clock.today()).exists()


@sees
def invitation_at(token: str, *, viewer: Viewer) -> Invitation:
    """The invitation a link opens, with its group. Raises Unseen."""
    rows = Invitation.objects.filter(digest=digest(token), until__gte=clock.today())
    found: Invitation | None = rows.select_related("group__organisation").first()
    if found is None:
        raise Unseen
    return found
