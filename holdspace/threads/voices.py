"""Whom a viewer is in one group's conversation: a member, a facilitator who works here, a visitor.

A voice is found once for a page or an act, and everything else is asked of it.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from holdspace.groups.queries import leadership_in
from holdspace.kit.guard import Unseen, demand
from holdspace.kit.viewer import Viewer
from holdspace.members.queries import member_for, visit_of
from holdspace.members.rules import has_accepted
from holdspace.vault.tags import tag

if TYPE_CHECKING:
    from holdspace.groups.models import Group
    from holdspace.members.models import Member, Visit
    from holdspace.staff.models import StaffAccount

LEADS_BY_ALIAS = "co-facilitator"
GREETS = {"greeter", LEADS_BY_ALIAS}


@dataclass(frozen=True, slots=True)
class Voice:
    """Who looks or speaks in a group. Exactly one of member, staff and visit is there."""

    group: "Group"
    viewer: Viewer
    member: "Member | None" = None
    staff: "StaffAccount | None" = None
    visit: "Visit | None" = None

    @property
    def facilitates(self) -> bool:
        """Facilitators who work here, and a member who is co-facilitator by alias."""
        return self.viewer.staff is not None or (
            self.member is not None and self.member.role == LEADS_BY_ALIAS
        )

    @property
    def greets(self) -> bool:
        """Who is shown first posts that nobody has answered (T6)."""
        return self.facilitates or (self.member is not None and self.member.role in GREETS)

    @property
    def columns(self) -> dict[str, Any]:
        """The columns by which rows name this voice, as a filter or as values."""
        return {"member": self.member, "staff": self.staff}

    @property
    def scope(self) -> int:
        """Under what this voice's own words are sealed: a member's key, or the group's."""
        return int(self.member.scope if self.member is not None else self.group.scope)

    @property
    def actor(self) -> object:
        """As whom the group's chain names this voice."""
        return self.member if self.member is not None else self.viewer

    def is_named_by(self, row: Any) -> bool:
        """Whether a row with columns `member` and `staff` names this voice."""
        if self.member is not None:
            return bool(row.member_id == self.member.pk)
        return self.staff is not None and bool(row.staff_id == self.staff.pk)

    def tag_of(self, purpose: str, value: object) -> bytes:
        """A tag that only this voice's key can make."""
        who = f"|{self.staff.pk}" if self.staff is not None else ""
        return tag(self.scope, f"threads|{purpose}{who}", str(value))


def voice_in(group: "Group", viewer: Viewer) -> Voice:
    """The viewer's voice in this group.

    Raises Unseen for who does not belong here, Refused for a member who has not yet accepted what
    the group agreed since.
    """
    if viewer.staff is not None:
        return _staff_voice(group, viewer)
    member = member_for(group, viewer=viewer)
    if member is not None:
        demand(has_accepted(viewer, group, member))
        return Voice(group, viewer, member=member)
    visit = visit_of(viewer=viewer) if viewer.visit is not None else None
    if visit is not None and visit.group_id == group.pk and visit.standing == "expected":
        return Voice(group, viewer, visit=visit)
    raise Unseen


def _staff_voice(group: "Group", viewer: Viewer) -> Voice:
    led = leadership_in(group, viewer=viewer)
    if led is None:
        raise Unseen
    return Voice(group, viewer, staff=led.staff)
