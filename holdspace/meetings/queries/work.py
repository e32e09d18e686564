"""What whoever runs a meeting sees beforehand: who comes, by alias, and who is new."""

import datetime as dt
from typing import TYPE_CHECKING

from holdspace.kit import clock
from holdspace.kit.guard import Unseen, sees
from holdspace.kit.viewer import Viewer
from holdspace.meetings import rules
from holdspace.meetings.models import Meeting, Seat
from holdspace.meetings.queries.seen import Coming
from holdspace.vault.scopes import prefetch

if TYPE_CHECKING:
    from holdspace.members.models import Member, Visit

NEW_FOR = dt.timedelta(weeks=4)


@sees
def coming_to(meeting: Meeting, *, viewer: Viewer) -> list[Coming]:
    """Everybody with a seat, newcomers first, then by alias. Raises Unseen for who does not run it.

    Aliases are those of this group; nothing here leads to a person.
    """
    if not rules.may_see_coming(viewer, meeting):
        raise Unseen
    today = clock.today()
    seats = list(Seat.objects.filter(meeting=meeting).select_related("member", "visit"))
    prefetch(one.scope for seat in seats if (one := seat.member or seat.visit))
    coming = [_visitor(seat.visit) for seat in seats if seat.visit]
    coming += [_member(seat.member, today) for seat in seats if seat.member]
    return sorted(coming, key=lambda one: (not one.is_new, one.alias.casefold()))


def _visitor(visit: "Visit") -> Coming:
    greeted, listens = bool(visit.wishes.get("greeted")), bool(visit.wishes.get("listens"))
    return Coming(
        visit.alias, visit.seed, is_new=True, is_visit=True, greeted=greeted, listens=listens
    )


def _member(member: "Member", today: dt.date) -> Coming:
    """A member of less than four weeks is new."""
    is_new = member.joined_on > today - NEW_FOR
    listens = bool(member.said["reads"])
    return Coming(member.alias, member.seed, is_new=is_new, is_visit=False, listens=listens)
