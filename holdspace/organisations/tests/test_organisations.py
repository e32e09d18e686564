import datetime as dt

import pytest

from holdspace.kit import scope
from holdspace.kit.guard import Refused, Unseen
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import SYSTEM
from holdspace.organisations import actions, gate, queries, rules
from holdspace.organisations.tests.factories import an_organisation
from holdspace.staff.tests.factories import a_coordinator, a_staff_account, viewer_for

pytestmark = pytest.mark.django_db

EVENINGS = [[0, "18:00", "22:00"], [3, "18:00", "22:00"]]


def test_a_host_leads_to_its_organisation(organisation):
    own = actions.open_organisation(by=SYSTEM, name="Own", slug="own", host="care.example")
    assert queries.organisation_at("care.example") == own
    assert queries.organisation_at("own.localhost") == own
    assert queries.organisation_at(f"{organisation.slug}.localhost") == organisation
    assert queries.organisation_at("localhost") == organisation
    assert queries.organisation_at("nobody.localhost") is None


@pytest.mark.parametrize("slug", ["aardvark", "zebra"])
def test_one_added_later_never_takes_over_the_address_of_the_first(organisation, slug):
    later = actions.open_organisation(by=SYSTEM, name="Later", slug=slug)
    for host in ["localhost", "groups.example.org", "192.0.2.7"]:
        assert queries.organisation_at(host) == organisation
    assert queries.organisation_at(f"{slug}.localhost") == later


def test_a_name_of_its_own_under_localhost_leads_there(organisation):
    own = actions.open_organisation(by=SYSTEM, name="Own", slug="own", host="beta.localhost")
    assert queries.organisation_at("beta.localhost") == own


def test_settings_are_changed_by_name_and_by_coordinators(organisation, coordinator_viewer):
    actions.change_settings(by=coordinator_viewer, organisation=organisation, name="New name")
    assert queries.own_organisation(viewer=coordinator_viewer).name == "New name"
    with pytest.raises(TypeError):
        actions.change_settings(by=coordinator_viewer, organisation=organisation, slug="x")
    for viewer in [viewer_for(a_staff_account("facilitator")), Viewer(organisation.id)]:
        with pytest.raises(Refused):
            actions.change_settings(by=viewer, organisation=organisation, name="Mine")
        with pytest.raises(Refused):
            actions.set_cover(by=viewer, organisation=organisation, hours=EVENINGS)


def test_a_coordinator_of_another_organisation_runs_nothing_here(organisation):
    with scope.entered(an_organisation("Elsewhere").id):
        stranger = a_coordinator()
    assert not rules.may_run(stranger, organisation)
    assert not rules.may_see_opening(stranger, organisation)


def test_hours_of_cover_follow_the_zone_through_both_clock_changes(organisation):
    actions.set_cover(by=SYSTEM, organisation=organisation, hours=EVENINGS)
    utc = dt.UTC
    assert queries.is_covered(organisation, dt.datetime(2026, 7, 6, 17, 30, tzinfo=utc))
    assert not queries.is_covered(organisation, dt.datetime(2026, 12, 7, 17, 30, tzinfo=utc))
    before = dt.datetime(2026, 10, 24, 12, tzinfo=utc)  # the clocks change that night
    assert queries.next_cover(organisation, before).astimezone(utc) == dt.datetime(
        2026, 10, 26, 18, tzinfo=utc
    )
    during = dt.datetime(2026, 10, 26, 18, tzinfo=utc)
    assert queries.next_cover(organisation, during).astimezone(utc).day == 29


@pytest.mark.parametrize(
    "hours", [[[7, "18:00", "22:00"]], [[0, "22:00", "18:00"]], [[0, "x", "y"]]]
)
def test_hours_that_make_no_sense_are_refused(organisation, hours):
    with pytest.raises(ValueError):
        actions.set_cover(by=SYSTEM, organisation=organisation, hours=hours)


def test_the_gate_lists_what_is_missing_and_keeps_the_doors_closed(
    organisation, coordinator_viewer
):
    lines = {line.check.name: line for line in queries.gate(viewer=coordinator_viewer)}
    assert {"safety_lead", "cover", "report_and_block"} <= set(lines)
    assert not any(line.verdict for line in lines.values())
    actions.set_cover(by=SYSTEM, organisation=organisation, hours=EVENINGS)
    a_staff_account("safety")
    lines = {line.check.name: line for line in queries.gate(viewer=coordinator_viewer)}
    assert lines["safety_lead"].verdict
    assert lines["cover"].verdict
    assert "not built yet" in str(lines["report_and_block"].verdict.reason)
    with pytest.raises(Refused):
        actions.open_doors(by=coordinator_viewer, organisation=organisation)
    assert not rules.is_open_to_public(organisation)
    with pytest.raises(Unseen):
        queries.gate(viewer=Viewer(organisation.id))


def test_the_doors_open_when_every_check_says_yes(organisation, coordinator_viewer, monkeypatch):
    monkeypatch.setattr(gate, "_CHECKS", {})
    actions.open_doors(by=coordinator_viewer, organisation=organisation)
    assert rules.is_open_to_public(organisation)
    actions.close_doors(by=coordinator_viewer, organisation=organisation, reason="rest")
    assert not rules.is_open_to_public(organisation)


def test_only_a_demonstration_opens_without_its_list(organisation, settings):
    settings.TESTING = False
    with pytest.raises(Refused):
        actions.open_demonstration(by=SYSTEM, organisation=organisation)
