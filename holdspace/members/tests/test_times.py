"""Every rule at every time of a membership: before, visiting, waiting, during, after, elsewhere."""

import pytest

from holdspace.groups import actions as groups
from holdspace.groups.tests.factories import a_group
from holdspace.kit import scope
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import SYSTEM
from holdspace.members import actions, queries, rules
from holdspace.members.tests.browser import nobody, signed_in
from holdspace.members.tests.factories import a_member, a_person, a_visit, joined
from holdspace.organisations.actions import open_demonstration
from holdspace.organisations.tests.factories import an_organisation
from holdspace.people.actions import begin_staff_account
from holdspace.staff import actions as staff_actions
from holdspace.staff.models import StaffAccount
from holdspace.staff.tests.factories import viewer_for

pytestmark = pytest.mark.django_db

SAID = {"reason": "a", "words": "b", "write_to": "c"}


def a_worker(organisation, *roles, leads=None):
    """Somebody who works here, with a sign-in of their own."""
    account, _secret = begin_staff_account(
        by=SYSTEM,
        name=f"worker-{len(roles)}-{leads.code if leads else 'none'}",
        passphrase="x" * 20,
    )
    staff = staff_actions.take_on(
        by=SYSTEM,
        organisation=organisation.id,
        account=account,
        name="Sam Okafor",
        shown_as="Sam",
        roles=list(roles),
    )
    if leads:
        groups.name_leader(by=SYSTEM, group=leads, staff=staff)
    return viewer_for(staff)


@pytest.fixture
def times(organisation):
    """One viewer for each time of a membership in `group`, and the group."""
    group = a_group(ceiling=8)
    lead = a_worker(organisation, "facilitator", leads=group)
    seen = {
        "nobody": Viewer(organisation=organisation.id),
        "before": a_person(organisation),
        "visiting": a_visit(group)[0],
        "during": a_member(organisation, group)[0],
        "lead": lead,
        "coordinator": a_worker(organisation, "coordinator"),
        "other facilitator": a_worker(organisation, "facilitator", leads=a_group("Other")),
    }
    seen["resting"], member = a_member(organisation, group)
    actions.rest(by=member)
    seen["co-facilitator"], member = a_member(organisation, group)
    actions.appoint(by=lead, member=member, role="co-facilitator")
    seen["left"], member = a_member(organisation, group)
    actions.leave_group(by=member)
    seen["removed"], member = a_member(organisation, group)
    actions.remove_member(by=lead, member=member, **SAID)
    seen["other group"] = a_member(organisation, a_group("Third"))[0]
    for _ in range(5):
        a_member(organisation, group)
    seen["waiting"] = a_person(organisation)
    actions.wait(by=seen["waiting"], group=group)
    elsewhere = an_organisation("Other House")
    with scope.entered(elsewhere.id):
        open_demonstration(by=SYSTEM, organisation=elsewhere)
        seen["other organisation"] = a_member(elsewhere, a_group("Far"))[0]
    seen["stale agreement"] = seen["resting"]
    return group, seen


INSIDE = {"during", "resting", "co-facilitator", "lead", "stale agreement"}
LEADS = {"lead", "co-facilitator"}
TELLS = {"visiting", "during", "resting", "co-facilitator", "stale agreement"}


def test_who_may_what_and_when(times):
    group, seen = times
    for time, viewer in seen.items():
        assert bool(rules.may_see_inside(viewer, group)) == (time in INSIDE), time
        assert bool(rules.may_facilitate(viewer, group)) == (time in LEADS), time
        assert bool(rules.may_invite(viewer, group)) == (time in LEADS), time
        assert bool(rules.may_vouch(viewer, group)) == (time in LEADS | {"coordinator"}), time
        assert bool(rules.may_tell(viewer, group)) == (time in TELLS), time
        may_wait = time in {"nobody", "before", "visiting", "left", "other group"}
        if time != "other organisation":
            assert bool(rules.may_wait(viewer, group)) == may_wait, time
            assert not rules.may_join(viewer, group), time
            assert not rules.may_apply(viewer, group), time
        here = queries.member_for(group, viewer=viewer)
        assert (here is not None) == (time in INSIDE - {"lead"}), time


