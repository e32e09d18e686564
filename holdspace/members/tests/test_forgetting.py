"""What is taken along, and what is left of somebody: nothing, in its time."""

import datetime as dt

import pytest

from holdspace.groups.tests.factories import a_group
from holdspace.kit import clock, holdings
from holdspace.ledger.acts import SYSTEM
from holdspace.ledger.chain import verify
from holdspace.ledger.models import Task
from holdspace.members import actions, privacy, tasks
from holdspace.members.models import Member, Ring, Waiting
from holdspace.members.tests.factories import a_member, full
from holdspace.vault.ciphers import Unopenable
from holdspace.vault.scopes import is_open, shred

pytestmark = pytest.mark.django_db


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


def test_a_membership_that_a_backup_brought_back_without_its_key_goes(organisation):
    group, member = full(organisation)
    shred([member.scope])
    tasks.forget_erased()
    assert not Member.objects.filter(id=member.id).exists()
    assert Ring.objects.get(group=group).taken == 1
