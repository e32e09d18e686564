"""A coordinator sees names only while somebody asks back; a name let go keeps no words."""

import pytest

from holdspace.members import actions, queries
from holdspace.members.models import Member
from holdspace.members.tests.factories import a_member, a_person, joined

pytestmark = pytest.mark.django_db


def test_a_coordinator_sees_names_only_while_somebody_asks_back(
    organisation, group, coordinator_viewer
):
    a_member(organisation, group, alias="Bird Canary")
    assert queries.members_to_vouch_for(group, viewer=coordinator_viewer) == []
    actions.ask_back(by=a_person(organisation), group=group)
    shown = queries.members_to_vouch_for(group, viewer=coordinator_viewer)
    assert [member.alias for member in shown] == ["Bird Canary"]


def test_who_joins_anew_leaves_no_words_behind(organisation, group):
    viewer, member = a_member(organisation, group, about={"hello": "something of mine"})
    actions.leave_group(by=member)
    joined(viewer, group, anew=True)
    assert Member.objects.get(id=member.id).about == {}
