import datetime as dt

import pytest
from django.db import IntegrityError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from holdspace.groups import actions, listing, queries, rules
from holdspace.groups.choices import Freshness, State
from holdspace.groups.tests.factories import a_group
from holdspace.kit import clock, scope
from holdspace.kit.guard import Refused, Unseen
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import SYSTEM
from holdspace.ledger.chain import verify
from holdspace.organisations.actions import close_doors, open_demonstration
from holdspace.organisations.tests.factories import an_organisation
from holdspace.staff.tests.factories import a_coordinator, a_staff_account, viewer_for

pytestmark = pytest.mark.django_db


class Somebody:
    account = 7

    def tag(self, group: int) -> bytes:
        return bytes(32)


def anybody(organisation):
    return Viewer(organisation=organisation.id)


def test_the_public_finds_open_groups_and_never_drafts(organisation, group):
    draft = a_group("Draft", opened=False)
    assert queries.group_at(group.code, viewer=anybody(organisation)) == group
    assert queries.groups_open(viewer=anybody(organisation)) == [group]
    with pytest.raises(Unseen):
        queries.group_at(draft.code, viewer=anybody(organisation))


def test_before_the_doors_first_open_groups_are_for_staff(organisation, coordinator_viewer):
    made = a_group()
    signed_in = Viewer(organisation=organisation.id, holder=Somebody())
    for viewer in [anybody(organisation), signed_in]:
        assert queries.groups_open(viewer=viewer) == []
        with pytest.raises(Unseen):
            queries.group_at(made.code, viewer=viewer)
    assert queries.groups_open(viewer=coordinator_viewer) == [made]
    assert not rules.is_taking_people(made)


def test_after_doors_close_again_members_still_find_their_groups(organisation, group):
    close_doors(by=SYSTEM, organisation=organisation, reason="the safety lead left")
    assert queries.group_at(
        group.code, viewer=Viewer(organisation=organisation.id, holder=Somebody())
    )
    assert queries.group_at(group.code, viewer=Viewer(organisation=organisation.id, visit=3))
    with pytest.raises(Unseen):
        queries.group_at(group.code, viewer=anybody(organisation))


def test_nothing_of_a_group_crosses_to_another_organisation(organisation, group):
    elsewhere = an_organisation("Elsewhere")
    open_demonstration(by=SYSTEM, organisation=elsewhere)
    with scope.entered(elsewhere.id):
        stranger = a_coordinator("Noor Ali")
        assert queries.groups_all(viewer=stranger) == []
        assert queries.groups_open(viewer=stranger) == []
        assert queries.group_ids(viewer=stranger) == []
        assert queries.groups_led(viewer=stranger) == []
        for ask in [
            lambda: queries.group_at(group.code, viewer=stranger),
            lambda: queries.group_by_id(group.id, viewer=stranger),
            lambda: queries.current_agreement(group, viewer=stranger),
            lambda: queries.agreement_numbered(group, 1, viewer=stranger),
            lambda: queries.agreements_for(group, viewer=stranger),
            lambda: queries.leaders_of(group, viewer=stranger),
        ]:
            with pytest.raises(Unseen):
                ask()
        for verdict in [
            rules.may_arrange(stranger, group),
            rules.may_lead(stranger, group),
            rules.may_confirm(stranger, group),
            rules.may_open_group(stranger, group, 1),
            rules.may_close_group(stranger, group),
            rules.may_end_group(stranger, group),
        ]:
            assert not verdict


def test_listings_nobody_confirmed_show_doubt_and_then_leave(organisation, group):
    viewer, day = anybody(organisation), clock.today()
    assert queries.freshness(group) == Freshness.FRESH
    assert queries.freshness(group, day + dt.timedelta(days=91)) == Freshness.DOUBT
    with clock.at(clock.now() + dt.timedelta(days=180)):
        assert queries.groups_open(viewer=viewer) == [group]
    with clock.at(clock.now() + dt.timedelta(days=181)):
        assert queries.groups_open(viewer=viewer) == []
        actions.confirm_listing(by=SYSTEM, group=group)
        assert queries.groups_open(viewer=viewer) == [group]


