"""The story is told by acts, the bar steps into roles, and none of it works anywhere else."""

import datetime as dt
import json

import pyotp
import pytest
from django.test import Client

from holdspace.demo.middleware import OnlyHere
from holdspace.demo.stepping import ROLES
from holdspace.demo.telling import tell
from holdspace.directory.queries import questions_for
from holdspace.groups.actions import name_leader
from holdspace.groups.models import Group
from holdspace.kit import clock, scope
from holdspace.kit.viewer import StaffPass, Viewer
from holdspace.kit.weave import woven
from holdspace.ledger.acts import SYSTEM
from holdspace.ledger.chain import verify
from holdspace.ledger.models import Chain
from holdspace.meetings.models import Meeting, Seat
from holdspace.meetings.tests.factories import a_series
from holdspace.members.models import Application, Member, Visit, Waiting
from holdspace.members.queries import doors_led
from holdspace.organisations.models import Organisation
from holdspace.staff.tests.factories import a_staff_account
from holdspace.threads.models import Draft, Post, Thread

NOW = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)


@pytest.mark.slow
@pytest.mark.django_db
def test_ten_weeks_leave_a_believable_organisation(told_nothing):
    said = []
    with clock.at(NOW):
        told = tell(said.append)
    home = Organisation.objects.get()
    with scope.entered(home.id):
        assert Group.objects.count() == 14
        assert Group.objects.filter(state="closed").count() == 1
        assert Member.objects.filter(standing="joined").count() >= 70
        assert Waiting.objects.filter(standing="waiting").count() >= 2
        assert Application.objects.filter(standing="open").count() == 2
        assert Visit.objects.count() == 3
        for group in Group.objects.all():
            here = Member.objects.filter(group=group)
            said = [member.said["hello"] for member in here if member.said["hello"]]
            assert len(said) == len(set(said))
            drawn = [woven(member.seed) for member in here]  # told apart at a glance
            assert len({(one.structure, one.yarn) for one in drawn}) == len(drawn)
        assert sum(bool(member.said["hello"]) for member in Member.objects.all()) >= 30
        _has_work_to_do(home, told.accounts["facilitator"])
        assert Meeting.objects.filter(state="done").count() >= 50
        assert Meeting.objects.filter(begins__gt=NOW).count() >= 40
        assert Seat.objects.exists()
        assert Thread.objects.count() >= 60
        assert Post.objects.filter(state="here").count() >= 300
        assert Post.objects.filter(awaits=True).exists()
        assert Post.objects.filter(speaks="unsigned").exists()
        assert Draft.objects.count() == 2
        full = Group.objects.get(name="Plate and Purpose")
        assert Member.objects.filter(group=full, standing="joined").count() == full.ceiling
    assert set(told.accounts) == set(ROLES) - {"visitor"}
    with clock.at(NOW):
        _signs_in_as_was_printed(home, told)
        _steps_into_each_role(home, told, told_nothing)
    assert all(not list(verify(chain)) for chain in Chain.objects.values_list("id", flat=True))


def _signs_in_as_was_printed(home, told):
    """Name, passphrase and one-time code, as they stand on the terminal."""
    assert [role for role, *_rest in told.signs] == ["coordinator", "operator", "facilitator"]
    for _role, name, passphrase, secret in told.signs:
        browser = Client(headers={"host": f"{home.slug}.localhost"})
        first = browser.post("/sign-in/", {"name": name, "passphrase": passphrase})
        assert first.headers["Location"] == "/sign-in/code/"
        code = pyotp.TOTP(secret).at(NOW)
        assert browser.post("/sign-in/code/", {"code": code}).headers["Location"] == "/work/"
        assert browser.get("/work/").status_code == 200


