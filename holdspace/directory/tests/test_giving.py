"""What goes out: weekly meetings for finders of others, events in pages; files that come back."""

import datetime as dt
import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import recurring_ical_events
from django.test import Client
from icalendar import Calendar as Read

from holdspace.directory.feeds import meeting_guide
from holdspace.directory.feeds.draft import Draft, Mode
from holdspace.directory.feeds.reading import read_feed
from holdspace.groups.models import Group
from holdspace.groups.tests.factories import a_group
from holdspace.kit import clock
from holdspace.ledger.acts import SYSTEM
from holdspace.meetings.actions import cancel_meeting
from holdspace.meetings.calendar import Calendar, Once, Repeated, Said, written
from holdspace.meetings.rhythm import (
    Monthly,
    Nth,
    Weekly,
    instant_of,
    rhythm_from_rule,
)
from holdspace.meetings.tests.factories import (
    LINK,
    PLACE,
    SUNDAY,
    a_series,
    first_meeting,
    tuesdays,
)
from holdspace.organisations.models import Organisation

FILES = sorted((Path(__file__).parent / "feeds" / "ical").glob("*.ics"))
TWO_BEGINNINGS = "pacific_fiji.ics"  # of one event; the expander cannot read it, we take the first
PLAIN = re.compile(r"[A-Za-z0-9_-]{1,64}")


@pytest.fixture(autouse=True)
def _sunday() -> Any:
    with clock.at(SUNDAY):
        yield


@pytest.mark.django_db
def test_weekly_meetings_go_out_as_finders_of_others_want_them(
    client: Client, organisation: Organisation, group: Group
) -> None:
    a_series(group, introductory=True)
    two = a_group("Carers", affirming=["women"], access=["step-free"], language="cy", town="Leeds")
    a_series(two, tuesdays(shape=Weekly((0, 6))), attendance="video", area="")
    a_series(two, tuesdays(shape=Weekly((1,), 2)))
    a_series(two, tuesdays(shape=Monthly((Nth(1, 2),))))
    a_series(a_group("Not Yet", opened=False))
    answer = client.get("/meetings.json")
    assert answer["Content-Type"] == "application/json"
    found = {one["name"]: one for one in json.loads(answer.content)}
    assert sorted(found) == ["Carers", "Tuesday Circle"]
    carers, ours = found["Carers"], found["Tuesday Circle"]
    assert (ours["day"], ours["time"], ours["end_time"]) == (2, "19:00", "20:30")
    assert (carers["day"], ours["timezone"]) == ([0, 1], "Europe/London")
    assert {"BE"} <= set(ours["types"])
    assert set(carers["types"]) == {"W"}, "step-free says nothing where nobody goes"
    assert carers["formatted_address"] == "Leeds, United Kingdom"
    assert ours["approximate"] == "yes"
    for one in found.values():
        assert one["entity"] == organisation.name
        assert one["entity_website_url"] == one["entity_url"] == "http://testserver/"
        assert PLAIN.fullmatch(one["slug"])
        assert one["conference_url"] == one["url"]
    for hidden in (PLACE, LINK, "Canary", "meet.example"):
        assert hidden not in answer.content.decode()
    assert (
        client.get("/meetings.json", headers={"if-none-match": answer["ETag"]}).status_code == 304
    )


@pytest.mark.django_db
def test_what_goes_out_can_be_brought_in(client: Client, group: Group) -> None:
    a_series(group)
    (draft,) = meeting_guide.read(BytesIO(client.get("/meetings.json").content))
    assert isinstance(draft, Draft)
    assert (draft.name, draft.zone, draft.mode) == (group.name, "Europe/London", Mode.ONLINE)
    (slot,) = draft.times
    assert (slot.day, slot.start, slot.minutes) == (1, 19 * 60, 90)


@pytest.mark.django_db
def test_a_groups_page_tells_finders_its_meetings_and_no_link(client: Client, group: Group) -> None:
    cancel_meeting(by=SYSTEM, meeting=first_meeting(a_series(group)))
    shown = client.get(f"/groups/{group.code}/").content.decode()
    assert shown.count('itemtype="https://schema.org/Event"') == 4
    assert shown.count("https://schema.org/EventCancelled") == 1
    assert "https://schema.org/MixedEventAttendanceMode" in shown
    assert f'itemprop="url" content="http://testserver/groups/{group.code}/"' in shown
    assert f'href="/groups/{group.code}/calendar.ics"' in shown
    assert "ld+json" not in shown
    for hidden in (PLACE, LINK, "meet.example"):
        assert hidden not in shown


@pytest.mark.django_db
def test_the_directory_says_where_programs_find_it(client: Client, group: Group) -> None:
    shown = client.get("/groups/").content.decode()
    assert (
        '<link rel="alternate" type="application/json" title="Meetings Feed" href="/meetings.json">'
        in shown
    )
    assert 'type="text/calendar"' in shown


def _events(draft: Draft) -> list[Once | Repeated]:
    """What was read of one entry, as our writer takes it."""
    events: list[Once | Repeated] = []
    zone = draft.zone or "UTC"
    for number, rule in enumerate(draft.rules):
        at, uid = dt.time(*divmod(rule.start, 60)), f"{draft.source_id}-{number}"
        for day in [*([] if rule.rrule else [rule.first]), *rule.also]:
            begins = instant_of(day, at, zone)
            ends = begins + dt.timedelta(minutes=rule.minutes)
            events.append(Once(f"{uid}-{day}", begins, ends, zone, Said(draft.name)))
        if rule.rrule:
            rhythm = rhythm_from_rule(
                rule.rrule, starts=rule.first, at=at, minutes=rule.minutes, zone=zone,
                left_out=rule.skip,
            )  # fmt: skip
            events.append(Repeated(uid, rhythm, Said(draft.name)))
    return events


def _begins(text: bytes, since: dt.datetime, names: set[str]) -> list[tuple[str, dt.datetime]]:
    """Every instance of the entries of these names within two years, as instants."""
    found = recurring_ical_events.of(Read.from_ical(text)).between(
        since, since + dt.timedelta(days=730)
    )
    read = []
    for event in found:
        begins = event["DTSTART"].dt
        if str(event.get("SUMMARY", "")) in names:
            read.append((str(event["SUMMARY"]), begins.replace(tzinfo=begins.tzinfo or dt.UTC)))
    return sorted((name, begins.astimezone(dt.UTC)) for name, begins in read)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_published_calendars_come_back_with_every_instance(file: Path) -> None:
    drafts = [one for one in read_feed(file) if isinstance(one, Draft)]
    rules = [rule for draft in drafts for rule in draft.rules]
    events = [event for draft in drafts for event in _events(draft)]
    ours = written(Calendar(file.stem, events, SUNDAY))
    Read.from_ical(ours)
    if not rules:
        assert Read.from_ical(ours).walk("VEVENT") == []
        return
    first = min(rule.first for rule in rules)
    since = dt.datetime.combine(first, dt.time(), dt.UTC) - dt.timedelta(days=1)
    names = {draft.name for draft in drafts}
    found = _begins(ours, since, names)
    assert found
    if file.name != TWO_BEGINNINGS:
        assert found == _begins(file.read_bytes(), since, names)
    again = [event for one in read_feed(BytesIO(ours)) for event in _events(one)]
    assert found == _begins(written(Calendar(file.stem, again, SUNDAY)), since, names)