@given(st.integers(0, 400))
def test_doubt_comes_before_disappearance(days):
    today = dt.date(2026, 6, 1)
    fresh = listing.freshness(today - dt.timedelta(days=days), today)
    assert fresh == ("fresh" if days <= 90 else "doubt" if days <= 180 else "stale")


def test_agreements_are_numbered_and_the_newest_counts(organisation, group, coordinator_viewer):
    second = actions.publish_agreement(
        by=coordinator_viewer, group=group, clauses=["One.", " "], limits="If life is in danger."
    )
    assert (second.number, second.clauses) == (2, ["One."])
    viewer = anybody(organisation)
    assert queries.current_agreement(group, viewer=viewer) == second
    assert [a.number for a in queries.agreements_for(group, viewer=viewer)] == [2, 1]
    assert queries.agreement_numbered(group, 1, viewer=viewer).number == 1
    with pytest.raises(ValueError):
        actions.publish_agreement(by=SYSTEM, group=group, clauses=["One."], limits=" ")


def test_a_group_opens_only_when_it_says_what_people_need(organisation, coordinator_viewer):
    bare = actions.begin_group(by=coordinator_viewer, organisation=organisation.id, name="Bare")
    with pytest.raises(Refused):
        actions.open_group(by=coordinator_viewer, group=bare)
    assert bare.state == State.DRAFT


def test_members_of_the_public_change_nothing(organisation, group):
    viewer = anybody(organisation)
    for attempt in [
        lambda: actions.change_group(by=viewer, group=group, name="Ours"),
        lambda: actions.confirm_listing(by=viewer, group=group),
        lambda: actions.close_group(by=viewer, group=group, words=""),
        lambda: actions.end_group(by=viewer, group=group, words=""),
        lambda: actions.begin_group(by=viewer, organisation=organisation.id, name="Mine"),
        lambda: actions.add_topic(by=viewer, organisation=organisation.id, name="Mine"),
        lambda: actions.publish_agreement(by=viewer, group=group, clauses=["x"], limits="y"),
        lambda: actions.name_leader(by=viewer, group=group, staff=a_staff_account()),
    ]:
        with pytest.raises(Refused):
            attempt()


def test_who_leads_a_group_may_confirm_it_but_not_change_it(organisation, group):
    staff = a_staff_account("facilitator")
    viewer = viewer_for(staff)
    assert not rules.may_lead(viewer, group)
    led = actions.name_leader(by=SYSTEM, group=group, staff=staff)
    assert actions.name_leader(by=SYSTEM, group=group, staff=staff) == led
    assert rules.may_lead(viewer, group)
    assert queries.groups_led(viewer=viewer) == [group]
    assert actions.confirm_listing(by=viewer, group=group)
    with pytest.raises(Refused):
        actions.change_group(by=viewer, group=group, name="Mine")
    actions.end_leadership(by=SYSTEM, leadership=led)
    assert not rules.may_lead(viewer, group)


def test_closing_reopening_and_ending_are_explicit(organisation, group, coordinator_viewer):
    back = clock.today() + dt.timedelta(days=30)
    actions.close_group(
        by=coordinator_viewer, group=group, words="The hall is being painted.", back_on=back
    )
    assert (group.state, group.back_on) == (State.CLOSED, back)
    assert not rules.is_taking_people(group)
    actions.open_group(by=coordinator_viewer, group=group)
    assert rules.is_taking_people(group)
    assert group.back_on is None
    actions.end_group(by=coordinator_viewer, group=group, words="We met for three good years.")
    with pytest.raises(Refused):
        actions.open_group(by=coordinator_viewer, group=group)
    assert list(verify(group.scope)) == []