PAGES = {
    "place/": {"during", "resting", "co-facilitator"},
    "place/about/": {"during", "resting", "co-facilitator"},
    "place/leave/": {"during", "resting", "co-facilitator"},
    "people/": {"during", "resting", "co-facilitator", "lead"},
    "someone/": {"during", "resting", "co-facilitator"},
    "lead/": {"lead", "co-facilitator", "coordinator"},
    "lead/applications/": {"lead"},
    "lead/visits/": {"lead", "co-facilitator"},
    "lead/waiting/": {"lead", "co-facilitator", "coordinator"},
    "lead/members/": {"lead", "co-facilitator"},
    "lead/invitations/": {"lead", "co-facilitator"},
    "lead/private-words/": {"lead", "co-facilitator", "coordinator"},
    "lead/returns/": {"lead", "co-facilitator", "coordinator"},
}


def test_every_page_inside_at_every_time(organisation, times):
    group, seen = times
    browsers = {
        time: signed_in(organisation, viewer)
        for time, viewer in seen.items()
        if time not in {"other organisation", "stale agreement", "visiting", "nobody"}
    }
    browsers["nobody"] = nobody(organisation)
    wrong = []
    for page, allowed in PAGES.items():
        for time, browser in browsers.items():
            status = browser.get(f"/g/{group.code}/{page}").status_code
            if (status == 200) != (time in allowed):
                wrong.append(f"{page} {time}: {status}")
            if status not in {200, 302, 303, 403, 404}:
                wrong.append(f"{page} {time}: {status}")
    assert wrong == []


def test_facilitators_answer_what_waits_at_the_door(organisation):
    group = a_group(way_in="approval", questions=["Why?"])
    lead = a_worker(organisation, "facilitator", leads=group)
    browser = signed_in(organisation, lead)
    applicants = [a_person(organisation) for _ in range(2)]
    for n, viewer in enumerate(applicants):
        draft = {"alias": f"Bird {n}", "seed": n, "agreement": 1, "affirmed": "adult"}
        actions.apply(by=viewer, group=group, answers=[["Why?", "Nights"]], draft=draft)
    _visitor, visit, _token = a_visit(group)
    door = f"/g/{group.code}/lead/"
    assert b"Answers to read" in browser.get(door).content
    first, second = queries.applications_to(group, viewer=lead)
    page = f"{door}applications/{first.id}/"
    assert b"Nights" in browser.get(page).content
    assert browser.post(page, {"words": ""}).status_code == 422
    assert browser.post(page, {"words": "Another group fits better."}).status_code == 303
    assert browser.post(f"{door}applications/{second.id}/", {"yes": "yes"}).status_code == 303
    assert browser.get(page).status_code == 404
    assert browser.post(f"{door}visits/{visit.id}/", {"yes": "yes"}).status_code == 303
    assert b"They are expected" in browser.get(f"{door}visits/").content
    link = browser.post(f"{door}invitations/invite/", follow=True).content.decode()
    assert "/i/" in link
    assert "/i/" not in browser.get(f"{door}invitations/").content.decode()
    invitation = queries.invitations_to(group, viewer=lead)[0]
    browser.post(f"{door}invitations/{invitation.id}/withdraw/")
    assert queries.invitations_to(group, viewer=lead) == []


