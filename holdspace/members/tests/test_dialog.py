"""The joining dialog and its neighbours, followed without scripts."""

import re
from datetime import timedelta

import pytest

from holdspace.groups.actions import name_leader
from holdspace.groups.tests.factories import a_group
from holdspace.kit import clock
from holdspace.ledger.acts import SYSTEM
from holdspace.members import actions
from holdspace.members.models import Application, Member, Visit, Waiting
from holdspace.members.tests.browser import nobody, signed_in
from holdspace.members.tests.factories import a_member, a_person, a_visit, joined
from holdspace.members.views.joining import FREE_IN_A_GROUP as JOINING
from holdspace.members.views.visiting import FREE_IN_A_GROUP as VISITING
from holdspace.people.models import Person
from holdspace.staff.tests.factories import a_staff_account

pytestmark = pytest.mark.django_db
YES = {"agree": "on", "age": "on", "taking_part": "on"}
VISITS = {"agree": "on", "visiting": "on"}


def first_name(text):
    return re.search(r'name="name" value="([^"]+)"', text)[1]


def seeds(text):
    return re.findall(r'name="seed" value="(\d+)"', text)


def walk(browser, group, alias="", **agreement):
    """Through the dialog up to the last page; returns the answer of the yes."""
    join = f"/groups/{group.code}/join/"
    page = browser.get(join).content.decode()
    choice = {"name": "own", "own": alias} if alias else {"name": first_name(page)}
    answer = browser.post(join, {**choice, "seed": seeds(page)[1]})
    assert answer.headers["Location"] == join + "agreement/"
    page = browser.get(join + "agreement/").content.decode()
    assert "What is said here stays here" in page
    assert "When confidence ends" in page
    return browser.post(join + "agreement/", {**YES, **agreement})


def test_somebody_signed_out_joins_and_comes_to_their_place(organisation):
    group = a_group()
    browser = nobody(organisation)
    join = f"/groups/{group.code}/join/"
    answer = walk(browser, group, "Quiet Wren")
    assert answer.headers["Location"] == join + "hello/"
    assert Person.objects.count() == 1
    assert Member.objects.count() == 0
    answer = browser.post(join + "hello/", {"way": "say", "hello": "Hello, all"})
    assert answer.headers["Location"] == join + "needs/"
    answer = browser.post(join + "needs/", {"needs": "A seat near the door", "camera_off": "on"})
    assert answer.headers["Location"] == join + "hope/"
    assert b"Hello, all" in browser.get(join + "hello/").content
    answer = browser.post(join + "hope/", {"hope": "To sleep"})
    assert answer.headers["Location"] == join + "way-back/"
    assert b"Do this later" in browser.get(join + "way-back/").content
    member = Member.objects.get()
    assert member.alias == "Quiet Wren"
    assert member.said == {
        "hello": "Hello, all",
        "reads": False,
        "needs": "A seat near the door",
        "camera_off": True,
        "hope": "To sleep",
    }
    assert browser.get(join).status_code == 302 or browser.get(join).status_code == 303
    assert b"Quiet Wren" in browser.get(f"/g/{group.code}/place/").content
    assert b"Hello, all" in browser.get(f"/g/{group.code}/people/").content


def test_everything_after_the_yes_can_be_skipped(organisation):
    group, browser = a_group(), nobody(organisation)
    walk(browser, group)
    for page in ("hello", "needs", "hope"):
        answer = browser.post(f"/groups/{group.code}/join/{page}/", {"skip": "yes"})
        assert answer.status_code == 303
    assert Member.objects.get().said["reads"] is True