@pytest.mark.parametrize("ceiling", [1, 61])
def test_the_database_keeps_the_ceiling_in_bounds(group, ceiling):
    with pytest.raises(IntegrityError):
        actions.change_group(by=SYSTEM, group=group, ceiling=ceiling)


def test_own_topics_stand_beside_the_shipped_ones(organisation, coordinator_viewer):
    own = actions.add_topic(
        by=coordinator_viewer, organisation=organisation.id, name="Night workers"
    )
    keys = [topic.key for topic in queries.topics_for(viewer=coordinator_viewer)]
    assert "depression" in keys
    assert keys[-1] == own.key
    assert len(set(keys)) == len(keys)
    actions.retire_topic(by=coordinator_viewer, topic=own)
    assert own.key not in [t.key for t in queries.topics_for(viewer=coordinator_viewer)]


def test_lists_ask_the_database_as_often_for_three_groups_as_for_one(
    organisation, group, coordinator_viewer, django_assert_num_queries
):
    asking = [(queries.groups_open, 1), (queries.groups_all, 2), (queries.groups_led, 1)]
    for query, times in asking:
        with django_assert_num_queries(times):
            query(viewer=coordinator_viewer)
    a_group("Second")
    a_group("Third")
    for query, times in asking:
        with django_assert_num_queries(times):
            query(viewer=coordinator_viewer)


STEPS = ["agree", "open", "close", "end", "confirm", "change"]


def step(name, group):
    if name == "agree":
        actions.publish_agreement(by=SYSTEM, group=group, clauses=["We listen."], limits="Danger.")
    elif name == "open":
        actions.open_group(by=SYSTEM, group=group)
    elif name == "close":
        back = clock.today() + dt.timedelta(days=9)
        actions.close_group(by=SYSTEM, group=group, words="Painting.", back_on=back)
    elif name == "end":
        actions.end_group(by=SYSTEM, group=group, words="Thank you.")
    elif name == "confirm":
        actions.confirm_listing(by=SYSTEM, group=group)
    else:
        actions.change_group(by=SYSTEM, group=group, summary="For us.")


@settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.lists(st.sampled_from(STEPS), max_size=8))
def test_states_move_only_as_they_may(organisation, names):
    group = actions.begin_group(
        by=SYSTEM, organisation=organisation.id, name="Any", leaders="Sam", first_visit=[["a", "b"]]
    )
    before = group.state
    for name in names:
        try:
            step(name, group)
        except Refused:
            assert group.state == before
        group.refresh_from_db()
        moved = (before, group.state)
        assert moved in {
            ("draft", "draft"), ("draft", "open"), ("draft", "ended"), ("open", "open"),
            ("open", "closed"), ("open", "ended"), ("closed", "closed"), ("closed", "open"),
            ("closed", "ended"), ("ended", "ended"),
        }  # fmt: skip
        assert group.state != "open" or group.agreements.exists()
        assert (group.back_on is not None) <= (group.state == "closed")
        before = group.state
    assert list(verify(group.scope)) == []


def test_who_erases_their_sign_in_leads_no_more_and_has_no_name(organisation, group):
    from holdspace.kit.holdings import person_holdings

    staff = a_staff_account("facilitator", name="Perpetua Canary")
    actions.name_leader(by=SYSTEM, group=group, staff=staff)
    holdings = {h.name: h for h in person_holdings()}
    assert holdings["staff"].export(staff.account)["name"] == "Perpetua Canary"
    assert holdings["groups"].export(staff.account)["parts"][0]["group"] == group.name
    for _twice in range(2):
        for name in ["groups", "staff"]:
            assert holdings[name].erase(staff.account) == []
    staff.refresh_from_db()
    assert (staff.name, staff.shown_as) == ("", "")
    assert not rules.may_lead(viewer_for(staff, "facilitator"), group)
    assert holdings["staff"].export(7) == {}
    assert holdings["groups"].export(7) == {}