def test_every_page_of_the_door_says_whose_it_is(organisation):
    group, other = a_group("Tuesday Circle"), a_group("Thursday Circle")
    lead = a_worker(organisation, "facilitator", leads=group)
    groups.name_leader(
        by=SYSTEM, group=other, staff=StaffAccount.objects.get(account=lead.staff.account)
    )
    browser = signed_in(organisation, lead)
    _viewer, member = a_member(organisation, group)
    _visitor, visit, _token = a_visit(group)
    pages = ["", "applications/", "visits/", f"visits/{visit.id}/", "waiting/", "members/"]
    pages += [f"members/{member.id}/", f"members/{member.id}/remove/"]
    pages += ["invitations/", "private-words/", "returns/"]
    for page in pages:
        shown = browser.get(f"/g/{group.code}/lead/{page}").content.decode()
        assert "Tuesday Circle" in shown, page
        assert "Thursday Circle" not in shown, page
        assert f'href="/g/{group.code}/' in shown, page


def test_facilitators_give_roles_and_ask_somebody_to_stay_away(organisation):
    group = a_group()
    lead = a_worker(organisation, "facilitator", leads=group)
    browser = signed_in(organisation, lead)
    viewer, member = a_member(organisation, group, "Heron", about={"hope": "To sleep"})
    page = f"/g/{group.code}/lead/members/{member.id}/"
    assert b"To sleep" in browser.get(page).content
    assert browser.post(page, {"role": "greeter"}).status_code == 303
    assert b"Greeter" in browser.get(f"/g/{group.code}/lead/members/").content
    assert browser.post(page + "remove/", {"reason": "x"}).status_code == 422
    assert browser.post(page + "remove/", SAID).status_code == 303
    theirs = signed_in(organisation, viewer).get(f"/g/{group.code}/place/", follow=True)
    assert b"You were asked to stay away" in theirs.content


def test_two_people_welcome_somebody_back_by_the_pages(organisation):
    group = a_group()
    lead = signed_in(organisation, a_worker(organisation, "facilitator", leads=group))
    second = signed_in(organisation, a_worker(organisation, "coordinator"))
    _old, member = a_member(organisation, group, "Heron")
    lost = nobody(organisation)
    assert b"stay closed to you" in lost.get(f"/groups/{group.code}/come-back/").content
    page = lost.post(f"/groups/{group.code}/come-back/", follow=True).content.decode()
    code = page.split('class="code">')[1].split("<")[0]
    door = f"/g/{group.code}/lead/returns/"
    assert lead.post(door, {"code": "00000000", "member": member.id}).status_code == 422
    assert lead.post(door, {"code": code, "member": member.id}).status_code == 303
    asked = queries.returns_to(group, viewer=a_worker(organisation, "coordinator", "care"))[0]
    assert lead.post(f"{door}{asked.id}/confirm/", {"yes": "yes"}).status_code == 403
    assert second.post(f"{door}{asked.id}/confirm/", {"yes": "yes"}).status_code == 303
    asked = lost.get(f"/g/{group.code}/place/", follow=True).content
    assert b"Before you go on: what we keep" in asked
    assert lost.post(f"/g/{group.code}/agreement/", {}).status_code == 422
    lost.post(f"/g/{group.code}/agreement/", {"taking_part": "on"})
    assert b"Heron" in lost.get(f"/g/{group.code}/place/").content
    assert b"Back again" in lost.get(f"/g/{group.code}/people/").content


@pytest.mark.parametrize("page", ["people/", "lead/members/", "lead/visits/"])
def test_lists_ask_as_much_for_one_as_for_three(organisation, page):
    from django.db import connections
    from django.test.utils import CaptureQueriesContext

    group = a_group()
    lead = a_worker(organisation, "facilitator", leads=group)
    browser = signed_in(organisation, lead)
    counts = []
    for _ in range(3):
        joined(a_person(organisation), group)
        a_visit(group)
        browser.get(f"/g/{group.code}/{page}")
        both = [CaptureQueriesContext(connections[name]) for name in ("default", "keys")]
        with both[0], both[1]:
            assert browser.get(f"/g/{group.code}/{page}").status_code == 200
        counts.append(len(both[0]) + len(both[1]))
    assert counts[0] == counts[-1]
