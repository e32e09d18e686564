"""Today, my groups, a group from inside, for me, work: each for whom it is meant."""

import datetime as dt
import tomllib

import pytest
from django.conf import settings

from holdspace.groups.actions import name_leader
from holdspace.groups.tests.factories import a_group
from holdspace.kit import clock
from holdspace.ledger.acts import SYSTEM
from holdspace.meetings.actions import take_seat
from holdspace.meetings.tests.factories import a_series
from holdspace.members.actions import leave_group, remove_member, rest
from holdspace.members.tests.factories import a_member, a_person, joined
from holdspace.people.actions import begin_session
from holdspace.people.sessions import cookie_name
from holdspace.staff.tests.factories import a_staff_account, viewer_for

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 16, 12, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _noon():
    with clock.at(NOON):
        yield


def sign_in(client, viewer):
    account = viewer.holder.account if viewer.holder else viewer.staff.account
    cookie, _session = begin_session(by=viewer, account=account, stay=True)
    client.cookies[cookie_name()] = cookie
    return client


@pytest.fixture
def wren(organisation, group):
    return a_member(organisation, group, alias="Wren")


def test_who_is_not_signed_in_is_asked_to_sign_in(client, organisation, group):
    for path in ("/today/", "/my-groups/", "/me/", "/work/"):
        assert client.get(path).headers["Location"] == "/sign-in/"
    assert client.get(f"/g/{group.code}/").status_code == 404


def test_today_shows_the_next_meeting_and_a_seat(client, organisation, group, wren):
    viewer, _member = wren
    a_series(group)
    page = sign_in(client, viewer).get("/today/")
    assert b"Your next meeting" in page.content
    assert b"Take a seat" in page.content
    assert b"no way back in yet" in page.content


def test_a_group_from_inside_shows_its_people_only_to_them(client, organisation, group, wren):
    viewer, _member = wren
    a_member(organisation, group, alias="Oak Apple")
    page = sign_in(client, viewer).get(f"/g/{group.code}/")
    assert b"Oak Apple" in page.content
    assert b"<title>A group" in page.content.replace(b"\n", b"")
    sign_in(client, a_person(organisation))
    assert client.get(f"/g/{group.code}/").status_code == 404


def test_who_left_sees_nothing_at_once(client, organisation, group, wren):
    viewer, member = wren
    sign_in(client, viewer)
    assert client.get(f"/g/{group.code}/").status_code == 200
    leave_group(by=member)
    assert client.get(f"/g/{group.code}/").status_code == 404
    assert group.name.encode() not in client.get("/my-groups/").content


def test_who_was_asked_to_stay_away_is_led_to_why_until_it_is_read(
    client, organisation, group, wren
):
    viewer, member = wren
    staff = a_staff_account("facilitator")
    name_leader(by=SYSTEM, group=group, staff=staff)
    words = {"reason": "Point 3", "words": "Take care of yourself.", "write_to": "Ines, ines@x.uk"}
    remove_member(by=viewer_for(staff), member=member, **words)
    sign_in(client, viewer)
    why = f"/g/{group.code}/not-here/"
    for path in ("/today/", "/my-groups/"):
        shown = client.get(path).content.decode()
        assert f"A word about {group.name}" in shown
        assert f'href="{why}"' in shown
        assert "You have no group yet" not in shown
    for path in (
        f"/g/{group.code}/",
        f"/groups/{group.code}/join/",
        f"/groups/{group.code}/visit/",
    ):
        assert client.get(path).headers["Location"] == why
    assert why in client.get(f"/groups/{group.code}/").content.decode()
    shown = client.get(why).content.decode()
    assert all(word in shown for word in words.values())
    assert client.post(f"{why}read/").headers["Location"] == "/today/"
    for path in ("/today/", "/my-groups/"):
        assert group.name not in client.get(path).content.decode()
    assert "I have read this" not in client.get(why).content.decode()


def test_a_resting_member_keeps_their_place(client, organisation, group, wren):
    viewer, member = wren
    rest(by=member)
    page = sign_in(client, viewer).get("/my-groups/")
    assert b"Your place stays yours" in page.content


