"""A program for the test: groups with meetings of every kind, and two secret addresses to them.

`begin` prints the addresses' paths and every instant of two years as our rows have them;
`change` cancels one more and prints the instants anew; `end` ends both addresses.
"""

import datetime as dt
import json
import os
import sys
from typing import Any

DAYS = 730


def main(what: str) -> None:
    """Do it inside the organisation, and print one line of JSON."""
    from holdspace.kit import scope

    with scope.entered(_house().id):
        print(json.dumps({"begin": _begin, "change": _change, "end": _end}[what]()))


def _house() -> Any:
    from holdspace.ledger.acts import SYSTEM
    from holdspace.organisations.actions import open_demonstration
    from holdspace.organisations.models import Organisation
    from holdspace.organisations.tests.factories import an_organisation

    found = Organisation.objects.filter(slug="harbour").first()
    if found is None:
        found = an_organisation("Steady Harbour", "harbour")
        open_demonstration(by=SYSTEM, organisation=found)
    return found


def _rhythms() -> dict[str, Any]:
    from holdspace.kit import clock
    from holdspace.meetings.rhythm import Monthly, Nth, Pause, Rhythm, Weekly

    today = clock.today()
    rest = Pause(today + dt.timedelta(days=100), today + dt.timedelta(days=130))
    said = {"starts": today, "minutes": 90}
    return {
        "Weekly": Rhythm(Weekly((1, 5)), at=dt.time(19), zone="Europe/London", **said),
        "Fortnightly": Rhythm(
            Weekly((3,), 2), at=dt.time(12, 30), zone="America/New_York", pauses=(rest,), **said
        ),
        "Last": Rhythm(Monthly((Nth(-1, 6),)), at=dt.time(23, 15), zone="Europe/Berlin", **said),
        "Counted": Rhythm(Weekly((2,)), at=dt.time(9), zone="Asia/Kolkata", times=40, **said),
    }


def _begin() -> dict[str, Any]:
    from holdspace.groups.tests.factories import a_group
    from holdspace.ledger.acts import SYSTEM
    from holdspace.meetings import actions
    from holdspace.meetings.models import Meeting
    from holdspace.meetings.queries import Chosen
    from holdspace.meetings.tests.factories import a_member, a_series, somebody
    from holdspace.people.actions import begin_calendar

    viewer: Any = None
    addresses = {}
    for name, rhythm in _rhythms().items():
        group = a_group(name)
        viewer = viewer or somebody(group)
        _viewer, member = a_member(group, viewer=viewer)
        series = a_series(group, rhythm)
        ahead = list(Meeting.objects.filter(series=series).order_by("begins")[1:4])
        later = ahead[-1].day + dt.timedelta(days=2)
        actions.cancel_meeting(by=SYSTEM, meeting=ahead[0])
        if len(ahead) > 1:  # the monthly one has no more dates made
            actions.skip_meeting(by=SYSTEM, meeting=ahead[1])
            actions.move_meeting(by=SYSTEM, meeting=ahead[2], day=later, at=dt.time(8, 5))
        actions.add_meeting(
            by=SYSTEM, group=group, day=later, at=dt.time(16), minutes=45, zone=rhythm.zone,
            attendance="video",
        )  # fmt: skip
        token = actions.begin_group_calendar(
            by=member, scope=group.organisation.scope, chosen=Chosen(called="name").kept()
        )
        addresses[name] = f"/calendar/group/{token}.ics"
    kept = {"by": SYSTEM, "account": viewer.holder.account}
    addresses["mine"] = f"/calendar/{begin_calendar(**kept, chosen=Chosen().kept())}.ics"
    return {"addresses": addresses, "since": f"{_since():%Y-%m-%d}", "instants": _instants()}


def _change() -> dict[str, Any]:
    from holdspace.ledger.acts import SYSTEM
    from holdspace.meetings.actions import cancel_meeting
    from holdspace.meetings.models import Meeting

    last = Meeting.objects.filter(group__name="Weekly", state="planned").order_by("begins").last()
    cancel_meeting(by=SYSTEM, meeting=last)
    return {"instants": _instants()}


def _end() -> dict[str, Any]:
    from holdspace.ledger.acts import SYSTEM
    from holdspace.meetings.models import GroupCalendar
    from holdspace.members.actions import leave_group
    from holdspace.people.actions import end_calendar
    from holdspace.people.models import CalendarKey

    for kept in GroupCalendar.objects.select_related("member"):
        leave_group(by=kept.member)
    for key in CalendarKey.objects.all():
        end_calendar(by=SYSTEM, account=key.person_id)
    return {}


def _since() -> dt.datetime:
    """The beginning of tomorrow."""
    from holdspace.kit import clock

    today = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    return today + dt.timedelta(days=1)


def _instants() -> dict[str, list[str]]:
    """From tomorrow on: rows where they are made, the rule beyond, by the group's name."""
    from holdspace.kit import clock
    from holdspace.meetings.actions.unfold import AHEAD
    from holdspace.meetings.models import Meeting, Series
    from holdspace.meetings.rhythm import occurrences

    since = _since()
    until = since + dt.timedelta(days=DAYS)
    found: dict[str, list[dt.datetime]] = {}
    for meeting in Meeting.objects.filter(state="planned", begins__gte=since):
        found.setdefault(meeting.group.name, []).append(meeting.begins)
    for series in Series.objects.all():
        made = {m.rule_day for m in Meeting.objects.filter(series=series)}
        rest = occurrences(series.rhythm, clock.now() + AHEAD - dt.timedelta(days=2), until)
        found[series.group.name] += [one.begins for one in rest if one.day not in made]
    return {
        name: sorted(f"{one:%Y-%m-%d %H:%M}" for one in begins if one < until)
        for name, begins in found.items()
    }


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    os.environ["HOLDSPACE_TESTING"] = "1"  # factories, and doors open without the gate
    import django

    django.setup()
    main(sys.argv[1])
