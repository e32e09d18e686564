"""Sessions: who is here, for how long, and that leaving leaves nothing open."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from holdspace.kit import clock
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import SYSTEM, outside_act
from holdspace.people import sessions
from holdspace.people.actions import begin_account, begin_session, sign_in_session, sign_out
from holdspace.people.actions.accounts import new_person
from holdspace.people.actions.signing import end_session, note_use
from holdspace.people.middleware import WhoIsHere
from holdspace.people.models import Person, Session
from holdspace.vault.jar import Jar

pytestmark = pytest.mark.django_db


def a_request(organisation, cookies=None):
    request = RequestFactory().get("/")
    request.COOKIES.update(cookies or {})
    request.jar = Jar({})
    request.organisation = organisation
    request.viewer = Viewer(organisation=organisation.id)
    return request


def signed_in(organisation, account, **kwargs):
    response = sign_in_session(a_request(organisation), HttpResponse(), account, **kwargs)
    return response.cookies[sessions.cookie_name()]


def seen(organisation, cookie):
    request = a_request(organisation, {sessions.cookie_name(): cookie})
    WhoIsHere(lambda _: HttpResponse())(request)
    return request.viewer


def test_a_new_account_can_sign_in_and_is_recognised(organisation):
    account = begin_account(by=SYSTEM)
    cookie = signed_in(organisation, account)
    assert len(cookie.value) >= 43  # 256 bits
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    with CaptureQueriesContext(connection) as asked:
        viewer = seen(organisation, cookie.value)
    assert len(asked) == 1
    assert viewer.holder.account == account
    assert viewer.staff is None
    assert str(account) not in repr(viewer)


def test_without_a_cookie_nothing_is_asked(organisation, django_assert_num_queries):
    request = a_request(organisation)
    with django_assert_num_queries(0):
        WhoIsHere(lambda _: HttpResponse())(request)
    assert not request.viewer.is_somebody


def test_holder_tags_are_per_group(organisation):
    holder = seen(organisation, signed_in(organisation, begin_account(by=SYSTEM)).value).holder
    assert holder.tag(7) != holder.tag(8)
    assert holder.tags([7, 8]) == [holder.tag(7), holder.tag(8)]


def test_staff_sessions_hold_no_membership(organisation):
    with outside_act("fixture"):
        account = new_person("staff").id
    viewer = seen(organisation, signed_in(organisation, account).value)
    assert viewer.holder is None
    assert viewer.staff.account == account


def test_a_session_ends_unused_and_ends_at_last(organisation):
    start = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
    with clock.at(start):
        cookie = signed_in(organisation, begin_account(by=SYSTEM)).value
    for day in range(0, 90, 20):
        with clock.at(start + dt.timedelta(days=day)):
            assert seen(organisation, cookie).is_somebody
    with clock.at(start + dt.timedelta(days=90, minutes=1)):
        assert not seen(organisation, cookie).is_somebody
    with clock.at(start):
        idle = signed_in(organisation, begin_account(by=SYSTEM)).value
    with clock.at(start + dt.timedelta(days=31)):
        assert not seen(organisation, idle).is_somebody


def test_a_passing_session_is_short_and_its_cookie_goes_with_the_browser(organisation):
    start = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
    with clock.at(start):
        cookie = signed_in(organisation, begin_account(by=SYSTEM), stay=False)
    assert cookie["max-age"] == ""
    with clock.at(start + dt.timedelta(hours=3, minutes=1)):
        assert not seen(organisation, cookie.value).is_somebody


def test_signing_in_again_gives_a_new_token_and_ends_the_old(organisation):
    account = begin_account(by=SYSTEM)
    old = signed_in(organisation, account).value
    request = a_request(organisation, {sessions.cookie_name(): old})
    new = sign_in_session(request, HttpResponse(), account).cookies[sessions.cookie_name()].value
    assert new != old
    assert not seen(organisation, old).is_somebody
    assert seen(organisation, new).is_somebody


def test_signing_out_ends_it_here_and_clears_the_browser(organisation):
    cookie = signed_in(organisation, begin_account(by=SYSTEM)).value
    request = a_request(organisation, {sessions.cookie_name(): cookie})
    response = sign_out(request, HttpResponse())
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not seen(organisation, cookie).is_somebody


def test_the_row_of_a_session_names_nobody(organisation):
    account = begin_account(by=SYSTEM)
    signed_in(organisation, account)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_session")
        row = cursor.fetchone()
    assert account not in row
    assert str(account).encode() not in b"".join(bytes(v) for v in row if isinstance(v, bytes))
    assert {f.name for f in Session._meta.get_fields()} == {
        "fresh", "id", "organisation", "token", "whose", "kind", "expires", "sealed"
    }  # fmt: skip


def test_a_person_is_member_or_staff(organisation):
    with pytest.raises(IntegrityError), outside_act("fixture"):
        new_person("both")


def test_a_person_has_no_times(organisation):
    columns = {f.name for f in Person._meta.fields}
    assert columns == {"id", "fresh", "organisation", "scope", "kind", "name_tag", "secrets"}


def test_a_line_is_told_whose_sign_in_has_ended(organisation):
    account = begin_account(by=SYSTEM)
    cookies = [signed_in(organisation, account).value for _n in range(2)]
    rows = [Session.objects.get(token=sessions.digest(cookie)) for cookie in cookies]
    ids = [row.id for row in rows]
    assert sessions.living_among(ids) == set(ids)
    request = a_request(organisation, {sessions.cookie_name(): cookies[0]})
    request.viewer = seen(organisation, cookies[0])
    sign_out(request, HttpResponse())
    assert sessions.living_among(ids) == {ids[1]}
    with clock.at(clock.now() + dt.timedelta(days=91)):
        assert sessions.living_among(ids) == set()


def test_open_pages_are_told_who_is_still_signed_in(organisation):
    now = clock.now()
    account = begin_account(by=SYSTEM)
    passing = {stay: begin_session(by=SYSTEM, account=account, stay=stay)[1] for stay in (0, 1)}
    short, long = passing[0], passing[1]
    both = {short.id, long.id}
    assert sessions.living_among(both) == both
    with clock.at(now + dt.timedelta(hours=2)):
        note_use(by=SYSTEM, session=short)
    with clock.at(now + dt.timedelta(hours=4)):
        assert sessions.living_among(both) == both
    with clock.at(now + dt.timedelta(hours=6)):
        assert sessions.living_among(both) == {long.id}
    end_session(by=SYSTEM, token=bytes(long.token))
    assert sessions.living_among(both) == {short.id}
