"""Nobody does anything with a membership, a visit or an answer as it was a moment ago."""

import copy

import pytest

from holdspace.groups.tests.factories import a_group
from holdspace.kit.guard import Refused, Unseen
from holdspace.ledger.acts import SYSTEM
from holdspace.ledger.models import Line
from holdspace.members import actions
from holdspace.members.models import Member, Recognition, Ring, Visit
from holdspace.members.tests.factories import a_member, a_person, a_visit, joined

pytestmark = pytest.mark.django_db
SAYS = {"wish": "tell", "words": "", "to": "facilitator"}
BY_MEMBER = {
    "accept_agreement": lambda m, _v: actions.accept_agreement(by=m, number=1),
    "change_about": lambda m, _v: actions.change_about(by=m, hello="still here"),
    "change_alias": lambda m, v: actions.change_alias(by=v, member=m, alias="Elm Otter"),
    "rest": lambda m, _v: actions.rest(by=m),
    "end_rest": lambda m, _v: actions.end_rest(by=m),
    "leave_group": lambda m, _v: actions.leave_group(by=m),
    "tell_someone_is_here": lambda m, v: actions.tell_someone_is_here(
        by=v, group=m.group, writer=m, **SAYS
    ),
}
BY_VISIT = {
    "change_wishes": lambda v, w: actions.change_wishes(by=w, visit=v, greeted=False, listens=True),
    "answer_visit": lambda v, w: actions.answer_visit(by=w, visit=v, shared=True, heard="1"),
    "end_visit": lambda v, w: actions.end_visit(by=w, visit=v),
    "tell_someone_is_here": lambda v, w: actions.tell_someone_is_here(
        by=w, group=v.group, writer=v, **SAYS
    ),
}
FAREWELL = {"reason": "What we agreed", "words": "Please stay away.", "write_to": "Ines"}


@pytest.fixture
def lead(organisation):
    from holdspace.staff.tests.factories import a_staff_account, viewer_for

    def of(group):
        from holdspace.groups.actions import name_leader

        staff = a_staff_account("facilitator")
        name_leader(by=SYSTEM, group=group, staff=staff)
        return viewer_for(staff)

    return of


def state(member):
    row = Member.objects.get(id=member.id)
    return {f.attname: getattr(row, f.attname) for f in Member._meta.concrete_fields}


@pytest.mark.parametrize("going", ["left", "removed", "erased"])
@pytest.mark.parametrize("act", BY_MEMBER)
def test_who_is_no_longer_here_does_nothing_with_what_a_page_read(organisation, lead, act, going):
    group = a_group()
    viewer, member = a_member(organisation, group)
    if act == "end_rest":
        member = actions.rest(by=member)
    stale = copy.copy(member)
    if going == "left":
        actions.leave_group(by=member)
    elif going == "removed":
        actions.remove_member(by=lead(group), member=member, **FAREWELL)
    else:
        actions.erase_member(by=SYSTEM, member=member)
    before = None if going == "erased" else state(member)
    assert stale.is_current
    with pytest.raises((Refused, Unseen)):
        BY_MEMBER[act](stale, viewer)
    assert before is None or state(member) == before
    assert Ring.objects.get(group=group).taken == 0
    assert not Recognition.objects.exists()


@pytest.mark.parametrize("act", BY_VISIT)
def test_a_visit_that_was_forgotten_does_nothing(organisation, act):
    group = a_group()
    viewer, visit, _token = a_visit(group)
    stale = copy.copy(visit)
    actions.end_visit(by=viewer, visit=visit)
    with pytest.raises((Refused, Unseen)):
        BY_VISIT[act](stale, viewer)
    assert not Visit.objects.exists()
    assert not Recognition.objects.exists()


def test_a_visit_is_answered_once(organisation, lead):
    group = a_group(way_in="approval", questions=["Why?"], introductions=True)
    _viewer, visit, _token = a_visit(group)
    here = lead(group)
    stale = copy.copy(visit)
    actions.decline_visit(by=here, visit=visit, words="Not this week.")
    with pytest.raises(Refused):
        actions.confirm_visit(by=here, visit=stale)
    assert Visit.objects.get().standing == "declined"


def test_nobody_writes_as_somebody_else(organisation):
    group = a_group()
    viewer, _mine = a_member(organisation, group)
    _other, theirs = a_member(organisation, group)
    guest, _visit, _token = a_visit(group)
    for by in (viewer, guest):
        with pytest.raises(Refused):
            actions.tell_someone_is_here(by=by, group=group, writer=theirs, **SAYS)


def test_joining_ends_ones_own_visit_and_no_other(organisation):
    group = a_group()
    _guest, visit, _token = a_visit(group)
    joined(a_person(organisation), group, visit=visit)
    assert Visit.objects.filter(id=visit.id).exists()


def test_an_answer_or_a_link_taken_back_twice_is_one_line(organisation, lead):
    group = a_group(way_in="approval", questions=["Why?"])
    viewer = a_person(organisation)
    asked = actions.apply(by=viewer, group=group, answers=[["Why?", "So."]], draft={})
    stale = copy.copy(asked)
    actions.withdraw_application(by=viewer, application=asked)
    with pytest.raises(Unseen):
        actions.withdraw_application(by=viewer, application=stale)
    here = lead(group)
    actions.invite(by=here, group=group)
    from holdspace.members.models import Invitation

    link = Invitation.objects.get()
    stale_link = copy.copy(link)
    actions.withdraw_invitation(by=here, invitation=link)
    actions.withdraw_invitation(by=here, invitation=stale_link)
    for kind in ("members.application_withdrawn", "members.invitation_withdrawn"):
        assert Line.objects.filter(kind=kind).count() == 1
