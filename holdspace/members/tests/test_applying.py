"""Ways in by asking: answers for facilitators alone, a kind no, a yes that waits its turn."""

import datetime as dt

import pytest

from holdspace.groups.tests.factories import a_group
from holdspace.kit import clock
from holdspace.kit.guard import Refused, Unseen
from holdspace.members import actions, queries, tasks
from holdspace.members.models import Application, Waiting
from holdspace.members.queries import Step
from holdspace.members.telling import may_ask_this_week
from holdspace.members.tests.factories import a_lead, a_person, joined
from holdspace.staff.tests.factories import a_coordinator
from holdspace.vault.scopes import is_open

pytestmark = pytest.mark.django_db


def a_member_by_list(organisation, group, lead):
    """A member of a group on approval, by the way everybody comes."""
    viewer = a_person(organisation)
    asked = actions.apply(by=viewer, group=group, answers=[], draft={})
    actions.approve_application(by=lead, application=asked)
    return viewer, joined(viewer, group)


def test_answers_are_for_facilitators_and_go_when_answered(organisation):
    group = a_group(way_in="approval", questions=["Why?"])
    lead, viewer = a_lead(group), a_person(organisation)
    draft = {"alias": "Wren", "seed": 7, "agreement": 1, "affirmed": "adult"}
    asked = actions.apply(by=viewer, group=group, answers=[["Why?", "Nights"]], draft=draft)
    assert actions.apply(by=viewer, group=group, answers=[], draft={}).id == asked.id
    assert queries.applications_to(group, viewer=lead)[0].answers == [["Why?", "Nights"]]
    _other, _member = a_member_by_list(organisation, group, lead)
    for stranger in (viewer, _other, a_coordinator(), a_lead(a_group("Other"))):
        with pytest.raises(Unseen):
            queries.applications_to(group, viewer=stranger)
        with pytest.raises(Refused):
            actions.approve_application(by=stranger, application=asked)
    turn = actions.approve_application(by=lead, application=asked)
    assert turn.standing == "offered"
    assert not is_open(asked.scope)
    assert queries.step_into(group, viewer=viewer) == Step.JOIN
    assert queries.turn_draft(group, viewer=viewer)["alias"] == "Wren"
    joined(viewer, group, "Wren")


def test_a_no_is_kind_and_stays_for_a_while(organisation):
    group = a_group(way_in="approval", questions=["Why?"])
    lead, viewer = a_lead(group), a_person(organisation)
    asked = actions.apply(by=viewer, group=group, answers=[["Why?", "x"]], draft={})
    with pytest.raises(Refused):
        actions.decline_application(by=lead, application=asked, words=" ")
    actions.decline_application(by=lead, application=asked, words="The family group fits better.")
    mine = queries.application_in(group, viewer=viewer)
    assert (mine.reply, mine.answers) == ("The family group fits better.", [])
    assert queries.step_into(group, viewer=viewer) == Step.DECLINED
    with clock.at(clock.now() + dt.timedelta(days=31)):
        tasks.forget_old()
    assert Application.objects.count() == 0
    assert queries.step_into(group, viewer=viewer) == Step.APPLY


def test_approved_into_a_full_group_waits_in_order(organisation):
    group = a_group(way_in="approval", questions=["Why?"], ceiling=2)
    lead = a_lead(group)
    for _ in range(2):
        a_member_by_list(organisation, group, lead)
    viewer = a_person(organisation)
    asked = actions.apply(by=viewer, group=group, answers=[], draft={})
    assert actions.approve_application(by=lead, application=asked).standing == "waiting"
    assert queries.step_into(group, viewer=viewer) == Step.WAITING


def test_nobody_asks_more_than_ten_groups_a_week(organisation):
    viewer = a_person(organisation)
    assert [may_ask_this_week(viewer) for _ in range(11)] == [True] * 10 + [False]


def test_what_was_taken_back_is_not_approved(organisation):
    group = a_group(way_in="approval", questions=["Why here?"])
    viewer, lead = a_person(organisation), a_lead(group)
    draft = {"alias": "Wren", "seed": 7, "agreement": 1, "affirmed": ""}
    asked = actions.apply(by=viewer, group=group, answers=[["Why here?", "x"]], draft=draft)
    seen = queries.application_numbered(group, asked.id, viewer=lead)
    actions.withdraw_application(by=viewer, application=asked)
    with pytest.raises(Unseen):
        actions.approve_application(by=lead, application=seen)
    assert not Waiting.objects.filter(group=group).exists()