def test_a_changed_agreement_is_asked_first(client, organisation, group, wren):
    from holdspace.groups.actions import publish_agreement
    from holdspace.ledger.acts import SYSTEM

    viewer, _member = wren
    publish_agreement(by=SYSTEM, group=group, clauses=["New"], limits="As before")
    page = sign_in(client, viewer).get(f"/g/{group.code}/")
    assert page.headers["Location"] == f"/g/{group.code}/agreement/"


def test_the_last_step_of_joining_keeps_one_seat_however_often_pressed(
    client, organisation, group, wren
):
    viewer, _member = wren
    a_series(group)
    sign_in(client, viewer)
    assert b"Keep a seat for me" in client.get(f"/g/{group.code}/joined/").content
    for _ in range(2):
        client.post(f"/g/{group.code}/joined/seat/")
    assert b"You have a seat" in client.get(f"/g/{group.code}/joined/").content


def test_each_group_shows_only_its_own_name_for_me(client, organisation, group, wren):
    viewer, _member = wren
    other = a_group("Thursday Circle")
    joined(viewer, other, alias="Kestrel")
    sign_in(client, viewer)
    here, there = (client.get(f"/g/{g.code}/").content for g in (group, other))
    assert b"Wren" in here
    assert b"Kestrel" not in here
    assert b"Kestrel" in there
    assert b"Wren" not in there


def test_pages_cost_the_same_however_many_groups(client, organisation, group, wren):
    from django.db import connections
    from django.test.utils import CaptureQueriesContext

    viewer, member = wren
    a_series(group)
    sign_in(client, viewer)

    def cost(path):
        client.get(path)
        default, store = connections["default"], connections["keys"]
        with CaptureQueriesContext(default) as content, CaptureQueriesContext(store) as keys:
            assert client.get(path).status_code == 200
        return len(content) + len(keys)

    paths = ("/today/", "/my-groups/", f"/g/{group.code}/", "/week/")
    one = {path: cost(path) for path in paths}
    for number in range(2):
        more = a_group(f"Group {number}")
        a_series(more)
        joined(viewer, more)
        a_member(organisation, group)
    take_seat(by=member, meeting=first_meeting(group))
    assert {path: cost(path) for path in paths} == one
    inside = one.pop(f"/g/{group.code}/")
    assert inside <= 9  # one more: whether the yes to what is kept still holds
    assert max(one.values()) <= 8


def first_meeting(group):
    from holdspace.meetings.models import Meeting

    return Meeting.objects.filter(group=group).order_by("begins").first()


def test_the_board_shows_a_coordinator_every_group(coordinator_client, group):
    page = coordinator_client.get("/work/")
    assert group.name.encode() in page.content
    inside = coordinator_client.get(f"/g/{group.code}/")
    assert inside.headers["Location"] == f"/work/groups/{group.code}/"


def test_a_facilitator_sees_what_waits_at_the_door(organisation, facilitator_client, group):
    from holdspace.groups.actions import name_leader
    from holdspace.ledger.acts import SYSTEM
    from holdspace.members.tests.factories import a_visit

    name_leader(by=SYSTEM, group=group, staff=facilitator_client.staff)
    a_visit(group)
    page = facilitator_client.get("/work/").content
    assert b"1 visitor is expected" in page
    assert b"All groups" not in page


def test_what_we_keep_is_the_file_that_is_read(client, organisation):
    page = client.get("/what-we-keep/").content.decode()
    assert "A data key, wrapped" in page
    assert "until its scope is shredded" in page
    sections = tomllib.loads((settings.ROOT / "privacy.toml").read_text())
    assert page.count('<li class="row">') == len(sections)
    assert page.index("Your account") < page.index("A passkey&#39;s public key")
    assert page.index("Behind the scenes") < page.index("The head of a hash chain")


def test_a_visitor_finds_the_place_of_their_evening(client, organisation, group):
    from holdspace.members.tests.factories import a_visit

    series = a_series(group, introductory=True)
    meeting = first_meeting(group)
    _viewer, _visit, token = a_visit(group, meeting=meeting.id, ends=meeting.ends)
    client.get(f"/v/{token}/", follow=True)
    assert b"When and where" in client.get("/visit/").content
    page = client.get("/visit/place/", follow=True)
    assert page.status_code == 200
    assert page.redirect_chain[-1][0] == f"/g/{group.code}/meetings/{meeting.number}/"
    assert series.id


def test_nobody_else_is_shown_an_evening(client, organisation, group):
    assert client.get("/visit/place/").status_code == 404
