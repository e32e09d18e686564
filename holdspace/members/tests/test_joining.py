"""Joining: what is needed, what is kept, and that nothing of a Person is written with it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from holdspace.groups import actions as groups
from holdspace.groups.tests.factories import CLAUSES, LIMITS, a_group
from holdspace.kit import clock
from holdspace.kit.guard import Refused
from holdspace.kit.viewer import StaffPass, Viewer
from holdspace.ledger.acts import SYSTEM
from holdspace.ledger.models import Line
from holdspace.members import actions, rules
from holdspace.members.models import Invitation, Member, Ring
from holdspace.members.queries import (
    Step,
    member_for,
    memberships_of,
    names_offered,
    places_in,
    step_into,
    weaves_offered,
)
from holdspace.members.tests.factories import a_member, a_person, joined
from holdspace.organisations.tests.factories import an_organisation
from holdspace.people.actions import keep_passphrase
from holdspace.staff.tests.factories import a_staff_account, viewer_for

pytestmark = pytest.mark.django_db


def test_joining_gives_a_place_under_a_name_of_ones_own(organisation):
    group = a_group()
    viewer, member = a_member(organisation, group, " Quiet  Wren ", about={"hello": "Hi all"})
    assert member_for(group, viewer=viewer).id == member.id
    again = Member.objects.get(id=member.id)
    assert (again.alias, again.said["hello"], again.said["reads"]) == (
        "Quiet Wren",
        "Hi all",
        False,
    )
    assert again.joined_on == clock.today()
    assert places_in(group, viewer=viewer) == (1, 12)
    assert rules.may_see_inside(viewer, group)
    assert not rules.may_facilitate(viewer, group)


def test_joining_writes_no_row_of_a_person(organisation):
    group, viewer = a_group(), a_person(organisation)
    with CaptureQueriesContext(connection) as asked:
        joined(viewer, group)
    writes = [q["sql"] for q in asked if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert writes
    assert not [sql for sql in writes if "people_" in sql]


def _flat(cell):
    return bytes(cell).hex() if isinstance(cell, memoryview | bytes) else str(cell)


def test_no_open_column_ties_a_person_to_a_membership(organisation):
    group, other = a_group(), a_group("Thursday Circle")
    viewer, member = a_member(organisation, group)
    second = joined(viewer, other)
    account = viewer.holder.account
    for table in ("members_member", "ledger_line", "ledger_task", "ledger_chain"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM %s" % connection.ops.quote_name(table))  # noqa: S608, UP031
            cells = [cell for row in cursor.fetchall() for cell in row]
        flat = " ".join(
            bytes(c).hex() if isinstance(c, memoryview | bytes) else str(c) for c in cells
        )
        assert str(account) not in flat
        assert f"{account:x}" not in flat
        assert member.alias.encode().hex() not in flat
    same = {"organisation_id", "role", "standing", "since", "joined_on", "agreement", "renamed",
            "returned_on", "farewell"}  # fmt: skip
    one, two = (Member.objects.filter(id=m.id).values().get() for m in (member, second))
    alike = {k for k in one if one[k] == two[k]}
    assert alike <= same


def test_asking_twice_gives_the_same_member(organisation):
    group = a_group()
    viewer, member = a_member(organisation, group)
    assert joined(viewer, group).id == member.id
    assert Ring.objects.get(group=group).taken == 1


def test_the_ceiling_holds_and_the_reason_is_said(organisation):
    group = a_group(ceiling=2)
    for _ in range(2):
        a_member(organisation, group)
    with pytest.raises(Refused) as refused:
        a_member(organisation, group)
    assert "waiting list" in str(refused.value.reason)
    assert Member.objects.filter(group=group).count() == 2


def test_a_name_stands_once_in_a_group_but_in_every_group(organisation):
    group, other = a_group(), a_group("Thursday Circle")
    a_member(organisation, group, "Wren")
    for alike in ("wren", "Wr\u200ben", "vvren"):
        with pytest.raises(Refused):
            a_member(organisation, group, alike)
    a_member(organisation, other, "Wren")


def test_what_looks_like_a_person_needs_a_second_yes(organisation):
    group = a_group()
    with pytest.raises(Refused):
        a_member(organisation, group, "Anna Schmidt")
    a_member(organisation, group, "Anna Schmidt", sure=True)
    with pytest.raises(Refused):
        a_member(organisation, group, "wren@example.org", sure=True)


def test_ones_own_sign_in_name_is_refused(organisation):
    group, viewer = a_group(), a_person(organisation)
    keep_passphrase(
        by=viewer, account=viewer.holder.account, name="river lantern", passphrase="x" * 20
    )
    for alias in ("River", "Lantern 7", "riverlantern"):
        assert not rules.may_use_alias(viewer, group, alias), alias
    assert rules.may_use_alias(viewer, group, "Heron")


def test_the_agreement_must_be_the_one_in_force(organisation):
    group = a_group()
    viewer, member = a_member(organisation, group)
    groups.publish_agreement(by=SYSTEM, group=group, clauses=[*CLAUSES, "New."], limits=LIMITS)
    assert not rules.may_see_inside(viewer, group)
    assert "changed" in str(rules.may_see_inside(viewer, group).reason)
    with pytest.raises(Refused):
        actions.accept_agreement(by=member, number=1)
    actions.accept_agreement(by=member, number=2)
    assert rules.may_see_inside(viewer, group)
    kept = [
        line for line in Line.objects.filter(chain=group.scope) if line.kind == "members.agreed"
    ]
    assert kept[0].sealed["facts"] == {"agreement": 2}
    assert kept[0].sealed["actor"] == f"members.member:{member.id}"
    newcomer = a_person(organisation)
    with pytest.raises(Refused):
        actions.join_group(
            by=newcomer, group=group, alias="Heron", seed=5, agreement=1, affirmed="18"
        )


def test_nobody_joins_a_group_that_asks_or_invites_without_either(organisation):
    asks, invites = a_group(way_in="approval"), a_group("By letter", way_in="invitation")
    viewer = a_person(organisation)
    assert step_into(asks, viewer=viewer) == Step.APPLY
    assert step_into(invites, viewer=viewer) == Step.INVITED_ONLY
    for group in (asks, invites):
        with pytest.raises(Refused):
            joined(viewer, group)
    assert step_into(a_group("Draft", opened=False), viewer=viewer) == Step.CLOSED


def test_an_invitation_lets_one_person_in_once(organisation):
    group = a_group(way_in="invitation")
    staff = a_staff_account("facilitator")
    groups.name_leader(by=SYSTEM, group=group, staff=staff)
    lead = viewer_for(staff)
    token = actions.invite(by=lead, group=group)
    stale = actions.invite(by=lead, group=group)
    _viewer, _member = a_member(organisation, group, invitation=token)
    assert Invitation.objects.count() == 1
    with pytest.raises(Refused):
        a_member(organisation, group, invitation=token)
    with clock.at(clock.now() + clock.dt.timedelta(days=15)):
        with pytest.raises(Refused):
            a_member(organisation, group, invitation=stale)
        assert actions.forget_invitations(by=SYSTEM) == 1
    with pytest.raises(Refused):
        actions.invite(by=_viewer, group=group)


def test_a_work_account_holds_no_membership(organisation):
    group = a_group()
    staff = Viewer(organisation=organisation.id, staff=StaffPass(account=5))
    assert step_into(group, viewer=staff) == Step.WORKS_HERE
    assert not rules.may_join(staff, group)


def test_a_name_can_be_changed_once_on_the_first_day(organisation):
    group = a_group()
    viewer, member = a_member(organisation, group, "Wren")
    changed = actions.change_alias(by=viewer, member=member, alias="Heron")
    assert changed.alias == "Heron"
    a_member(organisation, group, "Wren")
    with pytest.raises(Refused):
        actions.change_alias(by=viewer, member=changed, alias="Plover")
    other, late = a_member(organisation, group, "Linnet")
    with clock.at(clock.now() + clock.dt.timedelta(days=1)), pytest.raises(Refused):
        actions.change_alias(by=other, member=late, alias="Plover")


def test_my_groups_are_found_by_two_queries_however_many(organisation, django_assert_num_queries):
    viewer = a_person(organisation)
    for n in range(6):
        group = a_group(f"Circle {n}")
        if n % 2:
            joined(viewer, group)
        a_member(organisation, group)
    with django_assert_num_queries(2):
        mine = memberships_of(viewer=viewer)
        assert [m.group.name for m in mine] == ["Circle 1", "Circle 3", "Circle 5"]
        assert all(m.alias for m in mine)
    assert memberships_of(viewer=Viewer(organisation=organisation.id)) == []


def test_another_organisation_sees_nothing(organisation):
    group = a_group()
    viewer, _member = a_member(organisation, group)
    elsewhere = an_organisation("Other House")
    stranger = Viewer(organisation=elsewhere.id, holder=viewer.holder)
    assert member_for(group, viewer=stranger) is None
    assert not rules.may_see_inside(stranger, group)


def test_names_and_weaves_offered_are_free(organisation):
    group, other = a_group(), a_group("Thursday Circle")
    viewer = a_person(organisation)
    seeds = {joined(viewer, other).seed}
    for _ in range(5):
        seeds.add(a_member(organisation, group, names_offered(group, viewer=viewer)[0])[1].seed)
    names = names_offered(group, viewer=viewer)
    assert len(set(names)) == 3
    assert all(rules.may_use_alias(viewer, group, name) for name in names)
    weaves = weaves_offered(group, viewer=viewer)
    assert len(set(weaves)) == 6
    assert not set(weaves) & seeds