def test_back_loses_nothing_and_nothing_stands_in_an_address(organisation):
    group, browser = a_group(), nobody(organisation)
    walk(browser, group, "Quiet Wren")
    page = browser.get(f"/groups/{group.code}/join/").content.decode()
    assert 'value="Quiet Wren"' in page
    first = seeds(page)
    assert seeds(browser.get(f"/groups/{group.code}/join/").content.decode()) == first
    browser.post(f"/groups/{group.code}/join/", {"others": "yes"})
    assert seeds(browser.get(f"/groups/{group.code}/join/").content.decode()) != first


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Write a name"),
        ("wren@example.org", "looks like an address"),
        ("Wren1987", "long numbers"),
        ("Anna Schmidt", "first name and surname"),
        ("W" * 25, "at most 24 characters"),
        ("Wren!", "signs that pass for letters"),
        ("Sam (facilitator)", "leads or works here"),
    ],
)
def test_a_name_that_does_not_do_is_said_beside_the_field(organisation, typed, said):
    group, browser = a_group(), nobody(organisation)
    name_leader(by=SYSTEM, group=group, staff=a_staff_account("facilitator"))
    for way in ("join", "visit"):
        page = browser.get(f"/groups/{group.code}/{way}/").content.decode()
        answer = browser.post(
            f"/groups/{group.code}/{way}/",
            {"name": "own", "own": typed, "seed": seeds(page)[0], "greeted": "yes", **VISITS},
        )
        assert answer.status_code == 422
        shown = answer.content.decode()
        assert said in shown
        assert typed in shown
        assert shown.count('class="error"') == 1


def test_a_stranger_does_not_learn_who_is_here(organisation):
    """The name page answers alike for a name that is taken; after the yes, with an account, not."""
    group, browser = a_group(), nobody(organisation)
    a_member(organisation, group, "Taken")
    join = f"/groups/{group.code}/join/"
    page = browser.get(join).content.decode()
    chosen = {"name": "own", "own": "Taken", "seed": seeds(page)[0]}
    assert browser.post(join, chosen).headers["Location"] == join + "agreement/"
    asked = {**chosen, "greeted": "yes", **VISITS}
    visit = f"/groups/{group.code}/visit/"
    page = nobody(organisation)
    seed = seeds(page.get(visit).content.decode())[0]
    assert page.post(visit, {**asked, "seed": seed}).headers["Location"] == "/visit/"
    answer = browser.post(join + "agreement/", YES)
    assert answer.headers["Location"] == join
    back = browser.get(join).content.decode()
    assert "already has this name" in back
    assert "Taken" in back
    assert Member.objects.count() == 1


def test_many_names_tried_with_an_account_are_slowed_and_nothing_is_lost(organisation):
    group, viewer = a_group(), a_person(organisation)
    browser = signed_in(organisation, viewer)
    join = f"/groups/{group.code}/join/"
    seed = seeds(browser.get(join).content.decode())[0]
    with clock.at(clock.now()):
        for number in range(5):
            answer = browser.post(join, {"name": "own", "own": f"Bird {number}", "seed": seed})
            assert answer.status_code == 303
        slowed = browser.post(join, {"name": "own", "own": "One More", "seed": seed})
        assert slowed.status_code == 422
        assert "Please wait 6 seconds" in slowed.content.decode()
        assert "One More" in slowed.content.decode()
        offered = browser.post(join, {"name": first_name(slowed.content.decode()), "seed": seed})
        assert offered.status_code == 303
    with clock.at(clock.now() + timedelta(minutes=1)):
        assert (
            browser.post(join, {"name": "own", "own": "One More", "seed": seed}).status_code == 303
        )


def test_what_looks_like_a_person_can_be_overruled_on_the_second_try(organisation):
    group, browser = a_group(), nobody(organisation)
    page = browser.get(f"/groups/{group.code}/join/").content.decode()
    assert 'name="sure"' not in page
    said = {"name": "own", "own": "Anna Schmidt", "seed": seeds(page)[0]}
    warned = browser.post(f"/groups/{group.code}/join/", said)
    assert b'name="sure"' in warned.content
    answer = browser.post(f"/groups/{group.code}/join/", {**said, "sure": "on"})
    assert answer.status_code == 303


def test_without_the_yes_or_the_age_nobody_comes_in(organisation):
    group, browser = a_group(), nobody(organisation)
    answer = walk(browser, group, agree="")
    assert answer.status_code == 422
    assert Person.objects.count() == 0
    answer = browser.get(f"/groups/{group.code}/join/hello/")
    assert answer.headers["Location"].endswith("/join/")


def test_a_number_in_a_hello_is_asked_about_once(organisation):
    group, browser = a_group(), nobody(organisation)
    walk(browser, group)
    hello = {"way": "say", "hello": "Ring me: 07700 900 123"}
    path = f"/groups/{group.code}/join/hello/"
    assert browser.post(path, hello).status_code == 422
    assert browser.post(path, {**hello, "sure": "on"}).status_code == 303


