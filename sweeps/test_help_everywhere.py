"""Help and leaving stand in the same place on every page: every route, role and error (N1)."""

import re
import uuid

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from holdspace.kit import errors
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import SYSTEM
from holdspace.people import sessions
from holdspace.people.actions import begin_account
from holdspace.people.actions.signing import begin_session
from holdspace.people.actions.staff import begin_staff_hashed
from holdspace.staff.actions import take_on
from holdspace.vault.jar import Jar

pytestmark = pytest.mark.django_db

HAND = re.compile(
    r'<body>.*?<a class="lamp" href="/help/">.*?<a class="leave" href="/leave"', re.DOTALL
)
FILL = {"int": 7, "number": 7, "uuid": uuid.UUID(int=7), "country": "at"}


def _filled(pattern: URLPattern) -> str | None:
    """The pattern's route with something of the right form in every place, existing or not."""
    route = str(pattern.pattern)
    if route.startswith("^"):
        return None
    for name, converter in pattern.pattern.converters.items():
        kind = next((k for k in re.findall(rf"<(\w+):{name}>", route)), "str")
        value = converter.to_url(FILL.get(kind, "7f3k7f3k"))
        route = re.sub(rf"<(\w+:)?{name}>", str(value), route)
    return route


def routes(resolver: URLResolver | None = None, before: str = "/"):
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, before + str(pattern.pattern))
        elif (route := _filled(pattern)) is not None:
            yield before + route


def _client(account: int | None) -> Client:
    client = Client(raise_request_exception=False)
    if account is not None:
        cookie, _session = begin_session(by=SYSTEM, account=account, stay=True)
        client.cookies[sessions.cookie_name()] = cookie
    return client


@pytest.mark.parametrize("role", ["nobody", "member", "coordinator"])
def test_every_page_has_help_and_a_way_out(organisation, role):
    account = None
    if role == "member":
        account = begin_account(by=SYSTEM)
    if role == "coordinator":
        account, _totp, _name = begin_staff_hashed(by=SYSTEM, name="ines", hashed="none")
        said = {"name": "Ines Marsh", "shown_as": "Ines", "roles": ["coordinator"]}
        take_on(by=SYSTEM, organisation=organisation.id, account=account, **said)
    wrong, pages = [], 0
    for route in sorted(set(routes())):
        if route == "/leave":
            continue
        response = _client(account).get(route)
        if "text/html" not in response.get("Content-Type", "") or not response.content:
            continue
        pages += 1
        if not HAND.search(response.content.decode()):
            wrong.append(f"{response.status_code} {route}")
    assert wrong == []
    assert pages > 5


@pytest.mark.parametrize(
    "page", [errors.unclear, errors.refused, errors.not_here, errors.broken, errors.stale_form]
)
def test_errors_keep_help_and_the_way_out(organisation, page):
    request = RequestFactory().get("/somewhere/")
    request.jar, request.organisation = Jar({}), organisation
    request.viewer = Viewer(organisation=organisation.id)
    answer: HttpResponse = page(request)
    assert answer.status_code >= 400
    assert HAND.search(answer.content.decode())
    assert HAND.search(page(RequestFactory().get("/")).content.decode())


def test_wrong_addresses_methods_and_tokens_keep_it_too(organisation):
    client = Client(enforce_csrf_checks=True)
    assert HAND.search(client.get("/nowhere/at/all/").content.decode())
    refused = client.post("/help/someone/")
    assert refused.status_code in {403, 405}


CHECKED_ON = "2026-11-22"


def test_no_line_we_ship_is_older_than_two_years():
    """The build's own date: moved on with each release, so that old lines stop the release."""
    import datetime as dt

    from holdspace.care.age import Age, age_of
    from holdspace.care.shelf import shelf
    from holdspace.kit import clock

    with clock.at(dt.datetime.fromisoformat(f"{CHECKED_ON}T12:00:00+00:00")):
        every = [(c.code, line) for c in shelf().values() for line in c.lines]
        assert [(code, li.code) for code, li in every if age_of(li) == Age.EXPIRED] == []
        assert [(code, li.code) for code, li in every if li.checked > clock.today()] == []
