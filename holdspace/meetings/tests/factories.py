"""Meetings, members and visits for tests, made by the acts that make them."""

import datetime as dt
import itertools
from typing import Any

from holdspace.consent.queries import VISITING
from holdspace.groups.models import Group
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import SYSTEM
from holdspace.meetings import actions
from holdspace.meetings.models import Meeting, Series
from holdspace.meetings.rhythm import Rhythm, Weekly
from holdspace.members.actions import ask_to_visit, join_group
from holdspace.members.models import Member, Visit
from holdspace.members.tests.factories import a_person

# A Sunday in November, three weeks after London's clocks went back.
SUNDAY = dt.datetime(2026, 11, 15, 10, 0, tzinfo=dt.UTC)
TUESDAY = 1
PLACE = "Flat 3, 12 Canary Row, buzzer marked Finch"
LINK = "https://meet.example.org/canary-room"

_numbers = itertools.count(1)
NAMES = ["Wren", "Finch", "Otter", "Rowan", "Heron", "Linnet", "Badger", "Hazel", "Plover", "Elm"]


def tuesdays(**more: Any) -> Rhythm:
    """Every Tuesday, 19:00 to 20:30, London time, from the first of November."""
    details: dict[str, Any] = {
        "shape": Weekly((TUESDAY,)),
        "starts": dt.date(2026, 11, 1),
        "at": dt.time(19),
        "minutes": 90,
        "zone": "Europe/London",
    }
    return Rhythm(**{**details, **more})


def a_series(group: Group, rhythm: Rhythm | None = None, **details: Any) -> Series:
    """A planned series, in person, with an exact place and a link that must not leak."""
    details = {
        "attendance": "hybrid", "area": "Leith, near the library", "place": PLACE, "link": LINK,
        **details,
    }  # fmt: skip
    return actions.plan_series(by=SYSTEM, group=group, rhythm=rhythm or tuesdays(), **details)


def first_meeting(series: Series) -> Meeting:
    """The soonest meeting of a series."""
    return Meeting.objects.filter(series=series).order_by("begins")[0]


def somebody(group: Group) -> Viewer:
    """Someone signed in, with no membership yet."""
    return a_person(group.organisation)


def a_member(group: Group, alias: str = "", viewer: Viewer | None = None) -> tuple[Viewer, Member]:
    """Someone who joined the group."""
    viewer = viewer or somebody(group)
    number = next(_numbers)
    member = join_group(
        by=viewer,
        group=group,
        alias=alias or f"{NAMES[number % 10]} {NAMES[number // 10 % 10]} {NAMES[number // 100]}",
        seed=number,
        agreement=group.agreements.count(),
        affirmed="adult",
        sure=True,
    )
    return viewer, member


def a_visit(group: Group, meeting: Meeting | None = None) -> tuple[Viewer, Visit]:
    """A visitor under a name for the evening."""
    nobody, number = Viewer(organisation=group.organisation_id), next(_numbers)
    visit, _token = ask_to_visit(
        by=nobody,
        group=group,
        alias=f"Guest {NAMES[number % 10]} {NAMES[number // 10 % 10]}",
        seed=number,
        greeted=True,
        listens=True,
        agreement=group.agreements.count(),
        agreed=VISITING.version,
        meeting=meeting.pk if meeting else None,
        ends=meeting.ends if meeting else None,
        sure=True,
    )
    return Viewer(organisation=group.organisation_id, visit=visit.pk), visit
