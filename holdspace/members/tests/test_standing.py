"""Being here: resting, leaving, beginning anew, being asked to stay away, parts, private words."""

import datetime as dt

import pytest

from holdspace.groups.tests.factories import a_group
from holdspace.kit import clock
from holdspace.kit.guard import Refused, Unseen
from holdspace.members import actions, privacy, queries, rules, tasks
from holdspace.members.models import Member, Recognition, Ring
from holdspace.members.queries import Step
from holdspace.members.tests.factories import a_lead, a_member, a_person, joined
from holdspace.staff.tests.factories import a_coordinator

pytestmark = pytest.mark.django_db


def test_rest_keeps_the_place_and_the_way_in(organisation):
    viewer = a_person(organisation)
    group2 = a_group("Second", ceiling=2)
    member = joined(viewer, group2)
    actions.rest(by=member)
    assert rules.may_see_inside(viewer, group2)
    assert Ring.objects.get(group=group2).taken == 1
    with pytest.raises(Refused):
        actions.rest(by=member)
    assert actions.end_rest(by=member).standing == "joined"


def test_leaving_ends_access_at_once(organisation):
    group = a_group()
    viewer, member = a_member(organisation, group, "Heron")
    actions.leave_group(by=member)
    assert not rules.may_see_inside(viewer, group)
    assert queries.member_for(group, viewer=viewer) is None
    assert queries.memberships_of(viewer=viewer) == []
    with pytest.raises(Unseen):
        queries.members_in(group, viewer=viewer)
    with pytest.raises(Refused):
        actions.leave_group(by=member)
    with pytest.raises(Refused):
        a_member(organisation, group, "Heron")
    again = joined(viewer, group)
    assert (again.id, again.alias) == (member.id, "Heron")


def test_beginning_anew_leaves_the_old_name_to_nobody(organisation):
    group = a_group()
    viewer, member = a_member(organisation, group, "Heron")
    actions.leave_group(by=member)
    anew = joined(viewer, group, "Plover", anew=True)
    assert anew.id != member.id
    old = Member.objects.get(id=member.id)
    assert old.person == {}
    assert old.holder not in {viewer.holder.tag(group.id), anew.holder}
    assert [m.id for m in privacy.members_of(viewer.holder.account)] == [anew.id]


def test_being_asked_to_stay_away(organisation):
    group = a_group()
    lead = a_lead(group)
    viewer, member = a_member(organisation, group)
    said = {"reason": "Methods were described", "words": "Take care.", "write_to": "Ines"}
    for stranger in (viewer, a_coordinator(), a_person(organisation)):
        with pytest.raises(Refused):
            actions.remove_member(by=stranger, member=member, **said)
    with pytest.raises(Refused):
        actions.remove_member(by=lead, member=member, **{**said, "words": " "})
    actions.remove_member(by=lead, member=member, **said)
    record = queries.own_record(group, viewer=viewer)
    assert record.farewell == said
    assert queries.farewells_to(viewer=viewer) == [record]
    assert queries.memberships_of(viewer=viewer) == []
    with pytest.raises(Refused):
        actions.note_farewell_read(by=lead, member=record)
    actions.note_farewell_read(by=viewer, member=record)
    assert queries.farewells_to(viewer=viewer) == []
    assert queries.own_record(group, viewer=viewer).farewell == {**said, "read": True}
    assert not rules.may_see_inside(viewer, group)
    assert queries.step_into(group, viewer=viewer) == Step.REMOVED
    with pytest.raises(Refused):
        joined(viewer, group, anew=True)
    assert Ring.objects.get(group=group).taken == 0


def test_who_has_no_place_any_more_takes_their_words_back_and_nobody_else_does(organisation):
    group = a_group()
    lead = a_lead(group)
    viewer, member = a_member(organisation, group)
    for who in (viewer, lead):  # still here: then by leaving
        with pytest.raises(Refused):
            actions.take_words_back(by=who, member=member)
    actions.leave_group(by=member)
    record = queries.own_record(group, viewer=viewer)
    with pytest.raises(Refused):
        actions.take_words_back(by=lead, member=record)
    actions.take_words_back(by=viewer, member=record)
    actions.take_words_back(by=viewer, member=record)


def test_a_role_by_alias(organisation):
    group = a_group()
    lead = a_lead(group)
    viewer, member = a_member(organisation, group)
    with pytest.raises(Refused):
        actions.appoint(by=viewer, member=member, role="co-facilitator")
    with pytest.raises(ValueError):
        actions.appoint(by=lead, member=member, role="queen")
    actions.appoint(by=lead, member=member, role="co-facilitator")
    assert rules.may_facilitate(viewer, group)
    assert not rules.may_remove(viewer, group, member)
    assert actions.invite(by=viewer, group=group)
    assert not rules.may_facilitate(viewer, a_group("Other"))
    actions.leave_group(by=member)
    assert not rules.may_facilitate(viewer, group)


def test_a_private_word_is_read_by_whom_it_was_written_to(organisation):
    group = a_group()
    lead, coordinator = a_lead(group), a_coordinator()
    viewer, member = a_member(organisation, group)
    for to in ("facilitator", "coordinator"):
        actions.tell_someone_is_here(
            by=viewer, group=group, writer=member, wish="move", words="", to=to
        )
    for_lead = queries.recognitions_in(group, viewer=lead)
    for_coordinator = queries.recognitions_in(group, viewer=coordinator)
    assert [r.to for r in for_lead] == ["facilitator"]
    assert [r.to for r in for_coordinator] == ["coordinator"]
    assert queries.recognitions_in(group, viewer=viewer) == []
    with pytest.raises(Refused):
        actions.settle_recognition(by=lead, recognition=for_coordinator[0])
    actions.settle_recognition(by=lead, recognition=for_lead[0])
    with clock.at(clock.now() + dt.timedelta(days=31)):
        tasks.forget_old()
    assert Recognition.objects.get().to == "coordinator"
    stranger = a_person(organisation)
    with pytest.raises(Refused):
        actions.tell_someone_is_here(
            by=stranger, group=group, writer=member, wish="tell", words="", to="facilitator"
        )
