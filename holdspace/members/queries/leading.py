"""What a group's facilitators see of those who come, wait, ask and visit."""

from typing import TYPE_CHECKING, Any, TypeVar

from holdspace.groups.rules import may_arrange, may_lead
from holdspace.kit import clock
from holdspace.kit.guard import Unseen, sees
from holdspace.kit.models import OrganisationRow
from holdspace.kit.viewer import Viewer
from holdspace.members import rules
from holdspace.members.models import (
    Application,
    Invitation,
    Member,
    Recognition,
    Return,
    Visit,
    Waiting,
)
from holdspace.members.queries.doors import written_to
from holdspace.members.tokens import digest
from holdspace.members.use import unused_in
from holdspace.vault.scopes import prefetch

if TYPE_CHECKING:
    from holdspace.groups.models import Group


R = TypeVar("R", bound=OrganisationRow)


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
def unused_places(group: "Group", *, viewer: Viewer) -> list[Member]:
    """Members who have done nothing with their place; for facilitators who work here.

    Raises Unseen.
    """
    if not rules.may_free_unused(viewer, group):
        raise Unseen
    return unused_in(group)


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
    return Recognition.objects.filter(group=group, to__in=written_to(group, viewer))


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
