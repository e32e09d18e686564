"""Leaving quickly, on our side: the session ends, the browser is cleared, and on it goes."""

import pytest
from django.test import Client

from holdspace.ledger.acts import SYSTEM, outside_act
from holdspace.people import sessions
from holdspace.people.actions import begin_account
from holdspace.people.actions.signing import begin_session
from holdspace.people.models import Session
from holdspace.web.leaving import HARMLESS

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(organisation):
    account = begin_account(by=SYSTEM)
    cookie, _session = begin_session(by=SYSTEM, account=account, stay=True)
    client = Client()
    client.cookies[sessions.cookie_name()] = cookie
    client.cookies["look"] = "dark"
    client.cookies["hs_choose"] = "sealed answers"
    return client


def wish(organisation, address):
    with outside_act("fixture"):
        organisation.leave_to = address
        organisation.save()


def test_it_ends_the_session_clears_the_browser_and_sends_on(signed_in):
    response = signed_in.get("/leave")
    assert (response.status_code, response["Location"]) == (303, HARMLESS)
    assert not Session.objects.exists()
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    ended = {name for name, morsel in response.cookies.items() if morsel["max-age"] == 0}
    assert ended == {sessions.cookie_name(), "look", "hs_choose"}
    assert len(ended) == len(response.cookies)


def test_it_works_for_somebody_who_is_nobody(organisation):
    response = Client().get("/leave")
    assert (response.status_code, response["Location"]) == (303, HARMLESS)
    assert not response.cookies


def test_it_works_where_no_organisation_is(db):
    assert Client().get("/leave")["Location"] == HARMLESS


def test_the_organisation_chooses_where_it_leads(signed_in, organisation):
    wish(organisation, "https://weather.example/today")
    assert signed_in.get("/leave")["Location"] == "https://weather.example/today"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "http://weather.example/",  # seen on the wire
        "https://testserver/groups/",  # our own house is nowhere to hide
        "javascript:alert(1)",
        "//weather.example/",
    ],
)
def test_it_never_leads_back_to_us_or_to_an_open_line(signed_in, organisation, address):
    wish(organisation, address)
    assert signed_in.get("/leave")["Location"] == HARMLESS


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Purpose": "prefetch"},
        {"Purpose": "prefetch"},
        {"Sec-Fetch-Dest": "image"},
        {"Sec-Fetch-Dest": "iframe"},
    ],
)
def test_only_going_there_counts(signed_in, headers):
    response = signed_in.get("/leave", headers=headers)
    assert response.status_code == 303
    assert "Clear-Site-Data" not in response
    assert Session.objects.count() == 1
    assert signed_in.head("/leave").status_code == 303
    assert Session.objects.count() == 1


def test_leaving_from_another_site_signs_out_and_does_nothing_else(signed_in):
    """A forged link is a nuisance, said so; it needs no secret and takes no place away."""
    response = signed_in.get("/leave", headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 303
    assert not Session.objects.exists()


def test_the_page_about_it_promises_only_what_it_does(organisation):
    text = Client().get("/leave/about/").content.decode()
    assert "It does not clear your browser" in text
    assert "www.bbc.co.uk" in text
    assert Client().get("/leave/about/").status_code == 200
