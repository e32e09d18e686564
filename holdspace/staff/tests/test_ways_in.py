import datetime as dt
import re

import pyotp
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from holdspace.kit import clock, scope
from holdspace.kit.guard import Unseen
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import SYSTEM
from holdspace.organisations.models import Organisation
from holdspace.organisations.tests.factories import an_organisation
from holdspace.staff import actions, queries
from holdspace.staff.models import StaffAccount, StaffInvitation
from holdspace.staff.tests.factories import a_client, a_coordinator, a_strange_client

pytestmark = pytest.mark.django_db

SIGN_IN = {
    "sign_in": "quiet-harbour",
    "passphrase": "four words in a row",
    "again": "four words in a row",
}


def invite(organisation, by, **more):
    token = actions.invite_staff(
        by=by, organisation=organisation.id, name="Sam", shown_as="Sam", roles=["care"], **more
    )
    anybody = Viewer(organisation=organisation.id)
    return token, queries.invitation_by(token, scope=organisation.scope, viewer=anybody)


def code_for(html: str) -> str:
    letters = re.search(r"(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}", html).group()
    return pyotp.TOTP(letters.replace(" ", "")).at(clock.now())


def test_an_invitation_works_once_and_not_for_ever(organisation):
    ines, anybody = a_coordinator(), Viewer(organisation=organisation.id)
    token, link = invite(organisation, ines)
    made = actions.begin_by_invitation(by=anybody, invitation=link, name="quiet", hashed="")
    with pytest.raises(Unseen):
        actions.begin_by_invitation(by=anybody, invitation=link, name="quiet", hashed="")
    assert queries.staff_pass(made.account).roles == {"care"}
    assert not actions.finish_invitation(by=anybody, invitation=link, typed="000")
    right = pyotp.TOTP(made.secret).at(clock.now())
    assert actions.finish_invitation(by=anybody, invitation=link, typed=right)
    with pytest.raises(Unseen):
        queries.invitation_by(token, scope=organisation.scope, viewer=anybody)
    token, link = invite(organisation, ines)
    with clock.at(clock.now() + dt.timedelta(days=8)):
        with pytest.raises(Unseen):
            queries.invitation_by(token, scope=organisation.scope, viewer=anybody)
        with pytest.raises(Unseen):
            actions.begin_by_invitation(by=anybody, invitation=link, name="quiet", hashed="")
        assert actions.forget_old_links(by=SYSTEM) == 1
    assert not StaffInvitation.objects.exists()


def test_a_link_leads_a_colleague_in(organisation):
    token, _link = invite(organisation, a_coordinator())
    browser = a_strange_client()
    assert browser.get(f"/staff/begin/{token}/").url == "/staff/begin/"
    assert "Hello Sam" in browser.get("/staff/begin/").text
    weak = browser.post("/staff/begin/", {**SIGN_IN, "passphrase": "short", "again": "long"})
    assert weak.status_code == 422
    assert "quiet-harbour" in weak.text
    shown = browser.post("/staff/begin/", SIGN_IN, follow=True)
    assert "quiet-harbour" in shown.text
    assert "<svg" in shown.text
    wrong = browser.post("/staff/begin/code/", {"code": "12"})
    assert wrong.status_code == 422
    done = browser.post("/staff/begin/code/", {"code": code_for(shown.text)})
    assert done.url == "/work/"
    assert browser.get("/work/staff/").status_code == 200
    assert a_strange_client().get(f"/staff/begin/{token}/", follow=True).status_code == 404


def test_who_closed_the_page_too_early_gets_another_square_by_the_same_link(organisation):
    token, _link = invite(organisation, a_coordinator())
    browser = a_strange_client()
    browser.get(f"/staff/begin/{token}/")
    browser.post("/staff/begin/", SIGN_IN)
    later = a_strange_client()
    assert "new code" in later.get(f"/staff/begin/{token}/", follow=True).text
    shown = later.post("/staff/begin/", follow=True)
    done = later.post("/staff/begin/code/", {"code": code_for(shown.text)})
    assert done.url == "/sign-in/"


