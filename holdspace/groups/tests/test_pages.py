import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from holdspace.groups import actions, queries
from holdspace.groups.fields import LinesField, MomentsField
from holdspace.groups.models import Group
from holdspace.groups.tests.factories import a_group
from holdspace.kit import clock, scope
from holdspace.ledger.acts import SYSTEM
from holdspace.organisations.actions import change_settings
from holdspace.organisations.tests.factories import an_organisation
from holdspace.staff.tests.factories import a_client, a_staff_account

pytestmark = pytest.mark.django_db

WHOLE = {
    "name": "Wednesday Circle", "summary": "For people who live with low mood.", "kind": "peer",
    "audience": "lived", "ages": "adults", "format": "video", "format_for_now": "",
    "language": "en", "zone": "Europe/London", "ceiling": 12, "way_in": "open", "cost": "free",
    "visitor_seats": 3,
    "retention_days": 365, "topics_mood": ["depression", "anger"], "topics_life": ["work"],
    "access": ["captions", "camera-off"], "affirming": ["lgbtq"], "introductions": "on",
    "first_visit": "10 minutes before: The door opens.\n\n19:00: We say hello.",
    "leaders": "Sam and Noor, who have been through it",
}  # fmt: skip

FOR_BOTH = ["", "agreements/"]
FOR_COORDINATORS = ["edit/", "close/", "end/", "agreements/next/", "leaders/"]


@pytest.mark.parametrize("page", FOR_BOTH + FOR_COORDINATORS)
def test_pages_of_a_group_are_for_who_arranges_or_leads_it(
    page, group, coordinator_client, facilitator_client, anybody_client
):
    path = f"/work/groups/{group.code}/{page}"
    assert coordinator_client.get(path).status_code == 200
    assert facilitator_client.get(path).status_code == 404
    actions.name_leader(by=SYSTEM, group=group, staff=facilitator_client.staff)
    assert facilitator_client.get(path).status_code == (200 if page in FOR_BOTH else 403)
    assert anybody_client.get(path).url == "/sign-in/"
    with scope.entered(an_organisation("Elsewhere").id):
        assert a_client("coordinator", name="Noor Ali").get(path).status_code == 404


@pytest.mark.parametrize("page", ["begin/", "../topics/"])
def test_beginning_and_topics_are_for_coordinators(page, coordinator_client, facilitator_client):
    path = "/work/topics/" if page.startswith("..") else f"/work/groups/{page}"
    assert coordinator_client.get(path).status_code == 200
    assert facilitator_client.get(path).status_code == 403


@pytest.mark.parametrize("end", ["confirm", "open", "leaders/7/end"])
def test_acts_on_a_group_are_not_there_for_others(end, group, facilitator_client):
    assert facilitator_client.post(f"/work/groups/{group.code}/{end}").status_code == 404


def test_a_group_is_begun_changed_and_keeps_what_was_said(organisation, coordinator_client):
    made = coordinator_client.post("/work/groups/begin/", WHOLE)
    group = Group.objects.get()
    assert made.url == f"/work/groups/{group.code}/"
    assert group.state == "draft"
    assert group.first_visit == [
        ["10 minutes before", "The door opens."],
        ["19:00", "We say hello."],
    ]
    assert group.topics == ["depression", "anger", "work"]
    edit = coordinator_client.get(f"/work/groups/{group.code}/edit/")
    for said in ["10 minutes before: The door opens.", "Wednesday Circle", "who have been through"]:
        assert said in edit.text
    path = f"/work/groups/{group.code}/edit/"
    assert coordinator_client.post(path, {**WHOLE, "name": "Thursday"}).status_code == 303
    group.refresh_from_db()
    assert (group.name, group.confirmed_on) == ("Thursday", clock.today())


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"ceiling": 99}, "ceiling"),
        ({"way_in": "approval"}, "questions"),
        ({"format": "in_person"}, "town"),
        ({"first_visit": "no moment here"}, "first_visit"),
        ({"name": ""}, "name"),
        ({"topics_mood": ["nothing"]}, "topics_mood"),
        ({"questions": "x" * 400}, "questions"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(
    wrong, field, organisation, coordinator_client
):
    answer = coordinator_client.post("/work/groups/begin/", {**WHOLE, **wrong})
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.text
    assert "For people who live with low mood." in answer.text
    assert not Group.objects.exists()


@pytest.mark.slow
@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.dictionaries(st.sampled_from(sorted(WHOLE)), st.text(max_size=80)))
def test_whatever_is_sent_is_answered_and_never_breaks(coordinator_client, sent):
    answer = coordinator_client.post("/work/groups/begin/", {**WHOLE, **sent})
    assert answer.status_code in {303, 422}


SAID = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40)


@given(st.lists(SAID, max_size=8))
def test_lines_come_back_as_they_went(lines):
    field = LinesField(required=False)
    once = field.clean("\n".join(lines))
    assert field.clean(field.prepare_value(once)) == once


def test_moments_come_back_as_they_went():
    field = MomentsField()
    said = "19:00: We begin.\n20:30: We end: on time."
    pairs = field.clean(said)
    assert pairs == [["19:00", "We begin."], ["20:30", "We end: on time."]]
    assert field.prepare_value(pairs) == said


@pytest.mark.parametrize("line", ["18:50 The door opens.", "18:50: The door opens."])
def test_a_time_needs_no_colon_after_it(line):
    assert MomentsField().clean(line) == [["18:50", "The door opens."]]


def test_a_draft_names_all_that_is_missing_at_once(organisation, coordinator_client):
    draft = actions.begin_group(by=SYSTEM, organisation=organisation.id, name="Draft")
    shown = coordinator_client.get(f"/work/groups/{draft.code}/").content.decode()
    for words in ("what the group agrees", "what happens the first time", "who leads the group"):
        assert words in shown


