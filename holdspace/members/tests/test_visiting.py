"""Coming once to listen: a visit of one evening, and how it goes."""

import datetime as dt

import pytest

from holdspace.groups.tests.factories import a_group
from holdspace.kit import clock
from holdspace.kit.guard import Refused
from holdspace.kit.viewer import Viewer
from holdspace.ledger.models import Line
from holdspace.members import actions, queries, rules, tasks
from holdspace.members.models import Recognition, Visit
from holdspace.members.tests.factories import a_lead, a_visit
from holdspace.staff.tests.factories import a_coordinator
from holdspace.vault.scopes import is_open

pytestmark = pytest.mark.django_db


def test_a_visit_is_gone_within_a_day_and_the_ledger_keeps_that_it_ended(organisation):
    group = a_group()
    ends = clock.now() + dt.timedelta(hours=3)
    visitor, visit, _token = a_visit(group, "Wren", ends=ends, meeting=77)
    assert visit.standing == "expected"
    assert not rules.may_see_inside(visitor, group)
    told = {"wish": "talk", "words": "my aunt", "to": "facilitator"}
    actions.tell_someone_is_here(by=visitor, group=group, writer=visit, **told)
    actions.answer_visit(by=visitor, visit=visit, shared=True, heard="3")
    with clock.at(ends + dt.timedelta(hours=19)):
        tasks.forget_visits()
        assert Visit.objects.count() == 1
    with clock.at(ends + dt.timedelta(hours=23)):
        tasks.forget_visits()
        tasks.forget_visits()
    assert Visit.objects.count() == Recognition.objects.count() == 0
    assert not is_open(visit.scope)
    line = Line.objects.get(chain=group.scope, kind="members.visit_ended")
    assert line.sealed["subject"] is None
    assert queries.visit_of(viewer=visitor) is None


def test_where_people_are_asked_first_a_facilitator_answers(organisation):
    group = a_group(way_in="approval")
    lead = a_lead(group)
    visitor, visit, _token = a_visit(group)
    assert visit.standing == "asked"
    for stranger in (visitor, a_coordinator()):
        with pytest.raises(Refused):
            actions.confirm_visit(by=stranger, visit=visit)
    actions.confirm_visit(by=lead, visit=visit)
    _viewer, second, _token = a_visit(group)
    assert actions.decline_visit(by=lead, visit=second, words="Next week is better.").reply


def test_only_the_link_holder_changes_a_visit(organisation):
    group = a_group()
    visitor, visit, _token = a_visit(group)
    other, _visit, _t = a_visit(group)
    for stranger in (other, Viewer(organisation=organisation.id), a_lead(group)):
        with pytest.raises(Refused):
            actions.change_wishes(by=stranger, visit=visit, greeted=False, listens=False)
        with pytest.raises(Refused):
            actions.end_visit(by=stranger, visit=visit)
    actions.change_wishes(by=visitor, visit=visit, greeted=False, listens=False)


def test_visitors_fill_one_evening_and_never_the_group(organisation):
    group = a_group(visitor_seats=2)
    first = [a_visit(group, meeting=1)[1] for _ in range(2)]
    with pytest.raises(Refused) as refused:
        a_visit(group, meeting=1)
    assert "Please choose another" in str(refused.value.reason)
    a_visit(group, meeting=2)
    lead = a_lead(group)
    dropped = actions.decline_visit(by=lead, visit=first[0], words="Not this week, sorry.")
    assert dropped.standing == "declined"
    a_visit(group, meeting=1)
    for _ in range(2):
        a_visit(group)
    with pytest.raises(Refused):
        a_visit(group)
    with pytest.raises(Refused):
        a_visit(a_group("None", introductions=False))


def test_a_visit_that_nobody_answers_holds_no_seat_for_ever(organisation):
    group = a_group(way_in="approval", questions=["Why?"], visitor_seats=1)
    now = clock.now()
    with clock.at(now):
        visitor, visit, _token = a_visit(group, meeting=1, ends=now + dt.timedelta(days=30))
        with pytest.raises(Refused):
            a_visit(group, meeting=1)
    with clock.at(now + dt.timedelta(days=6)):
        tasks.forget_visits()
        assert queries.visit_of(viewer=visitor).standing == "asked"
    with clock.at(now + dt.timedelta(days=7)):
        tasks.forget_visits()
        assert queries.visit_of(viewer=visitor).standing == "lapsed"
        a_visit(group, meeting=1)
        with pytest.raises(Refused):
            actions.confirm_visit(by=a_lead(group), visit=visit)
        ends = now + dt.timedelta(days=37)
        said = {"meeting": 2, "ends": ends, "evening": "Tuesday"}
        with pytest.raises(Refused):
            actions.move_visit(by=Viewer(organisation=organisation.id), visit=visit, **said)
        moved = actions.move_visit(by=visitor, visit=visit, **said)
        assert (moved.standing, moved.meeting) == ("asked", 2)
        assert moved.answer_by == now + dt.timedelta(days=14)
