"""Waiting for a place: turns in order, offers that lapse, lists that are left."""

import datetime as dt

import pytest

from holdspace.groups import actions as groups
from holdspace.groups.tests.factories import a_group
from holdspace.kit import clock
from holdspace.kit.guard import Refused
from holdspace.ledger.acts import SYSTEM, outside_act
from holdspace.ledger.models import Task
from holdspace.members import actions, queries, tasks
from holdspace.members.models import Member, Ring, Waiting
from holdspace.members.queries import Step
from holdspace.members.tests.factories import a_lead, a_member, a_person, full, joined, waits

pytestmark = pytest.mark.django_db


def test_places_are_offered_in_order_and_kept(organisation):
    group, member = full(organisation)
    first, one = waits(organisation, group)
    _second, two = waits(organisation, group)
    assert [queries.place_in_line(w, viewer=first) for w in (one, two)] == [1, 2]
    actions.leave_group(by=member)
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.standing, two.standing) == ("offered", "waiting")
    assert queries.places_in(group, viewer=first) == (2, 2)
    assert queries.step_into(group, viewer=first) == Step.JOIN
    with pytest.raises(Refused):
        a_member(organisation, group)
    joined(first, group)
    one.refresh_from_db()
    assert (one.standing, one.holder, one.person, one.draft) == ("taken", None, None, None)
    ring = Ring.objects.get(group=group)
    assert (ring.taken, ring.kept) == (2, 0)


def test_an_offer_lapses_without_cost_twice_and_ends_the_turn_the_third_time(organisation):
    group, _member = full(organisation)
    viewer, turn = waits(organisation, group)
    other, later = waits(organisation, group)
    for round_ in range(3):
        member = Member.objects.filter(group=group, standing="joined").first()
        actions.leave_group(by=member)
        turn.refresh_from_db()
        later.refresh_from_db()
        assert turn.standing == "offered", round_
        with clock.at(clock.now() + dt.timedelta(hours=73)):
            tasks.lapse_offers()
            tasks.lapse_offers()
        turn.refresh_from_db()
        later.refresh_from_db()
        if round_ < 2:
            assert (turn.standing, turn.lapsed, turn.number) == ("waiting", round_ + 1, 1)
            assert later.standing == "offered"
            actions.pass_on_offer(by=other, waiting=later) if round_ == 0 else joined(other, group)
            if round_ == 0:
                assert queries.step_into(group, viewer=viewer) == Step.JOIN
                a_member(organisation, group)
    assert (turn.standing, turn.holder) == ("ended", None)


def test_leaving_the_list_passes_the_place_on(organisation):
    group, member = full(organisation)
    viewer, one = waits(organisation, group)
    _other, two = waits(organisation, group)
    actions.leave_group(by=member)
    with pytest.raises(Refused):
        actions.leave_waiting(by=_other, waiting=one)
    actions.leave_waiting(by=viewer, waiting=one)
    actions.leave_waiting(by=viewer, waiting=one)
    two.refresh_from_db()
    assert two.standing == "offered"
    assert Ring.objects.get(group=group).kept == 1


def test_a_higher_ceiling_makes_offers(organisation):
    group, _member = full(organisation)
    _viewer, one = waits(organisation, group)
    _other, two = waits(organisation, group)
    groups.change_group(by=SYSTEM, group=group, ceiling=3)
    tasks.offer_free_places(group=group.id, organisation=organisation.id)
    tasks.offer_free_places(group=group.id, organisation=organisation.id)
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.standing, two.standing) == ("offered", "waiting")


def test_a_lower_ceiling_puts_nobody_out_and_lets_nobody_in(organisation):
    group = a_group(ceiling=3)
    for _ in range(3):
        _viewer, member = a_member(organisation, group)
    groups.change_group(by=SYSTEM, group=group, ceiling=2)
    actions.leave_group(by=member)
    with pytest.raises(Refused):
        a_member(organisation, group)


def test_waiting_twice_is_one_turn_and_free_groups_have_no_list(organisation):
    group, _member = full(organisation)
    viewer, turn = waits(organisation, group)
    assert actions.wait(by=viewer, group=group).id == turn.id
    with pytest.raises(Refused):
        waits(organisation, a_group("Roomy"))


def test_the_usual_wait_comes_from_waits_or_from_the_group(organisation):
    group, _member = full(organisation, wait_weeks=5)
    viewer = a_person(organisation)
    assert queries.usual_wait(group, viewer=viewer) == 5
    now = clock.now()
    for n in range(3):
        with clock.at(now):
            waits(organisation, group)
        with clock.at(now + dt.timedelta(days=15)):
            actions.leave_group(by=Member.objects.filter(group=group, standing="joined").first())
            turn = Waiting.objects.get(group=group, standing="offered")
            assert turn.number == n + 1
            holder = a_person(organisation)
            mine = Waiting.objects.filter(id=turn.id)
            with outside_act("another's turn"):
                mine.update(holder=holder.holder.tag(group.id))
            joined(holder, group)
    assert queries.usual_wait(group, viewer=viewer) == 3


def test_a_discreet_word_reaches_whoever_wants_it(organisation, monkeypatch):
    told = []
    monkeypatch.setattr("holdspace.members.telling.tell", lambda **said: told.append(said) or True)
    group, member = full(organisation)
    viewer, turn = waits(organisation, group)
    actions.leave_group(by=member)
    due = Task.objects.get(name="holdspace.members.tasks.tell_of_offer")
    assert due.facts == {"group": group.id, "waiting": turn.id}
    tasks.tell_of_offer(**due.facts)
    assert [said["account"] for said in told] == [viewer.holder.account]
    assert group.name not in str(told)
    joined(viewer, group)
    tasks.tell_of_offer(**due.facts)
    tasks.tell_of_answer(group=group.id, application=1)
    assert len(told) == 1


def test_one_invitation_lets_one_person_in_by_the_waiting_list_too(organisation):
    group, _member = full(organisation)
    group.way_in = "invitation"
    with outside_act("the group's way in changed"):
        group.save(update_fields=["way_in"])
    link = actions.invite(by=a_lead(group), group=group)
    actions.wait(by=a_person(organisation), group=group, invitation=link)
    with pytest.raises(Refused):
        actions.wait(by=a_person(organisation), group=group, invitation=link)
