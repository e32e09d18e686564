"""A place that nobody used goes to whoever waits, after a first meeting; a used one never does."""

import datetime as dt
from collections.abc import Iterator

import pytest

from holdspace.groups.actions import name_leader
from holdspace.groups.models import Group
from holdspace.kit import clock
from holdspace.kit.guard import Refused, Unseen
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import SYSTEM
from holdspace.meetings import actions, tasks
from holdspace.meetings.models import Meeting
from holdspace.meetings.tests.factories import SUNDAY, a_series, first_meeting
from holdspace.members import actions as members
from holdspace.members.models import Member, Ring
from holdspace.members.queries import farewells_to, unused_places
from holdspace.members.tests.browser import signed_in
from holdspace.members.tests.factories import a_member, a_person, joined
from holdspace.organisations.models import Organisation
from holdspace.people.actions import keep_passphrase
from holdspace.staff.tests.factories import a_client, a_coordinator, viewer_for

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _sunday() -> Iterator[None]:
    with clock.at(SUNDAY):
        yield


def on_day(number: int) -> None:
    """The clock's work of that many days after the Sunday on which everybody joined."""
    with clock.at(SUNDAY + number * DAY):
        tasks.end_meetings()
        tasks.free_unused_places()


def everybody(organisation: Organisation, group: Group) -> dict[str, Member]:
    """Somebody of each kind, all of them new; only the first did nothing with their place."""
    meeting = first_meeting(a_series(group))
    people = {"nothing": a_member(organisation, group)[1]}
    people["hello"] = a_member(organisation, group, about={"hello": "Hello"})[1]
    people["hope"] = a_member(organisation, group, about={"hope": "To sleep"})[1]
    people["seat"] = a_member(organisation, group)[1]
    actions.take_seat(by=people["seat"], meeting=meeting)
    viewer, people["way back"] = a_member(organisation, group)
    assert viewer.holder is not None
    keep_passphrase(
        by=viewer, account=viewer.holder.account, passphrase="a quiet lamp in a window", name=""
    )
    people["resting"] = members.rest(by=a_member(organisation, group)[1])
    return people


def standings(people: dict[str, Member]) -> dict[str, str]:
    return {kind: Member.objects.get(id=one.id).standing for kind, one in people.items()}


def test_only_what_nobody_used_goes_and_only_after_the_first_meeting(
    organisation: Organisation, group: Group
):
    people = everybody(organisation, group)
    for day in (1, 3, 5):
        on_day(day)
        assert standings(people)["nothing"] == "joined"
    on_day(6)
    after = standings(people)
    assert after.pop("nothing") == "left"
    assert after.pop("resting") == "resting"
    assert set(after.values()) == {"joined"}
    assert Ring.objects.get(group=group).taken == 5


def test_who_was_once_there_keeps_the_place_when_seats_are_forgotten(
    organisation: Organisation, group: Group
):
    people = everybody(organisation, group)
    on_day(6)
    with clock.at(SUNDAY + 20 * DAY):
        tasks.forget_meetings()
    for day in (20, 21, 30):
        on_day(day)
    assert standings(people)["seat"] == "joined"


def test_a_newcomer_the_day_before_a_meeting_has_a_week(organisation: Organisation, group: Group):
    first_meeting(a_series(group))
    with clock.at(SUNDAY + DAY):
        late = a_member(organisation, group)[1]
    on_day(3)
    on_day(6)
    assert Member.objects.get(id=late.id).standing == "joined"
    on_day(7)
    assert Member.objects.get(id=late.id).standing == "left"


def test_without_a_meeting_nothing_goes(organisation: Organisation, group: Group):
    _viewer, member = a_member(organisation, group)
    on_day(40)
    assert Member.objects.get(id=member.id).standing == "joined"
    assert not Meeting.objects.filter(group=group, state="done").exists()


def test_they_are_told_and_come_back_as_who_they_were(organisation: Organisation, group: Group):
    a_series(group)
    viewer, member = a_member(organisation, group, "Quiet Elm")
    on_day(6)
    assert farewells_to(viewer=viewer) == [member]
    browser = signed_in(organisation, viewer)
    shown = browser.get("/today/").content.decode()
    assert f"Your place in {group.name} was given back" in shown
    assert "as Quiet Elm while there is a place" in shown
    assert "It is not a reproach" in browser.get(f"/g/{group.code}/not-here/").content.decode()
    again = joined(viewer, group, "Quiet Elm")
    assert again.id == member.id
    assert farewells_to(viewer=viewer) == []


def test_a_facilitator_frees_together_what_a_flood_left(organisation: Organisation, group: Group):
    client = a_client("facilitator", name="Sam Okafor")
    name_leader(by=SYSTEM, group=group, staff=client.staff)
    lead = viewer_for(client.staff)
    kept = a_member(organisation, group, about={"hello": "Hello"})[1]
    flood = [a_member(organisation, group)[1] for _ in range(5)]
    page = f"/g/{group.code}/lead/members/unused/"
    shown = client.get(page).content.decode()
    assert all(one.alias in shown for one in flood)
    assert kept.alias not in shown
    assert client.post(page, {}).status_code == 422
    sent = {"members": [str(flood[0].id), str(flood[1].id)]}
    assert b"2 places are free again" in client.post(page, sent, follow=True).content
    assert client.post(page, {"members": [str(kept.id)]}).status_code == 422
    assert b"3 places are free again" in client.post(page, {"all": "yes"}, follow=True).content
    assert b"Every place is used" in client.get(page).content
    assert Ring.objects.get(group=group).taken == 1
    for other in (a_coordinator(), a_person(organisation), Viewer(organisation=organisation.id)):
        with pytest.raises(Unseen):
            unused_places(group, viewer=other)
        with pytest.raises(Refused):
            members.free_unused(by=other, group=group, members=[kept.id])
    assert unused_places(group, viewer=lead) == []
    assert members.free_unused(by=lead, group=group, members=[kept.id]) == 0
