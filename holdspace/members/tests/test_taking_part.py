"""The yes to what is kept: asked by itself, recorded, asked again, taken back with its effect."""

import datetime as dt
import re
from dataclasses import replace

import pytest

from holdspace.consent.actions import carry_on, give_consent, withdraw_consent
from holdspace.consent.models import Consent, Erasing
from holdspace.consent.purposes import PURPOSES, TAKING_PART, VISITING
from holdspace.consent.rules import has_agreed
from holdspace.consent.tasks import carry_on_erasing
from holdspace.groups.tests.factories import a_group
from holdspace.kit import clock, remembering
from holdspace.kit.guard import Refused, Unseen
from holdspace.ledger.acts import outside_act
from holdspace.ledger.models import Line, Task
from holdspace.members import actions, queries, rules
from holdspace.members.models import Application, Member, Ring, Visit, Waiting
from holdspace.members.tests.browser import nobody, signed_in
from holdspace.members.tests.factories import a_member, a_person, a_visit, joined
from holdspace.members.tests.test_dialog import YES, first_name, seeds

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)
SLUG = TAKING_PART.slug
WITHDRAW = f"/me/consents/{SLUG}/withdraw/"


def at_the_agreement(browser, group):
    join = f"/groups/{group.code}/join/"
    page = browser.get(join).content.decode()
    browser.post(join, {"name": first_name(page), "seed": seeds(page)[0]})
    return join + "agreement/"


def test_it_is_asked_by_itself_in_plain_words_before_the_yes(organisation):
    group, browser = a_group(), nobody(organisation)
    agreement = at_the_agreement(browser, group)
    page = browser.get(agreement).content.decode()
    for point in (*TAKING_PART.points, TAKING_PART.words):
        assert str(point).replace("'", "&#39;") in page
    assert page.index("What we keep, if you agree") < page.index('name="taking_part"')
    assert "checked" not in page[page.index('name="taking_part"') :].split(">")[0]
    without = browser.post(agreement, {"agree": "on", "age": "on"})
    assert without.status_code == 422
    again = without.content.decode()
    assert "Without this yes we may not keep" in again
    assert "checked" in re.search(r'<input[^>]*name="agree"[^>]*>', again)[0]
    assert not Consent.objects.exists()
    browser.post(agreement, YES)
    row = Consent.objects.select_related("person").get()
    assert (row.purpose, row.sealed["version"], row.is_given) == (SLUG, 1, True)
    assert Line.objects.filter(kind="consent.given").count() == 1


def test_who_agreed_once_is_not_asked_in_the_next_group(organisation):
    browser = signed_in(organisation, a_person(organisation))
    page = browser.get(at_the_agreement(browser, a_group())).content.decode()
    assert 'name="taking_part"' not in page


@pytest.mark.parametrize("way", ["join", "apply", "wait"])
def test_no_act_goes_without_it(organisation, way):
    viewer = a_person(organisation, agrees=False)
    full = {"ceiling": 2} if way == "wait" else {}
    asks = {"way_in": "approval", "questions": ["Why?"]} if way == "apply" else {}
    group = a_group(**full, **asks)
    for _n in range(2 if way == "wait" else 0):
        a_member(organisation, group)
    act = {
        "join": lambda: joined(viewer, group),
        "apply": lambda: actions.apply(by=viewer, group=group, answers=[["Why?", "So"]], draft={}),
        "wait": lambda: actions.wait(by=viewer, group=group),
    }[way]
    with pytest.raises(Refused):
        act()
    assert not Application.objects.exists()
    assert not Waiting.objects.exists()
    give_consent(by=viewer, purpose=SLUG)
    assert act()


def test_waiting_asks_for_it_too(organisation):
    group, browser = a_group(ceiling=2), nobody(organisation)
    for _n in range(2):
        a_member(organisation, group)
    wait = f"/groups/{group.code}/waiting/wait/"
    assert b"What we keep, if you agree" in browser.get(f"/groups/{group.code}/waiting/").content
    assert browser.post(wait).status_code == 422
    assert not Waiting.objects.exists()
    assert browser.post(wait, {"taking_part": "on"}).status_code == 303
    assert Waiting.objects.count() == 1


def test_a_new_version_is_asked_before_anything_inside_is_seen(organisation, monkeypatch):
    group = a_group()
    viewer, member = a_member(organisation, group)
    browser = signed_in(organisation, viewer)
    assert browser.get(f"/g/{group.code}/people/").status_code == 200
    monkeypatch.setitem(PURPOSES, SLUG, replace(TAKING_PART, version=2))
    remembering.forget()
    assert not rules.may_see_inside(viewer, group)
    with pytest.raises(Unseen):
        queries.members_in(group, viewer=viewer)
    page = browser.get(f"/g/{group.code}/people/", follow=True).content.decode()
    assert "Before you go on: what we keep" in page
    assert 'name="agree"' not in page
    assert browser.post(f"/g/{group.code}/agreement/", {"taking_part": "on"}).status_code == 303
    assert browser.get(f"/g/{group.code}/people/").status_code == 200
    assert Consent.objects.select_related("person").get().sealed["version"] == 2
    assert Member.objects.get(id=member.id).agreement == 1


