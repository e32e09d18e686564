"""Waiting, applying, visiting, recognising, resting, leaving, being removed, welcomed back."""

import datetime as dt

import pytest

from holdspace.groups import actions as groups
from holdspace.groups.tests.factories import a_group
from holdspace.kit import clock, holdings
from holdspace.kit.guard import Refused, Unseen
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import SYSTEM, outside_act
from holdspace.ledger.chain import verify
from holdspace.ledger.models import Line, Task
from holdspace.members import actions, privacy, queries, rules, tasks
from holdspace.members.models import (
    Application,
    Member,
    Recognition,
    Return,
    Ring,
    Visit,
    Waiting,
)
from holdspace.members.queries import Step
from holdspace.members.tests.factories import a_member, a_person, a_visit, joined
from holdspace.staff.tests.factories import a_coordinator, a_staff_account, viewer_for
from holdspace.vault.ciphers import Unopenable
from holdspace.vault.scopes import is_open, shred

pytestmark = pytest.mark.django_db


def a_lead(group, *, part="facilitator"):
    staff = a_staff_account("facilitator")
    groups.name_leader(by=SYSTEM, group=group, staff=staff, part=part)
    return viewer_for(staff)


def full(organisation, **more):
    """A group of two places, both taken: the group and one of its members."""
    group = a_group(ceiling=2, **more)
    _viewer, member = a_member(organisation, group)
    a_member(organisation, group)
    return group, member


def waits(organisation, group):
    viewer = a_person(organisation)
    return viewer, actions.wait(by=viewer, group=group)


# --- the waiting list


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
            from holdspace.ledger.acts import outside_act

            with outside_act("another's turn"):
                mine.update(holder=holder.holder.tag(group.id))
            joined(holder, group)
    assert queries.usual_wait(group, viewer=viewer) == 3


# --- applications


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


def a_member_by_list(organisation, group, lead):
    """A member of a group on approval, by the way everybody comes."""
    viewer = a_person(organisation)
    asked = actions.apply(by=viewer, group=group, answers=[], draft={})
    actions.approve_application(by=lead, application=asked)
    return viewer, joined(viewer, group)


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


# --- visits


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


# --- resting, leaving, being removed


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


# --- a private word


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


# --- welcome back


def test_welcome_back_needs_two_people_and_the_old_sign_in_dies(organisation):
    group = a_group()
    lead, coordinator = a_lead(group), a_coordinator()
    old, member = a_member(organisation, group, "Heron")
    new = a_person(organisation)
    code = actions.ask_back(by=new, group=group)
    with pytest.raises(Unseen):
        actions.vouch(by=lead, group=group, code="zzzzzzzz", member=member)
    with pytest.raises(Refused):
        actions.vouch(by=old, group=group, code=code, member=member)
    asked = actions.vouch(by=lead, group=group, code=f" {code.upper()} ", member=member)
    for same in (lead, new, old):
        with pytest.raises(Refused):
            actions.welcome_back(by=same, asked=asked)
    back, account = actions.welcome_back(by=coordinator, asked=asked)
    assert account == old.holder.account
    assert (back.id, back.alias) == (member.id, "Heron")
    assert back.returned_on == clock.today()
    assert rules.may_see_inside(new, group)
    assert not rules.may_see_inside(old, group)
    assert Return.objects.count() == 0
    assert Line.objects.filter(chain=group.scope, kind="members.welcomed_back").count() == 1


def test_a_request_to_come_back_lapses_or_is_turned_down(organisation):
    group = a_group()
    lead = a_lead(group)
    _old, member = a_member(organisation, group)
    new = a_person(organisation)
    code = actions.ask_back(by=new, group=group)
    second = actions.ask_back(by=new, group=group)
    with pytest.raises(Unseen):
        actions.vouch(by=lead, group=group, code=code, member=member)
    asked = actions.vouch(by=lead, group=group, code=second, member=member)
    with clock.at(clock.now() + dt.timedelta(days=15)):
        with pytest.raises(Refused):
            actions.welcome_back(by=a_coordinator(), asked=asked)
        tasks.forget_old()
        assert Return.objects.count() == 0


# --- export and erasure


def test_everything_of_an_account_is_exported_and_erased(organisation):
    group, other = a_group(), a_group("Second", ceiling=2)
    viewer, member = a_member(organisation, group, "Heron", about={"hope": "Sleep"})
    for _ in range(2):
        a_member(organisation, other)
    actions.wait(by=viewer, group=other)
    account = viewer.holder.account
    out = privacy.export(account)
    assert out["memberships"][0]["members"]["alias"] == "Heron"
    assert out["memberships"][0]["members"]["said"]["hope"] == "Sleep"
    assert out["waiting"][0]["group"] == "Second"
    scopes = privacy.erase(account)
    shred(scopes)
    assert member.scope in scopes
    assert privacy.erase(account) == []
    assert Ring.objects.get(group=group).taken == 0
    assert Waiting.objects.get().holder is None
    with pytest.raises(Unopenable):
        member.__dict__["alias"] = Member.alias.field.open(member, b"\x01" + bytes(40))
    assert "members" in {h.name for h in holdings.person_holdings()}


def test_what_is_announced_names_no_person(organisation):
    group = a_group()
    viewer, member = a_member(organisation, group)
    actions.leave_group(by=member)
    for task in Task.objects.all():
        assert str(viewer.holder.account) not in str(task.facts)
    assert list(verify(group.scope)) == []


def test_those_who_left_are_forgotten_after_a_year(organisation):
    group = a_group()
    _viewer, member = a_member(organisation, group)
    actions.leave_group(by=member)
    with clock.at(clock.now() + dt.timedelta(days=364)):
        assert actions.forget_those_who_left(by=SYSTEM) == 0
    with clock.at(clock.now() + dt.timedelta(days=367)):
        assert actions.forget_those_who_left(by=SYSTEM) == 1
    assert not is_open(member.scope)


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


def test_nobody_asks_more_than_ten_groups_a_week(organisation):
    from holdspace.members.telling import may_ask_this_week

    viewer = a_person(organisation)
    assert [may_ask_this_week(viewer) for _ in range(11)] == [True] * 10 + [False]


# --- what two people do at one moment, and what a backup brings back


def test_one_invitation_lets_one_person_in_by_the_waiting_list_too(organisation):
    group, _member = full(organisation)
    group.way_in = "invitation"
    with outside_act("the group's way in changed"):
        group.save(update_fields=["way_in"])
    link = actions.invite(by=a_lead(group), group=group)
    actions.wait(by=a_person(organisation), group=group, invitation=link)
    with pytest.raises(Refused):
        actions.wait(by=a_person(organisation), group=group, invitation=link)


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


def test_a_membership_that_a_backup_brought_back_without_its_key_goes(organisation):
    group, member = full(organisation)
    shred([member.scope])
    tasks.forget_erased()
    assert not Member.objects.filter(id=member.id).exists()
    assert Ring.objects.get(group=group).taken == 1
