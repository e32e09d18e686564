"""Making meetings of a series, each with a number within its group."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from holdspace.kit import clock
from holdspace.meetings.models import Meeting, Series
from holdspace.meetings.rhythm import Occurrence, occurrences

AHEAD = dt.timedelta(days=60)
ATTEMPTS = 5
SHARED = ("organisation_id", "group_id", "scope", "zone", "attendance", "seats", "introductory")


def unfold(series: Series) -> list[Meeting]:
    """Make the meetings of the next 60 days that do not exist yet. Safe to run again."""
    now = clock.now()
    known = set(Meeting.objects.filter(series=series).values_list("rule_day", flat=True))
    missing = [
        found for found in occurrences(series.rhythm, now, now + AHEAD) if found.day not in known
    ]
    return keep_numbered([meeting_of(series, found) for found in missing])


def meeting_of(series: Series, found: Occurrence) -> Meeting:
    """An occurrence as a row, without its number."""
    return Meeting(
        series=series,
        rule_day=found.day,
        day=found.day,
        begins=found.begins,
        ends=found.ends,
        area=series.area,
        **{name: getattr(series, name) for name in SHARED},
    )


def keep_numbered(meetings: list[Meeting]) -> list[Meeting]:
    """Write meetings of one group with the next free numbers.

    Two writers may choose the same numbers at once; the unique constraint tells, and the later
    one counts again. Raises IntegrityError when that happens five times running.
    """
    if not meetings:
        return []
    for attempt in range(ATTEMPTS):
        last = _last_number(meetings[0].group_id)
        for step, meeting in enumerate(meetings, start=1):
            meeting.number = last + step
        try:
            with transaction.atomic():
                return list(Meeting.objects.bulk_create(meetings))
        except IntegrityError:
            if attempt == ATTEMPTS - 1:
                raise
    return []


def _last_number(group: int) -> int:
    found: dict[str, Any] = Meeting.objects.filter(group_id=group).aggregate(last=Max("number"))
    return found["last"] or 0
