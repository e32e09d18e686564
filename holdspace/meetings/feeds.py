"""A calendar of rows: known by a mark whether it changed, and written only if it did.

The mark is made of versions and of what the calendar's owner chose, under the secret of that one
calendar, so that no two calendars can be compared; it is kept nowhere. Events are known by ids
made the same way.
"""

import datetime as dt
import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from django.utils import translation

from holdspace.kit import clock
from holdspace.kit.speaking import language
from holdspace.meetings.calendar import Calendar, Once, Repeated, written
from holdspace.meetings.models import Meeting, Series
from holdspace.meetings.rhythm import Rhythm, days_of
from holdspace.meetings.telling import Telling, said_of
from holdspace.vault.scopes import prefetch

if TYPE_CHECKING:
    from holdspace.groups.models import Group

EDITION = 1  # raised when the same rows are to be written in another way
GIVEN_UP = {Meeting.State.SKIPPED, Meeting.State.CANCELLED}


@dataclass(frozen=True)
class Feed:
    """The series and changed meetings of some groups, for one reader.

    `since` holds for each group the day from which its meetings are told. `opened` are meetings
    whose place and link the reader may see, `leading` says that they may see all of them. Without
    series, each meeting stands by itself. `language` is the reader's: programs say none of theirs.
    """

    secret: bytes
    name: str
    how: Telling
    groups: "Mapping[int, Group]"
    series: list[Series] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    since: Mapping[int, dt.date] = field(default_factory=dict)
    opened: frozenset[int] = frozenset()
    leading: bool = False
    language: str = field(default_factory=language)

    def __post_init__(self) -> None:
        for one in (*self.series, *self.meetings):
            one.group = self.groups[one.group_id]
        by_id = {series.id: series for series in self.series}
        for meeting in self.meetings:
            if meeting.series_id in by_id:
                meeting.series = by_id[meeting.series_id]

    @cached_property
    def mark(self) -> str:
        """Another one whenever the calendar would be written otherwise."""
        facts = [
            EDITION, clock.today().year, self.language, self.name, self.how,
            sorted(self.since.items()), [(g.id, g.name, g.code) for g in self.groups.values()],
            sorted((one.id, one.version) for one in self.series),
            sorted((m.id, m.version, m.state, m.begins is None, m.id in self.opened)
                   for m in self.meetings),
        ]  # fmt: skip
        return self._sign("mark", repr(facts))

    def text(self) -> bytes:
        """The calendar itself."""
        if self.how.place or self.how.link:
            prefetch(group.scope for group in self.groups.values())
        with translation.override(self.language):
            return written(Calendar(self.name, list(self._events()), clock.now()))

    def _sign(self, what: str, value: object) -> str:
        return hmac.new(self.secret, f"{what}|{value}".encode(), sha256).hexdigest()[:32]

    def _events(self) -> Iterator[Once | Repeated]:
        changed: dict[int, list[Meeting]] = {one.id: [] for one in self.series}
        for meeting in self.meetings:
            if meeting.series_id in changed:
                changed[meeting.series_id].append(meeting)
            elif meeting.ends is not None:
                yield self._alone(meeting)
        for one in self.series:
            yield from self._repeated(one, changed[one.id])

    def _repeated(self, series: Series, changed: list[Meeting]) -> Iterator[Once | Repeated]:
        """A series, and after it each of its dates that is not as the rule has it."""
        rhythm, uid = series.rhythm, self._sign("series", series.id)
        left_out: set[dt.date] = set()
        others: list[Once | Repeated] = []
        for meeting in changed:
            day = meeting.rule_day
            if day is None or day not in days_of(rhythm, day, day):
                others += [self._alone(meeting)] if meeting.ends is not None else []
            elif meeting.begins is None or meeting.state == Meeting.State.SKIPPED:
                left_out.add(day)
            else:
                others.append(self._instead(meeting, rhythm, uid, series.version))
        yield Repeated(
            uid=uid,
            rhythm=rhythm,
            said=said_of(series, series.group, self.how, opened=self.leading),
            sequence=series.version,
            since=self.since.get(series.group_id),
            left_out=frozenset(left_out),
        )
        yield from others

    def _instead(self, meeting: Meeting, rhythm: Rhythm, uid: str, version: int) -> Once:
        day = meeting.rule_day or meeting.day
        return self._once(
            meeting,
            uid=uid,
            sequence=version + meeting.version,
            original=dt.datetime.combine(day, rhythm.at),
            original_zone=rhythm.zone,
        )

    def _alone(self, meeting: Meeting) -> Once:
        return self._once(
            meeting, uid=self._sign("meeting", meeting.id), sequence=meeting.version, original=None
        )

    def _once(
        self,
        meeting: Meeting,
        *,
        uid: str,
        sequence: int,
        original: dt.datetime | None,
        original_zone: str = "",
    ) -> Once:
        opened = self.leading or meeting.id in self.opened
        return Once(
            uid=uid,
            begins=meeting.begins or clock.now(),
            ends=meeting.ends or clock.now(),
            zone=meeting.zone,
            said=said_of(meeting, meeting.group, self.how, opened=opened),
            sequence=sequence,
            original=original,
            original_zone=original_zone,
            is_off=meeting.state in GIVEN_UP,
        )