def _steps_into_each_role(home, told, kept):
    """One touch of the bar, and the first page of each is there."""
    kept.write_text(json.dumps({"accounts": told.accounts, "visited": told.visited}))
    first = {"visitor": "Your evening", "member": "Tuesday Light"}
    for role in ROLES:
        browser = Client(headers={"host": f"{home.slug}.localhost"})
        answer = browser.post(f"/demonstration/{role}/", follow=True)
        assert answer.status_code == 200, role
        page = answer.content.decode()
        assert all(f"/demonstration/{other}/" in page for other in ROLES)
        assert first.get(role, "<h1>Work</h1>") in page


def _has_work_to_do(home, account):
    """The facilitator of the bar finds something of each kind, and nobody with a machine's name."""
    lead = Viewer(organisation=home.id, staff=StaffPass(account, frozenset({"facilitator"})))
    [(group, door)] = doors_led(viewer=lead)
    assert (door.applications, door.visits_asked, door.recognitions) == (2, 1, 1)
    assert (door.waiting, door.offers) == (1, 1)
    assert len(questions_for(viewer=lead)) == 1
    assert Member.objects.filter(group=group, role="co-facilitator").count() == 1
    assert not any(visit.alias.startswith("Guest") for visit in Visit.objects.all())


@pytest.fixture
def told_nothing(settings):
    """A demonstration whose story left nothing behind yet."""
    settings.DEMONSTRATION = True
    kept = settings.KEYS / "demonstration.json"
    yield kept
    kept.unlink(missing_ok=True)
    (settings.KEYS / "demonstration-visit").unlink(missing_ok=True)


@pytest.mark.django_db
def test_the_visitor_of_the_bar_is_one_person_however_often_stepped_into(
    organisation, group, settings, told_nothing
):
    name_leader(by=SYSTEM, group=group, staff=a_staff_account("facilitator"))
    told_nothing.write_text(json.dumps({"visited": group.code}))
    a_series(group, introductory=True)
    links = set()
    for _ in range(12):
        browser = Client(headers={"host": "localhost"})
        answer = browser.post("/demonstration/visitor/")
        links.add(answer.headers["Location"])
        assert b"Your evening" in browser.get(answer.headers["Location"], follow=True).content
    assert len(links) == Visit.objects.count() == 1
    visit = Visit.objects.get()
    assert not visit.alias.startswith("Guest")
    assert browser.post("/visit/end/").status_code == 303
    answer = browser.post("/demonstration/visitor/")
    assert b"You are expected" in browser.get(answer.headers["Location"], follow=True).content
    assert Visit.objects.count() == 1


@pytest.mark.django_db
def test_there_is_no_stepping_outside_a_demonstration(client, organisation):
    assert client.post("/demonstration/coordinator/").status_code == 404


@pytest.mark.parametrize(
    ("meta", "status"),
    [
        ({}, 200),
        ({"REMOTE_ADDR": "192.0.2.7"}, 403),
        ({"HTTP_X_FORWARDED_FOR": "192.0.2.7"}, 403),
        ({"HTTP_FORWARDED": "for=192.0.2.7"}, 403),
        ({"HTTP_HOST": "127.0.0.1:8000"}, 308),
    ],
)
def test_the_demonstration_is_for_this_machine(rf, meta, status):
    from django.http import HttpResponse

    asked = rf.get("/groups/", **{"HTTP_HOST": "localhost:8000", **meta})
    answer = OnlyHere(lambda _request: HttpResponse("here"))(asked)
    assert answer.status_code == status
    if status == 200:
        assert "noindex" in answer.headers["X-Robots-Tag"]


@pytest.mark.django_db
def test_the_bar_says_that_nobody_is_here(client, organisation, settings):
    assert b"Nobody is here" not in client.get("/help/").content
    settings.DEMONSTRATION = True
    page = client.get("/help/")
    assert b"Nobody is here" in page.content
    assert not page.cookies


@pytest.mark.django_db
def test_another_site_does_not_step_into_a_role(client, organisation, settings):
    settings.DEMONSTRATION = True
    elsewhere = {"sec-fetch-site": "cross-site"}
    answer = client.post("/demonstration/coordinator/", headers=elsewhere)
    assert answer.status_code == 404