def test_a_visit_keeps_its_own_yes_and_loses_it_with_everything(organisation):
    group = a_group()
    viewer, visit, token = a_visit(group)
    assert visit.agreed["version"] == VISITING.version
    assert visit.agreed["agreement"] == 1
    browser = nobody(organisation)
    browser.get(f"/v/{token}/")
    assert b"takes back what you agreed to" in browser.get("/visit/").content
    actions.end_visit(by=viewer, visit=visit)
    assert not Visit.objects.exists()
    for wrong in ({"agreed": 0}, {"agreement": 7}):
        with pytest.raises(Refused):
            a_visit(group, **wrong)


def test_withdrawing_is_said_before_and_then_done(organisation):
    group, full = a_group("Tuesday Circle"), a_group("Full Circle", ceiling=2)
    viewer = a_person(organisation)
    member = joined(viewer, group, "Heron", about={"hello": "canary", "needs": "canary"})
    others = [a_member(organisation, full) for _n in range(2)]
    actions.wait(by=viewer, group=full)
    browser = signed_in(organisation, viewer)
    page = browser.get(WITHDRAW).content.decode()
    assert "Tuesday Circle" in page
    assert "Your turn on a waiting list: Full Circle" in page
    assert "Only a pause?" in page
    assert browser.post(WITHDRAW, {"how": "at-once"}).status_code == 303
    row = Member.objects.get(id=member.id)
    assert (row.standing, row.about, row.alias) == ("left", {}, "Heron")
    assert Ring.objects.get(group=group).taken == 0
    assert Ring.objects.get(group=full).taken == len(others)
    assert not Waiting.objects.filter(holder=viewer.holder.tag(full.id)).exists()
    assert not Erasing.objects.exists()
    assert browser.get(f"/g/{group.code}/").status_code == 404
    assert Task.objects.filter(facts__member=member.id).exists()  # its seats follow
    with pytest.raises(Refused):
        joined(viewer, group)
    give_consent(by=viewer, purpose=SLUG)
    assert joined(viewer, group).id == member.id


def test_spread_over_a_week_nothing_is_seen_from_the_first_moment(organisation):
    viewer = a_person(organisation)
    groups = [a_group(f"Circle {n}") for n in range(3)]
    members = [joined(viewer, group) for group in groups]
    with outside_act("fixture"):
        Member.objects.filter(id=members[0].id).update(role="co-facilitator")
    assert rules.may_facilitate(viewer, groups[0])
    with clock.at(START):
        carry_on(withdraw_consent(by=viewer, purpose=SLUG))
        assert not rules.may_facilitate(viewer, groups[0])
        browser = signed_in(organisation, viewer)
        for group in groups:
            assert not rules.may_see_inside(viewer, group)
            assert browser.get(f"/g/{group.code}/people/").status_code == 303
    left = []
    for hours in range(0, 24 * 7 + 2, 2):
        with clock.at(START + dt.timedelta(hours=hours)):
            carry_on_erasing()
            left.append(Member.objects.filter(standing="left").count())
    assert left[-1] == len(members)
    assert left == sorted(left)
    assert not Erasing.objects.exists()


def test_who_agrees_again_in_time_stays(organisation):
    viewer = a_person(organisation)
    members = [joined(viewer, a_group(f"Circle {n}")) for n in range(2)]
    with clock.at(START):
        withdraw_consent(by=viewer, purpose=SLUG)
        give_consent(by=viewer, purpose=SLUG)
    with clock.at(START + dt.timedelta(days=8)):
        carry_on_erasing()
    assert Member.objects.filter(standing="joined").count() == len(members)
    assert has_agreed(viewer, SLUG)
    assert not Erasing.objects.exists()


def test_no_transaction_of_withdrawing_writes_a_member(organisation):
    """Law: rows of a Person and of a Member are never written in the same transaction."""
    from django.db import connection

    viewer, member = a_member(organisation, a_group())
    seen = []

    def watch(execute, sql, params, many, context):
        seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        plan = withdraw_consent(by=viewer, purpose=SLUG)
    wrote = [sql for sql in seen if sql.lstrip().startswith(("INSERT", "UPDATE", "DELETE"))]
    assert wrote
    assert not any("members_" in sql for sql in wrote)
    carry_on(plan)
    assert Member.objects.get(id=member.id).standing == "left"
