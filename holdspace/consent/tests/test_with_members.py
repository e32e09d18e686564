"""An account with places in groups goes: every place, each in a transaction of its own."""

import datetime as dt

import pytest

from holdspace.consent.actions import carry_on, intend_erasure
from holdspace.consent.models import Erasing
from holdspace.consent.tasks import carry_on_erasing
from holdspace.kit import clock
from holdspace.members.models import Member
from holdspace.members.tests.factories import a_member, a_person
from holdspace.people.models import Person
from holdspace.vault.scopes import is_open

pytestmark = pytest.mark.django_db

START = dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize("spread", [False, True])
def test_every_place_goes_and_nobody_elses(organisation, group, spread):
    _neighbour, other = a_member(organisation, group)
    viewer, mine = a_member(organisation, group)
    assert a_person(organisation)
    with clock.at(START):
        row = intend_erasure(by=viewer, spread=spread)
        carry_on(row)
    assert not Person.objects.filter(id=viewer.holder.account).exists()
    with clock.at(START + dt.timedelta(days=7, minutes=1)):
        carry_on_erasing()
    assert not Erasing.objects.exists()
    assert list(Member.objects.values_list("id", flat=True)) == [other.id]
    assert not is_open(mine.scope)
    assert is_open(other.scope)
