"""A coordinator who leads nothing is shown no names; a name let go keeps no words."""

import pytest

from holdspace.kit.guard import Unseen
from holdspace.members import actions, queries
from holdspace.members.models import Member, Recognition, Return
from holdspace.members.tests.factories import a_lead, a_member, a_person, joined

pytestmark = pytest.mark.django_db

PAGES = ("", "members/", "waiting/", "private-words/", "returns/")


@pytest.fixture
def asking(organisation, group):
    """Two members, one of whom lost every key and asks back; the code, and who they are."""
    _old, lost = a_member(organisation, group, alias="Heron Canary")
    a_member(organisation, group, alias="Bird Canary")
    return actions.ask_back(by=a_person(organisation), group=group), lost


def test_a_coordinator_opens_no_list_and_no_member(asking, group, coordinator_viewer):
    _code, lost = asking
    for query in (queries.members_in, queries.members_to_vouch_for):
        with pytest.raises(Unseen):
            query(group, viewer=coordinator_viewer)
    with pytest.raises(Unseen):
        queries.member_in(group, lost.id, viewer=coordinator_viewer)


def test_no_page_of_the_door_shows_a_coordinator_a_name(asking, group, coordinator_client):
    _code, lost = asking
    door = f"/g/{group.code}/lead/"
    for page in (*PAGES, f"members/{lost.id}/"):
        assert b"Canary" not in coordinator_client.get(door + page).content, page


def test_the_menu_of_the_door_leads_nowhere_that_is_shut(asking, group, coordinator_client):
    door = f"/g/{group.code}/lead/"
    for page in PAGES:
        shown = coordinator_client.get(door + page)
        if page == "members/":
            assert shown.status_code == 404
            continue
        for shut in ("applications", "visits", "members", "invitations"):
            assert f"{door}{shut}/".encode() not in shown.content, (page, shut)


def test_a_coordinator_vouches_with_code_and_name_and_learns_neither(
    asking, group, coordinator_client
):
    code, lost = asking
    door = f"/g/{group.code}/lead/returns/"
    wrong = [
        {"code": code, "alias": "Nobody Here"},
        {"code": "zzzzzzzz", "alias": "Bird Canary"},
        {"code": "zzzzzzzz", "alias": "Nobody Here"},
    ]
    answers = [coordinator_client.post(door, said) for said in wrong]
    assert [answer.status_code for answer in answers] == [422] * 3
    for said, answer in zip(wrong, answers, strict=True):
        assert b"nobody in it has this name" in answer.content
        assert f'value="{said["alias"]}"'.encode() in answer.content
    done = coordinator_client.post(door, {"code": f" {code.upper()} ", "alias": "heron  canary"})
    assert done.status_code == 303
    assert Return.objects.get().member_id == lost.id
    shown = coordinator_client.get(door).content
    assert b"Heron Canary" in shown  # whom they vouched for, for the second person
    assert b"Bird Canary" not in shown


def test_a_facilitator_chooses_from_the_names_they_see_anyhow(organisation, asking, group):
    shown = queries.members_to_vouch_for(group, viewer=a_lead(group))
    assert [member.alias for member in shown] == ["Bird Canary", "Heron Canary"]


def test_what_a_coordinator_saw_to_is_shown_to_them_no_more(
    organisation, group, coordinator_viewer
):
    viewer, member = a_member(organisation, group, alias="Heron Canary")
    words = {"wish": Recognition.Wish.TALK, "words": "", "to": Recognition.To.COORDINATOR}
    told = actions.tell_someone_is_here(by=viewer, group=group, writer=member, **words)
    assert queries.recognitions_in(group, viewer=coordinator_viewer) == [told]
    actions.settle_recognition(by=coordinator_viewer, recognition=told)
    assert queries.recognitions_in(group, viewer=coordinator_viewer) == []


def test_who_joins_anew_leaves_no_words_behind(organisation, group):
    viewer, member = a_member(organisation, group, about={"hello": "something of mine"})
    actions.leave_group(by=member)
    joined(viewer, group, anew=True)
    assert Member.objects.get(id=member.id).about == {}
