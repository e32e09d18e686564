"""Every no of the joining dialog keeps what was typed, whatever the reason and the moment."""

import pytest

from holdspace.groups import actions as groups
from holdspace.groups.tests.factories import CLAUSES, LIMITS, a_group
from holdspace.ledger.acts import SYSTEM
from holdspace.members.models import Application, Member, Visit, Waiting
from holdspace.members.tests.browser import nobody, signed_in
from holdspace.members.tests.factories import a_member, a_person, a_visit, joined
from holdspace.members.tests.test_dialog import YES, first_name, seeds, walk

pytestmark = pytest.mark.django_db
LONG = "A few sentences that took me a long time to write down tonight."


def hidden(page):
    return page.split('name="read" value="')[1].split('"')[0]


def anew(group):
    groups.publish_agreement(by=SYSTEM, group=group, clauses=[*CLAUSES, "New one."], limits=LIMITS)


def test_other_names_please_and_ones_own_stays_in_its_box(organisation):
    group, browser = a_group(), nobody(organisation)
    join = f"/groups/{group.code}/join/"
    page = browser.get(join).content.decode()
    said = {"name": "own", "own": "Night Heron", "seed": seeds(page)[0], "others": "yes"}
    shown = browser.post(join, said, follow=True).content.decode()
    assert 'value="Night Heron"' in shown
    assert seeds(shown) != seeds(page)


def test_a_yes_to_what_was_read_before_it_changed_is_asked_once_more(organisation):
    group, browser = a_group(), nobody(organisation)
    join = f"/groups/{group.code}/join/"
    page = browser.get(join).content.decode()
    browser.post(join, {"name": first_name(page), "seed": seeds(page)[0]})
    read = hidden(browser.get(join + "agreement/").content.decode())
    anew(group)
    answer = browser.post(join + "agreement/", {**YES, "read": read})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "changed while you were reading" in shown
    assert "New one." in shown
    assert shown.count("checked") >= len(YES)
    again = browser.post(join + "agreement/", {**YES, "read": hidden(shown)})
    assert again.headers["Location"] == join + "hello/"


def test_the_last_page_comes_too_late_and_every_word_is_still_there(organisation):
    group, browser = a_group(), nobody(organisation)
    join = f"/groups/{group.code}/join/"
    walk(browser, group, "Quiet Wren")
    browser.post(join + "hello/", {"way": "say", "hello": LONG})
    a_member(organisation, group, "Quiet Wren")
    last = browser.post(join + "hope/", {"hope": "To sleep a whole night"}, follow=True)
    assert b"already has this name" in last.content
    assert b'value="Quiet Wren"' in last.content
    assert Member.objects.count() == 1
    assert LONG in browser.get(join + "hello/").content.decode()
    assert "To sleep a whole night" in browser.get(join + "hope/").content.decode()


def test_a_group_that_fills_up_meanwhile_keeps_the_words_for_later(organisation):
    group, browser = a_group(ceiling=2), nobody(organisation)
    join = f"/groups/{group.code}/join/"
    walk(browser, group, "Quiet Wren")
    others = [a_member(organisation, group) for _n in range(2)]
    answer = browser.post(join + "hello/", {"way": "say", "hello": LONG})
    assert answer.headers["Location"] == f"/groups/{group.code}/waiting/"
    browser.post(f"/groups/{group.code}/waiting/wait/")
    assert Waiting.objects.count() == 1
    from holdspace.members import actions

    actions.leave_group(by=others[0][1])
    shown = browser.get(join + "hello/").content.decode()
    assert LONG in shown
    assert 'value="say" checked' in shown or "checked" in shown.split('value="say"')[1][:40]


def test_a_group_that_closes_meanwhile_shows_the_answers_to_copy(organisation):
    group = a_group(way_in="approval", questions=["What brings you?"])
    browser = nobody(organisation)
    walk(browser, group, "Quiet Wren")
    groups.close_group(by=SYSTEM, group=group, words="Until spring.")
    answer = browser.post(f"/groups/{group.code}/join/questions/", {"q0": LONG})
    assert "closed for now" in answer.content.decode() or "not taking" in answer.content.decode()
    assert LONG in answer.content.decode()
    assert not Application.objects.exists()


def test_answers_that_may_not_be_sent_this_week_stay_in_their_boxes(organisation, monkeypatch):
    group = a_group(way_in="approval", questions=["What brings you?"])
    browser = nobody(organisation)
    walk(browser, group, "Quiet Wren")
    monkeypatch.setattr("holdspace.members.telling.ASKED_A_WEEK", 0)
    answer = browser.post(f"/groups/{group.code}/join/questions/", {"q0": LONG})
    assert answer.status_code == 422
    assert LONG in answer.content.decode()
    assert "several groups this week" in answer.content.decode()


@pytest.mark.parametrize(
    ("page", "sent", "stays"),
    [
        ("hello", {"way": "say", "hello": "Write to me: wren@example.org"}, "wren@example.org"),
        ("hello", {"way": "nonsense", "hello": LONG}, LONG),
        ("needs", {"needs": "Ring +44 20 7946 0018 please"}, "7946 0018"),
        ("hope", {"hope": "x" * 401}, "x" * 401),
    ],
)
def test_words_that_are_warned_about_stay_in_their_box(organisation, page, sent, stays):
    group, browser = a_group(), nobody(organisation)
    walk(browser, group, "Quiet Wren")
    answer = browser.post(f"/groups/{group.code}/join/{page}/", sent)
    assert answer.status_code == 422
    assert stays in answer.content.decode()
    assert not Member.objects.exists()


def test_asking_to_visit_keeps_all_that_was_chosen(organisation):
    group, browser = a_group(), nobody(organisation)
    ask = f"/groups/{group.code}/visit/"
    page = browser.get(ask).content.decode()
    said = {
        "name": "own", "own": "Night Heron", "seed": seeds(page)[2], "greeted": "no",
        "agree": "on", "visiting": "on", "read": hidden(page),
    }  # fmt: skip
    a_visit(group, "Night Heron")
    for changes in ({}, {"own": "Otter Night", "visiting": ""}, {"own": "Otter Dawn"}):
        if changes.get("own") == "Otter Dawn":
            anew(group)
        answer = browser.post(ask, {**said, **changes})
        assert answer.status_code == 422, changes
        shown = answer.content.decode()
        assert changes.get("own", "Night Heron") in shown
        box = shown.split(f'value="{said["seed"]}"')[1][:60]
        assert "checked" in box
    assert Visit.objects.count() == 1
    assert browser.post(ask, {**said, **changes, "read": hidden(shown)}).status_code == 303


def test_a_new_name_taken_in_that_moment_stays_in_its_box(organisation, monkeypatch):
    group, viewer = a_group(), a_person(organisation)
    joined(viewer, group, "Heron")
    browser = signed_in(organisation, viewer)
    page = browser.get(f"/g/{group.code}/place/name/").content.decode()
    from holdspace.kit.guard import Refused
    from holdspace.members import actions

    def taken(**_said):
        raise Refused("Somebody here already has this name, or one that looks like it.")

    monkeypatch.setattr(actions, "change_alias", taken)
    said = {"name": "own", "own": "Night Plover", "seed": seeds(page)[0]}
    answer = browser.post(f"/g/{group.code}/place/name/", said)
    assert answer.status_code == 422
    assert 'value="Night Plover"' in answer.content.decode()
