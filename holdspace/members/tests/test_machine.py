"""The places of one group as a state machine: whatever people do, the sums hold."""

import datetime as dt
import itertools

import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.strategies import data, integers

from holdspace.groups import actions as groups
from holdspace.groups.tests.factories import a_group
from holdspace.kit import clock, scope
from holdspace.kit.guard import Refused
from holdspace.ledger.acts import SYSTEM
from holdspace.ledger.chain import verify
from holdspace.members import actions, tasks
from holdspace.members.models import Member, Ring, Waiting
from holdspace.members.tests.factories import a_person, joined
from holdspace.organisations.actions import open_demonstration
from holdspace.organisations.tests.factories import an_organisation


class Places(RuleBasedStateMachine):
    """Six people and a group of two places."""

    @initialize()
    def begin(self):
        self.now = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
        self.organisation = an_organisation()
        with scope.entered(self.organisation.id):
            open_demonstration(by=SYSTEM, organisation=self.organisation)
            self.group = a_group(ceiling=2)
            self.people = [a_person(self.organisation) for _ in range(6)]

    def somebody(self, draw):
        return self.people[draw.draw(integers(0, 5))]

    def act(self, do):
        with scope.entered(self.organisation.id), clock.at(self.now):
            try:
                do()
            except Refused:
                return False
            return True

    def mine(self, model, viewer):
        return model.objects.filter(holder=viewer.holder.tag(self.group.id)).first()

    @rule(draw=data())
    def join(self, draw):
        viewer = self.somebody(draw)
        self.act(lambda: joined(viewer, self.group))

    @rule(draw=data())
    def wait(self, draw):
        viewer = self.somebody(draw)
        self.act(lambda: actions.wait(by=viewer, group=self.group))

    @rule(draw=data())
    def leave(self, draw):
        viewer = self.somebody(draw)

        def do():
            member = self.mine(Member, viewer)
            if member:
                actions.leave_group(by=member)

        self.act(do)

    @rule(draw=data())
    def give_up_turn(self, draw):
        viewer = self.somebody(draw)

        def do():
            turn = self.mine(Waiting, viewer)
            if turn:
                actions.leave_waiting(by=viewer, waiting=turn)

        self.act(do)

    @rule(draw=data())
    def not_now(self, draw):
        viewer = self.somebody(draw)

        def do():
            turn = self.mine(Waiting, viewer)
            if turn:
                actions.pass_on_offer(by=viewer, waiting=turn)

        self.act(do)

    @rule()
    def days_pass(self):
        self.now += dt.timedelta(hours=80)
        with clock.at(self.now):
            tasks.lapse_offers()

    @precondition(lambda self: self.group.ceiling < 4)
    @rule()
    def grow(self):
        with scope.entered(self.organisation.id), clock.at(self.now):
            ceiling = self.group.ceiling + 1
            groups.change_group(by=SYSTEM, group=self.group, ceiling=ceiling)
        with clock.at(self.now):
            tasks.offer_free_places(group=self.group.id, organisation=self.organisation.id)

    @invariant()
    def the_sums_hold(self):
        if not hasattr(self, "group"):
            return
        with scope.entered(self.organisation.id):
            here = Member.objects.filter(standing__in=Member.CURRENT).count()
            turns = list(Waiting.objects.order_by("number"))
            ring = Ring.objects.filter(group=self.group).first()
            offered = [t for t in turns if t.standing == "offered"]
            assert (ring.taken if ring else 0) == here
            assert (ring.kept if ring else 0) == len(offered)
            assert here + len(offered) <= self.group.ceiling
            assert [t.number for t in turns] == list(range(1, len(turns) + 1))
            asking = [t for t in turns if t.standing == "waiting" and not t.passed]
            free = self.group.ceiling - here - len(offered)
            assert not (asking and free), "a place is free while somebody waits for it"
            assert all(t.lapsed <= 2 for t in turns if t.is_live)
            for early, late in itertools.pairwise(t for t in turns if t.is_live and not t.lapsed):
                assert not (early.standing == "waiting" and late.standing == "offered")

    def teardown(self):
        if hasattr(self, "group"):
            with scope.entered(self.organisation.id):
                assert list(verify(self.group.scope)) == []


@pytest.mark.slow
@pytest.mark.django_db
def test_whatever_people_do_the_sums_hold():
    from hypothesis.stateful import run_state_machine_as_test

    few = settings(max_examples=12, stateful_step_count=25, deadline=None, database=None)
    run_state_machine_as_test(Places, settings=few)
