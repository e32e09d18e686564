import datetime as dt

import pytest
from django.db import connection

from holdspace.consent.models import Erasing
from holdspace.groups.actions import name_leader
from holdspace.kit import clock, scope
from holdspace.kit.guard import Refused, Unseen
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import SYSTEM
from holdspace.organisations.tests.factories import an_organisation
from holdspace.people.models import Person
from holdspace.staff import actions, queries, tasks
from holdspace.staff.models import StaffAccount
from holdspace.staff.tests.factories import a_client, a_coordinator, a_staff_account, viewer_for

pytestmark = pytest.mark.django_db


def test_a_pass_carries_the_roles_of_today(organisation):
    staff = a_staff_account("facilitator", "care")
    assert queries.staff_pass(staff.account).roles == {"facilitator", "care"}
    actions.end_role(by=SYSTEM, staff=staff, role="care")
    assert queries.staff_pass(staff.account).roles == {"facilitator"}
    a_coordinator()
    actions.end_account(by=SYSTEM, staff=staff)
    assert queries.staff_pass(staff.account) is None


def test_a_colleague_without_roles_still_works_here(organisation):
    staff = a_staff_account()
    assert queries.staff_pass(staff.account).roles == frozenset()


def test_names_of_colleagues_are_sealed(organisation):
    a_staff_account(name="Perpetua Canary")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, shown_as FROM staff_staffaccount")
        assert b"Canary" not in b"".join(bytes(v) for row in cursor.fetchall() for v in row)


def test_somebody_stays_coordinator(organisation):
    ines = a_staff_account("coordinator")
    with pytest.raises(Refused):
        actions.end_account(by=viewer_for(ines), staff=ines)
    with pytest.raises(Refused):
        actions.end_role(by=viewer_for(ines), staff=ines, role="coordinator")
    other = a_coordinator("Noor Ali")
    assert actions.end_account(by=other, staff=ines).ended_on == clock.today()


def test_only_coordinators_invite_and_give_roles(organisation):
    sam = a_staff_account("facilitator")
    for attempt in [
        lambda by: actions.give_role(by=by, staff=sam, role="coordinator"),
        lambda by: actions.end_role(by=by, staff=sam, role="facilitator"),
        lambda by: actions.end_account(by=by, staff=sam),
        lambda by: actions.invite_staff(
            by=by, organisation=organisation.id, name="X", shown_as="X", roles=[]
        ),
        lambda by: actions.take_on(
            by=by, organisation=organisation.id, account=1, name="X", shown_as="X", roles=[]
        ),
    ]:
        for by in [viewer_for(sam), Viewer(organisation=organisation.id)]:
            with pytest.raises(Refused):
                attempt(by)


def test_nothing_of_staff_crosses_to_another_organisation(organisation):
    sam = a_staff_account("facilitator")
    with scope.entered(an_organisation("Elsewhere").id):
        stranger = a_coordinator("Noor Ali")
        assert sam not in queries.staff_here(viewer=stranger)
        with pytest.raises(Unseen):
            queries.staff_account_for(sam.account, viewer=stranger)
        assert queries.staff_pass(sam.account) is None
        assert not queries.has_safety_lead(organisation.id)


def test_staff_lists_are_for_staff_and_cost_the_same_for_three(
    organisation, django_assert_num_queries
):
    viewer = a_coordinator()
    for query in [queries.staff_here, queries.invitations_open]:
        with pytest.raises(Unseen):
            query(viewer=Viewer(organisation=organisation.id))
    for _more in range(3):
        with django_assert_num_queries(2):
            queries.staff_here(viewer=viewer)
        a_staff_account("facilitator")


def test_who_left_two_years_ago_is_forgotten(organisation, group):
    a_coordinator()
    browsers = {part: a_client("facilitator", name=f"{part} Canary") for part in ("led", "helped")}
    led, helped = (browser.staff for browser in browsers.values())
    name_leader(by=SYSTEM, group=group, staff=led)
    stays = a_staff_account("facilitator", "care")
    actions.end_role(by=SYSTEM, staff=stays, role="care")
    lost = a_staff_account("facilitator")  # without a sign-in, as an old backup may leave somebody
    for staff in (led, helped, lost):
        actions.end_account(by=SYSTEM, staff=staff)
    with clock.at(clock.now() + dt.timedelta(days=730)):
        tasks.forget_former_colleagues()
        assert StaffAccount.objects.count() == 5
        assert Person.objects.filter(id__in=[led.account, helped.account]).count() == 2
    with clock.at(clock.now() + dt.timedelta(days=731)):
        tasks.forget_former_colleagues()
        tasks.forget_former_colleagues()
    assert not Person.objects.filter(id__in=[led.account, helped.account]).exists()
    assert not StaffAccount.objects.filter(id__in=[helped.id, lost.id]).exists()
    led.refresh_from_db()
    assert (led.name, led.shown_as, led.roles.count()) == ("", "", 0)
    assert [role.name for role in stays.roles.all()] == ["facilitator"]
    assert not Erasing.objects.exists()


def test_colleagues_stand_by_name(organisation):
    for name in ("robin Vale", "Abena Osei", "Ines Marsh"):
        last = a_staff_account("coordinator", name=name)
    names = [one.name for one in queries.staff_here(viewer=viewer_for(last))]
    assert names == sorted(names, key=str.casefold)
    assert "robin Vale" in names