def test_a_hello_is_neither_dropped_nor_missing_unsaid(organisation):
    group, browser = a_group(), nobody(organisation)
    walk(browser, group)
    path = f"/groups/{group.code}/join/hello/"
    dropped = browser.post(path, {"way": "read", "hello": "I am new here"})
    assert dropped.status_code == 422
    assert "You wrote a hello." in dropped.content.decode()
    assert "I am new here" in dropped.content.decode()
    missing = browser.post(path, {"way": "say", "hello": ""})
    assert missing.status_code == 422
    assert "Write a few words, or choose to read for now." in missing.content.decode()
    assert browser.post(path, {"way": "read", "hello": ""}).status_code == 303
    assert browser.post(path, {"way": "read", "hello": "I am new", "skip": "1"}).status_code == 303


def test_the_longest_words_in_any_script_fit_the_draft(organisation):
    group, browser = a_group(), nobody(organisation)
    walk(browser, group)
    for page, field in (("hello", "hello"), ("needs", "needs"), ("hope", "hope")):
        said = {field: "🧶" * 400, "way": "say"}
        answer = browser.post(f"/groups/{group.code}/join/{page}/", said)
        assert answer.status_code == 303, page
    assert Member.objects.get().said["hope"] == "🧶" * 400


def test_the_last_place_going_meanwhile_loses_nothing(organisation):
    group, browser = a_group(ceiling=2), nobody(organisation)
    walk(browser, group, "Quiet Wren")
    for _ in range(2):
        a_member(organisation, group)
    answer = browser.post(f"/groups/{group.code}/join/hope/", {"skip": "yes"}, follow=True)
    assert b"Wait for a place" in answer.content
    assert Member.objects.filter(group=group).count() == 2
    answer = browser.post(f"/groups/{group.code}/waiting/wait/", follow=True)
    assert b"You are on the waiting list" in answer.content
    actions.leave_group(by=Member.objects.filter(group=group).first())
    page = browser.get(f"/groups/{group.code}/waiting/").content.decode()
    assert "A place is kept for you" in page
    assert 'value="Quiet Wren"' in browser.get(f"/groups/{group.code}/join/").content.decode()
    answer = browser.post(f"/groups/{group.code}/join/hope/", {"skip": "yes"})
    assert answer.headers["Location"].endswith("/way-back/")
    assert Waiting.objects.get().standing == "taken"


def test_somebody_signed_out_can_wait_and_leave_the_list(organisation):
    group, browser = a_group(ceiling=2, wait_weeks=5), nobody(organisation)
    for _ in range(2):
        a_member(organisation, group)
    page = browser.get(f"/groups/{group.code}/join/", follow=True).content.decode()
    assert "about 5 weeks" in page
    browser.post(f"/groups/{group.code}/waiting/wait/", {"taking_part": "on"})
    assert b"You are next" in browser.get(f"/groups/{group.code}/waiting/").content
    browser.post(f"/groups/{group.code}/waiting/leave/")
    assert Waiting.objects.get().holder is None


def test_a_group_that_asks_questions(organisation):
    group = a_group(way_in="approval", questions=["What brings you?", "Since when?"])
    browser = nobody(organisation)
    answer = walk(browser, group, "Quiet Wren")
    assert answer.headers["Location"].endswith("/join/questions/")
    path = f"/groups/{group.code}/join/questions/"
    assert browser.post(path, {"q0": "Nights"}).status_code == 422
    answer = browser.post(path, {"q0": "Nights", "q1": "Spring"}, follow=True)
    assert b"Your answers have arrived" in answer.content
    assert Application.objects.get().answers == [
        ["What brings you?", "Nights"],
        ["Since when?", "Spring"],
    ]
    answer = browser.post(f"/groups/{group.code}/answers/withdraw/")
    assert Application.objects.count() == 0