def test_from_draft_to_open_to_closed_to_open_to_ended(organisation, coordinator_client):
    coordinator_client.post("/work/groups/begin/", WHOLE)
    group = Group.objects.get()
    path = f"/work/groups/{group.code}/"
    assert "Before it can open" in coordinator_client.get(path).text
    assert coordinator_client.post(f"{path}open").status_code == 403
    first = coordinator_client.get(f"{path}agreements/next/")
    assert "What is said here stays here" in first.text
    wrong = coordinator_client.post(f"{path}agreements/next/", {"clauses": "We listen."})
    assert wrong.status_code == 422
    assert "We listen." in wrong.text
    said = {"clauses": "We listen.\nWe pass.", "limits": "If life is in danger."}
    coordinator_client.post(f"{path}agreements/next/", said)
    assert coordinator_client.post(f"{path}open").status_code == 303
    past = (clock.today() - dt.timedelta(days=1)).isoformat()
    wrong = coordinator_client.post(f"{path}close/", {"words": "Painting.", "back_on": past})
    assert wrong.status_code == 422
    coordinator_client.post(f"{path}close/", {"words": "The hall is being painted."})
    assert "The hall is being painted." in coordinator_client.get(path).text
    assert coordinator_client.get(f"{path}close/").status_code == 403
    coordinator_client.post(f"{path}open")
    coordinator_client.post(f"{path}end/", {"words": "We met for three good years."})
    group.refresh_from_db()
    assert group.state == "ended"
    assert coordinator_client.post(f"{path}open").status_code == 403


def test_a_new_agreement_leaves_the_old_one_as_it_was(group, coordinator_client):
    path = f"/work/groups/{group.code}/agreements/"
    said = {"clauses": "Only this.", "limits": "If life is in danger.", "change": "Shorter."}
    assert coordinator_client.post(f"{path}next/", said).url == path
    shown = coordinator_client.get(path).text
    assert "Version 2, in force since" in shown
    assert "One person speaks at a time" in shown


def test_parts_are_given_and_ended_on_one_page(organisation, group, coordinator_client):
    sam, path = a_staff_account("facilitator"), f"/work/groups/{group.code}/leaders/"
    said = {"account": sam.account, "part": "facilitator"}
    assert coordinator_client.post(path, said).status_code == 303
    assert "Sam Okafor" in coordinator_client.get(path).text
    viewer = queries.Viewer(organisation=organisation.id)
    (led,) = queries.leaders_of(group, viewer=viewer)
    for wrong in [{**said, "account": 7}, {**said, "part": "king"}, {}]:
        assert coordinator_client.post(path, wrong).status_code == 422
    coordinator_client.post(f"{path}{led.id}/end")
    assert queries.leaders_of(group, viewer=viewer) == []


def test_a_group_without_a_second_facilitator_warns_where_the_organisation_wants_one(
    organisation, group, coordinator_client
):
    path, warns = f"/work/groups/{group.code}/", "Nobody co-facilitates this group yet."
    colleagues = [a_staff_account("facilitator") for _ in range(3)]
    for staff, part in zip(colleagues, ["facilitator", "host", "co-facilitator"], strict=True):
        actions.name_leader(by=SYSTEM, group=group, staff=staff, part=part)
        assert (warns in coordinator_client.get(path).text) == (part != "co-facilitator")
    (last,) = group.leaderships.filter(part="co-facilitator")
    actions.end_leadership(by=SYSTEM, leadership=last)
    assert warns in coordinator_client.get(path).text
    change_settings(by=SYSTEM, organisation=organisation, wants_second_facilitator=False)
    assert warns not in coordinator_client.get(path).text


def test_who_leads_a_group_confirms_it(group, facilitator_client):
    actions.name_leader(by=SYSTEM, group=group, staff=facilitator_client.staff)
    later = clock.now() + dt.timedelta(days=100)
    with clock.at(later):
        facilitator = a_client("facilitator", name="Noor Ali")
        actions.name_leader(by=SYSTEM, group=group, staff=facilitator.staff)
        assert "Confirm this listing" in facilitator.get(f"/work/groups/{group.code}/").text
        facilitator.post(f"/work/groups/{group.code}/confirm")
    group.refresh_from_db()
    assert group.confirmed_on == later.date()


def test_topics_of_ones_own_are_added_once_and_retired(organisation, group, coordinator_client):
    said = {"name": "Night workers", "family": "life", "also": "shifts"}
    assert coordinator_client.post("/work/topics/", said).status_code == 303
    assert coordinator_client.post("/work/topics/", said).status_code == 422
    assert "Night workers" in coordinator_client.get("/work/groups/begin/").text
    viewer = a_client("coordinator", name="Noor Ali")
    (own,) = queries.topics_for(viewer=queries.Viewer(organisation=organisation.id))[-1:]
    actions.change_group(by=SYSTEM, group=group, topics=["depression", own.key])
    from holdspace.groups.models import Topic

    assert viewer.post(f"/work/topics/{Topic.objects.get().id}/retire").status_code == 303
    assert "Night workers" not in viewer.get("/work/groups/begin/").text
    viewer.post(f"/work/groups/{group.code}/edit/", WHOLE)
    group.refresh_from_db()
    assert own.key in group.topics


def test_lists_cost_the_same_for_one_group_and_for_four(
    organisation, group, coordinator_client, django_assert_max_num_queries
):
    for name in ["Second", "Third", "Fourth"]:
        for path in ["/work/groups/", f"/work/groups/{group.code}/"]:
            with django_assert_max_num_queries(8):
                assert coordinator_client.get(path).status_code == 200
        more = a_group(name)
        actions.name_leader(by=SYSTEM, group=more, staff=a_staff_account("facilitator"))
