"""Changes to one meeting: always explicit, always with a word for those who meant to come."""

import datetime as dt
from typing import TYPE_CHECKING

from holdspace.kit import clock
from holdspace.kit.guard import demand
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import act
from holdspace.ledger.chain import record
from holdspace.ledger.events import announce
from holdspace.meetings.actions.unfold import keep_numbered
from holdspace.meetings.models import Change, Meeting
from holdspace.meetings.models.series import USUAL_SEATS
from holdspace.meetings.parties import actor_in
from holdspace.meetings.rhythm import instant_of
from holdspace.meetings.rules import may_change, may_plan_more, may_restore

if TYPE_CHECKING:
    from holdspace.groups.models import Group


@act
def skip_meeting(*, by: Viewer | str, meeting: Meeting, words: str = "") -> Meeting:
    """The group does not meet on this date; the next one stands. Raises Refused."""
    meeting = _locked(meeting)
    demand(may_change(by, meeting))
    _now_is(meeting, Meeting.State.SKIPPED)
    _changed(meeting, Change.Kind.SKIP, by=by, words=words)
    return meeting


@act
def cancel_meeting(*, by: Viewer | str, meeting: Meeting, words: str = "") -> Meeting:
    """It was to take place and cannot. Seats are kept, so that those people see why.

    Raises Refused.
    """
    meeting = _locked(meeting)
    demand(may_change(by, meeting))
    call_off(meeting, by=by, words=words)
    return meeting


@act
def move_meeting(
    *, by: Viewer | str, meeting: Meeting, day: dt.date, at: dt.time, words: str = ""
) -> Meeting:
    """Another day or time, on the wall of its own zone; it lasts as long as before.

    Raises Refused, also when the new time is past.
    """
    meeting = _locked(meeting)
    demand(may_change(by, meeting))
    if meeting.begins is None or meeting.ends is None:
        return meeting
    length, before = meeting.ends - meeting.begins, meeting.day
    begins = instant_of(day, at, meeting.zone)
    demand(may_change(by, meeting, begins))
    meeting.day, meeting.begins, meeting.ends = day, begins, begins + length
    meeting.version += 1
    meeting.save(update_fields=["day", "begins", "ends", "version"])
    _changed(meeting, Change.Kind.MOVE, by=by, words=words, before=before)
    return meeting


@act
def restore_meeting(*, by: Viewer | str, meeting: Meeting) -> Meeting:
    """A skipped or cancelled meeting takes place after all. Raises Refused."""
    meeting = _locked(meeting)
    demand(may_restore(by, meeting))
    _now_is(meeting, Meeting.State.PLANNED)
    record(meeting.scope, "meeting.restored", actor=actor_in(meeting.group, by), subject=meeting)
    announce("meetings.changed", group=meeting.group_id)
    return meeting


@act
def add_meeting(
    *,
    by: Viewer | str,
    group: "Group",
    day: dt.date,
    at: dt.time,
    minutes: int,
    zone: str,
    attendance: str,
    seats: int = USUAL_SEATS,
    introductory: bool = False,
    area: str = "",
    place: str = "",
    link: str = "",
) -> Meeting:
    """One more meeting, outside any series. Raises Refused, also for a time that is past."""
    begins = instant_of(day, at, zone)
    demand(may_plan_more(by, group, begins))
    meeting = Meeting(
        organisation_id=group.organisation_id,
        group_id=group.id,
        scope=group.scope,
        day=day,
        begins=begins,
        ends=begins + dt.timedelta(minutes=minutes),
        zone=zone,
        attendance=attendance,
        seats=seats,
        introductory=introductory,
        area=area,
        place=place or None,
        link=link or None,
    )
    keep_numbered([meeting])
    record(group.scope, "meeting.added", actor=actor_in(group, by), subject=meeting)
    announce("meetings.planned", group=group.id)
    return meeting


def call_off(meeting: Meeting, *, by: Viewer | str, words: str) -> None:
    """Cancel a meeting whose row is locked already."""
    _now_is(meeting, Meeting.State.CANCELLED)
    _changed(meeting, Change.Kind.CANCEL, by=by, words=words)


def _now_is(meeting: Meeting, state: Meeting.State) -> None:
    meeting.state = state
    meeting.version += 1
    meeting.save(update_fields=["state", "version"])


def _locked(meeting: Meeting) -> Meeting:
    """The row as it is now, held until the act ends."""
    locked: Meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    return locked


def _changed(
    meeting: Meeting, kind: str, *, by: Viewer | str, words: str, before: dt.date | None = None
) -> None:
    Change(
        organisation_id=meeting.organisation_id,
        meeting=meeting,
        scope=meeting.scope,
        number=meeting.changes.count() + 1,
        kind=kind,
        changed_on=clock.today(),
        from_day=before or meeting.day,
        words=words.strip() or None,
    ).save(force_insert=True)
    record(meeting.scope, f"meeting.{kind}", actor=actor_in(meeting.group, by), subject=meeting)
    announce("meetings.changed", group=meeting.group_id, meeting=meeting.id)