def test_a_visit_from_asking_to_joining(organisation):
    group, browser = a_group(), nobody(organisation)
    page = browser.get(f"/groups/{group.code}/visit/").content.decode()
    said = {"name": first_name(page), "seed": seeds(page)[2], "greeted": "no", "listens": "on"}
    waits = browser.post(f"/groups/{group.code}/visit/", said)
    assert waits.status_code == 422
    assert Visit.objects.count() == 0
    answer = browser.post(f"/groups/{group.code}/visit/", {**said, "agree": "on", "visiting": "on"})
    assert Visit.objects.get().agreed["version"] == 1
    assert answer.headers["Location"] == "/visit/"
    page = browser.get("/visit/").content.decode()
    link = re.search(r"/v/[\w-]{43}/", page)[0]
    assert Person.objects.count() == 0
    other = nobody(organisation)
    assert other.get("/visit/").status_code == 404
    assert other.get(link).headers["Location"] == "/visit/"
    assert said["name"] in other.get("/visit/").content.decode()
    browser.post("/visit/wishes/", {"greeted": "on"})
    assert Visit.objects.get().wishes["greeted"] is True
    browser.post("/visit/after/", {"heard": "3", "safe": "2", "shared": "on"})
    assert Visit.objects.get().after["safe"] == "2"
    told = {"wish": "tell", "to": "facilitator", "words": ""}
    assert browser.post(f"/g/{group.code}/someone/", told).headers["Location"] == "/visit/"
    page = browser.get("/visit/join/", follow=True).content.decode()
    assert said["name"] in page
    walk(browser, group, said["name"])
    browser.post(f"/groups/{group.code}/join/hope/", {"skip": "yes"})
    assert Member.objects.get().alias == said["name"]
    assert Visit.objects.count() == 0
    assert browser.get("/visit/").status_code == 404


@pytest.mark.parametrize("meets", ["in_person", "video", "hybrid"])
def test_a_visitor_reads_whom_they_meet_and_where_to_sit_if_it_is_online(organisation, meets):
    group = a_group(leaders="Sam, who has been through it", format=meets, town="Leeds")
    _viewer, _visit, token = a_visit(group)
    page = nobody(organisation).get(f"/v/{token}/", follow=True).content.decode()
    assert page.index("The first time") < page.index("Whom you will meet")
    assert "Sam, who has been through it" in page
    assert ("where nobody hears you" in page) == (meets != "in_person")


def test_a_visit_can_be_deleted_now(organisation):
    group = a_group()
    _viewer, visit, token = a_visit(group)
    browser = nobody(organisation)
    browser.get(f"/v/{token}/")
    browser.post("/visit/end/")
    assert not Visit.objects.filter(id=visit.id).exists()
    assert browser.get("/visit/").status_code == 404


def test_leaving_and_coming_back(organisation):
    group, viewer = a_group(), a_person(organisation)
    member = joined(viewer, group, "Heron")
    browser = signed_in(organisation, viewer)
    assert b"from this moment on" in browser.get(f"/g/{group.code}/place/leave/").content
    browser.post(f"/g/{group.code}/place/leave/")
    page = browser.get(f"/g/{group.code}/place/", follow=True)
    assert b"You have left this group" in page.content
    page = browser.get(f"/groups/{group.code}/join/")
    assert b"You were here before, as Heron" in page.content
    browser.post(f"/groups/{group.code}/join/again/", {"same": "yes"})
    browser.post(f"/groups/{group.code}/join/agreement/", YES)
    browser.post(f"/groups/{group.code}/join/hope/", {"skip": "yes"})
    assert Member.objects.get().id == member.id
    assert Member.objects.get().standing == "joined"


def test_resting_renaming_and_changing_what_was_said(organisation):
    group, viewer = a_group(), a_person(organisation)
    joined(viewer, group, "Heron")
    browser = signed_in(organisation, viewer)
    browser.post(f"/g/{group.code}/place/rest/")
    assert b"You are resting" in browser.get(f"/g/{group.code}/place/").content
    browser.post(f"/g/{group.code}/place/return/")
    page = browser.get(f"/g/{group.code}/place/name/").content.decode()
    said = {"name": "own", "own": "Plover", "seed": seeds(page)[0]}
    assert browser.post(f"/g/{group.code}/place/name/", said).status_code == 303
    assert Member.objects.get().alias == "Plover"
    assert browser.get(f"/g/{group.code}/place/name/").status_code == 403
    said = {"hello": "Hello now", "needs": "", "hope": ""}
    assert browser.post(f"/g/{group.code}/place/about/", said).status_code == 303
    assert Member.objects.get().said["hello"] == "Hello now"
    assert Member.objects.get().said["reads"] is False


