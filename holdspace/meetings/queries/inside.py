"""What the people of a group see of its meetings."""

import datetime as dt
from typing import TYPE_CHECKING, cast

from holdspace.kit import clock
from holdspace.kit.guard import Unseen, demand, sees
from holdspace.kit.verdicts import no, yes
from holdspace.kit.viewer import Viewer
from holdspace.meetings import rules
from holdspace.meetings.models import Change, Meeting, Series
from holdspace.meetings.parties import seated_as, who_in
from holdspace.meetings.queries.seen import (
    Board,
    Listed,
    Seen,
    ahead_and_mine,
    free_seats,
    is_mine,
    listed_mine,
    live_series,
    with_taken,
)
from holdspace.members.rules import has_accepted

if TYPE_CHECKING:
    from holdspace.groups.models import Group
    from holdspace.members.models import Member, Visit

ON_A_PAGE = 30
SPEAKS = {"cancelled": "cancel", "skipped": "skip"}


@sees
def meetings_of(group: "Group", *, viewer: Viewer, many: int = ON_A_PAGE) -> list[Listed]:
    """The next meetings of a group, for its people, each with whether they have a seat.

    Raises Unseen for who does not belong here, Refused for a member with something to read first.
    """
    return _listed(group, _inside(group, viewer), many)


def _listed(group: "Group", who: "Member | Visit | None", many: int) -> list[Listed]:
    members, visits = seated_as(who)
    now = clock.now()
    rows = ahead_and_mine(groups=[group.id], members=members, visits=visits, now=now, many=many)
    return listed_mine(rows)


@sees
def board_of(group: "Group", *, viewer: Viewer) -> Board:
    """The meetings ahead of a group and its series, for its people, with which seats are theirs.

    Raises Unseen for who does not belong here, Refused for a member with something to read first.
    """
    who = _inside(group, viewer)
    return Board(
        meetings=_listed(group, who, ON_A_PAGE),
        series=list(live_series(group)),
        runs=bool(rules.may_plan_more(who or viewer, group)),
    )


@sees
def meeting_for(group: "Group", number: int, *, viewer: Viewer) -> Seen:
    """One meeting, with its exact place only for those with a seat and for who plans it.

    Raises Unseen for who does not belong here and when there is no such meeting, Refused for a
    member with something to read first. A visitor sees introductory sessions only.
    """
    who = _inside(group, viewer)
    rows = with_taken(Meeting.objects.filter(group=group, number=number)).defer(None)
    meeting = rows.select_related("series").annotate(is_mine=is_mine(*seated_as(who))).first()
    if meeting is None or (_is_visit(who) and not meeting.introductory):
        raise Unseen
    meeting.group = group
    return _seen(meeting, who, viewer, mine=meeting.is_mine)


def _inside(group: "Group", viewer: Viewer) -> "Member | Visit | None":
    """Who the viewer is here; None for staff who plan or facilitate."""
    who = who_in(group, viewer)
    if who is None:
        if not rules.may_plan(viewer, group):
            raise Unseen
    elif not _is_visit(who):
        demand(has_accepted(viewer, group, cast("Member", who)))
    return who


def _is_visit(who: "Member | Visit | None") -> bool:
    return who is not None and who._meta.model_name == "visit"


def _seen(meeting: Meeting, who: "Member | Visit | None", viewer: Viewer, *, mine: bool) -> Seen:
    actor, group, free = who or viewer, meeting.group, free_seats(meeting)
    verdict = rules.may_take_seat(who, meeting, free) if who else no("")
    runs = bool(rules.may_plan(actor, group))
    where = yes() if runs else rules.may_see_place(actor, meeting, seated=mine)
    shows = bool(where)
    story = list(Change.objects.filter(meeting=meeting).order_by("number"))
    last = _last(meeting, story)
    return Seen(
        meeting=meeting,
        group=group,
        who=who,
        runs=runs,
        sees_coming=runs and bool(rules.may_see_coming(actor, meeting)),
        free=free,
        mine=mine,
        may_take=bool(verdict) and not mine,
        why_not=verdict.reason,
        shows_place=shows,
        hidden=where.reason,
        place=meeting.exact_place if shows and meeting.in_a_room else "",
        link=meeting.join_link if shows and meeting.on_a_line else "",
        words=(last.words or "") if last else "",
        moved=any(change.kind == Change.Kind.MOVE for change in story),
        moved_from=_moved_from(meeting, story),
        may_change=runs and bool(rules.may_change(actor, meeting)),
        may_restore=runs and bool(rules.may_restore(actor, meeting)),
    )


def _last(meeting: Meeting, story: list[Change]) -> Change | None:
    """The change that speaks for the meeting as it stands; none for one that was put back."""
    kind = SPEAKS.get(meeting.state, "move")
    return next((change for change in reversed(story) if change.kind == kind), None)


def _moved_from(meeting: Meeting, story: list[Change]) -> dt.date | None:
    """The day it was planned for at first, where that is another one."""
    first = next((change.from_day for change in story if change.kind == Change.Kind.MOVE), None)
    return None if first == meeting.day else first


@sees
def series_for(group: "Group", series: int, *, viewer: Viewer) -> Series:
    """One series that is not over, for who plans it. Raises Unseen."""
    if not rules.may_plan(viewer, group):
        raise Unseen
    found = live_series(group).defer(None).filter(pk=series).first()
    if found is None:
        raise Unseen
    found.group = group
    return found