def test_a_lost_telephone_is_replaced_by_a_link(organisation):
    ines, sam = a_client("coordinator"), a_client("care", name="Sam Okafor")
    shown = ines.post(f"/work/staff/{sam.staff.account}/offer-new-code", follow=True)
    token = re.search(r"/staff/begin/([A-Za-z0-9_-]{43})/", shown.text).group(1)
    browser = a_strange_client()
    assert "new code" in browser.get(f"/staff/begin/{token}/", follow=True).text
    shown = browser.post("/staff/begin/", follow=True)
    assert browser.post("/staff/begin/code/", {"code": code_for(shown.text)}).url == "/sign-in/"


def test_a_link_of_one_organisation_opens_nothing_in_another(organisation):
    token, link = invite(organisation, a_coordinator())
    elsewhere = an_organisation("Elsewhere")
    with scope.entered(elsewhere.id):
        browser = a_strange_client()
        assert browser.get(f"/staff/begin/{token}/", follow=True).status_code == 404
        with pytest.raises(Unseen):
            queries.invitation_by(
                token, scope=elsewhere.scope, viewer=Viewer(organisation=elsewhere.id)
            )
        with pytest.raises(Unseen):
            queries.invitation_at(link.id, viewer=a_coordinator())


HOUSE = {
    "house": "Sea Wall Circle",
    "country": "IE",
    "zone": "Europe/Dublin",
    "name": "Ines Marsh",
    "shown_as": "Ines",
    **SIGN_IN,
}


@pytest.fixture
def empty(db):
    assert not Organisation.objects.exists()
    return Client(headers={"host": "localhost"})


def test_an_empty_place_says_so_kindly_and_help_works(empty):
    for path in ["/", "/groups/", "/work/", "/sign-in/", "/nowhere/"]:
        answer = empty.get(path)
        assert answer.status_code == 503, path
        assert "not set up yet" in answer.text
    for path in ["/help/", "/leave"]:
        assert empty.get(path).status_code in {200, 302, 303}, path


def test_the_link_from_the_terminal_sets_up_the_house_once(empty, capsys):
    call_command("begin_token")
    first = capsys.readouterr().out.strip()
    call_command("begin_token", "--base", "http://localhost:9000/")
    link = capsys.readouterr().out.strip()
    assert link.startswith("http://localhost:9000/begin/")
    for stale in [first, first[:-3] + "xx/"]:
        other = Client(headers={"host": "localhost"})
        assert other.get(stale[stale.index("/begin") :], follow=True).status_code == 403
    assert empty.get(link[link.index("/begin") :]).url == "/begin/"
    assert empty.get("/begin/").status_code == 200
    kept = empty.post("/begin/", {**HOUSE, "again": "another one"})
    assert kept.status_code == 422
    assert "Sea Wall Circle" in kept.text
    assert not Organisation.objects.exists()
    shown = empty.post("/begin/", HOUSE, follow=True)
    assert empty.post("/staff/begin/code/", {"code": code_for(shown.text)}).url == "/work/"
    made = Organisation.objects.get()
    assert (made.name, made.slug, made.country) == ("Sea Wall Circle", "sea-wall-circle", "IE")
    assert made.opened_on is None
    with scope.entered(made.id):
        assert [r.name for r in StaffAccount.objects.get().roles.all()] == ["coordinator"]
    assert empty.get("/work/opening/").status_code == 200
    assert empty.get("/begin/").status_code == 403
    with pytest.raises(CommandError):
        call_command("begin_token")


def test_more_organisations_are_added_from_the_terminal(organisation, capsys):
    call_command("add_organisation", "Sea Wall", "--country", "ie", "--zone", "Europe/Dublin")
    assert "sea-wall.localhost" in capsys.readouterr().out
    call_command("staff_link", "sea-wall")
    link = capsys.readouterr().out.strip()
    browser = Client(headers={"host": "sea-wall.localhost"})
    assert "Hello" in browser.get(link[link.index("/staff") :], follow=True).text
    for wrong in [
        ["add_organisation", "X", "--slug", "sea-wall"],
        ["add_organisation", "X", "--zone", "Mars/Olympus"],
        ["staff_link", "nobody"],
    ]:
        with pytest.raises(CommandError):
            call_command(*wrong)