def test_a_changed_agreement_is_read_before_anything_is_seen(organisation):
    from holdspace.groups import actions as groups
    from holdspace.groups.tests.factories import CLAUSES, LIMITS

    group, viewer = a_group(), a_person(organisation)
    joined(viewer, group)
    groups.publish_agreement(by=SYSTEM, group=group, clauses=[*CLAUSES, "New one."], limits=LIMITS)
    browser = signed_in(organisation, viewer)
    page = browser.get(f"/g/{group.code}/place/", follow=True)
    assert b"New one." in page.content
    assert browser.get(f"/g/{group.code}/people/").headers["Location"].endswith("/agreement/")
    assert browser.post(f"/g/{group.code}/agreement/", {}).status_code == 422
    browser.post(f"/g/{group.code}/agreement/", {"agree": "on"})
    assert browser.get(f"/g/{group.code}/people/").status_code == 200


def test_an_invitation_link_leaves_the_address(organisation):
    from holdspace.groups import actions as groups
    from holdspace.staff.tests.factories import a_staff_account, viewer_for

    group = a_group(way_in="invitation")
    staff = a_staff_account("facilitator")
    groups.name_leader(by=SYSTEM, group=group, staff=staff)
    token = actions.invite(by=viewer_for(staff), group=group)
    browser = nobody(organisation)
    assert b"by invitation" in browser.get(f"/groups/{group.code}/join/").content
    answer = browser.get(f"/i/{token}/")
    assert token not in answer.headers["Location"]
    walk(browser, group)
    browser.post(f"/groups/{group.code}/join/hope/", {"skip": "yes"})
    assert Member.objects.filter(group=group).count() == 1
    assert nobody(organisation).get(f"/i/{token}/").status_code == 404


def test_minors_and_adults_are_asked_their_own_question(organisation):
    group = a_group("Young", ages="minors")
    browser = nobody(organisation)
    page = browser.get(f"/groups/{group.code}/join/").content.decode()
    browser.post(f"/groups/{group.code}/join/", {"name": first_name(page), "seed": seeds(page)[0]})
    page = browser.get(f"/groups/{group.code}/join/agreement/").content.decode()
    assert "I am 14 to 17 years old" in page


def test_signed_in_titles_name_no_condition(organisation):
    group, viewer = a_group("Depression Circle"), a_person(organisation)
    joined(viewer, group)
    browser = signed_in(organisation, viewer)
    for page in ("place/", "people/", "place/about/", "place/leave/", "someone/"):
        text = browser.get(f"/g/{group.code}/{page}").content.decode()
        title = re.search("<title>(.*?)</title>", text, re.DOTALL)[1]
        assert "Depression" not in title
        assert clock.today()


def test_a_flood_into_one_group_is_slowed_and_a_newcomer_loses_nothing(organisation):
    """Nine throw-away members took places within five seconds."""
    group, start = a_group(), clock.now()
    with clock.at(start):
        for _ in range(JOINING):
            assert walk(nobody(organisation), group).status_code == 303
        late = nobody(organisation)
        slowed = walk(late, group)
        assert slowed.status_code == 429
        assert "Your turn comes in 1 minute" in slowed.content.decode()
        assert " checked" in slowed.content.decode()
        assert walk(nobody(organisation), a_group("Thursday Circle")).status_code == 303
    with clock.at(start + timedelta(minutes=1)):
        yes = late.post(f"/groups/{group.code}/join/agreement/", YES)
        assert yes.headers["Location"].endswith("/hello/")


def test_visits_asked_in_a_flood_are_slowed_and_keep_what_was_typed(organisation):
    group, start = a_group(visitor_seats=12), clock.now()
    address = f"/groups/{group.code}/visit/"
    with clock.at(start):
        for number in range(VISITING + 1):
            late = nobody(organisation)
            seed = seeds(late.get(address).content.decode())[0]
            said = {"name": "own", "own": f"Bird {number}", "seed": seed, "greeted": "no", **VISITS}
            answer = late.post(address, said)
            assert answer.status_code == (303 if number < VISITING else 429)
        assert f"Bird {VISITING}" in answer.content.decode()
    with clock.at(start + timedelta(minutes=1)):
        assert late.post(address, said).headers["Location"] == "/visit/"
