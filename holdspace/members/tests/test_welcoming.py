"""Welcome back: who lost every key is let in again by two people."""

import datetime as dt

import pytest

from holdspace.groups.tests.factories import a_group
from holdspace.kit import clock
from holdspace.kit.guard import Refused, Unseen
from holdspace.ledger.models import Line
from holdspace.members import actions, rules, tasks
from holdspace.members.models import Return
from holdspace.members.tests.factories import a_lead, a_member, a_person
from holdspace.staff.tests.factories import a_coordinator

pytestmark = pytest.mark.django_db


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
