"""Help me choose: skippable, forgotten, with reasons; and questions without an account."""

import datetime as dt
import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from holdspace.directory import actions, choosing, pacing, questions
from holdspace.directory.choosing import Hopes, sorted_out, weigh
from holdspace.directory.models import Listing, Question, Source, Upload
from holdspace.directory.queries import Wish, question_for, questions_for, search
from holdspace.directory.tests.test_search import LONDON, NOON, a_meeting, bring
from holdspace.directory.views import importing
from holdspace.groups import actions as group_actions
from holdspace.groups.models import Group
from holdspace.groups.queries import FAMILIES, topics_for
from holdspace.groups.tests.factories import a_group
from holdspace.kit import clock, scope
from holdspace.kit.guard import Refused, Unseen
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import SYSTEM
from holdspace.ledger.models import Task
from holdspace.ledger.queue import perform
from holdspace.organisations.models import Organisation, Tally
from holdspace.staff.tests.factories import a_coordinator, a_staff_account, viewer_for
from holdspace.vault.scopes import is_open

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with clock.at(NOON):
        yield


def answer(client: Client, number: int, **given: Any) -> Any:
    return client.post(f"/choose/{number}/", given)


def test_every_question_can_be_skipped(client: Client, group: Group) -> None:
    for number in range(1, len(questions.FORMS) + 1):
        assert client.get(f"/choose/{number}/").status_code == 200
        gone = answer(client, number, skip="1")
        assert gone.status_code == 303
    assert gone.headers["Location"] == "/choose/groups/"
    assert client.get("/choose/groups/").status_code == 200
    assert client.get("/choose/0/").status_code == 404
    assert client.get("/choose/7/").status_code == 404


def test_answers_are_kept_going_back_and_never_in_an_address(client: Client, group: Group) -> None:
    gone = answer(client, 1, audience="family")
    assert gone.headers["Location"] == "/choose/2/"
    assert 'value="family" checked' in client.get("/choose/1/").content.decode()
    for cookie in client.cookies.values():
        assert "family" not in cookie.value
        assert cookie["httponly"]
        assert not cookie["expires"]
    client.post("/choose/forget/")
    assert 'value="family" checked' not in client.get("/choose/1/").content.decode()


def test_groups_come_back_with_reasons(
    client: Client, organisation: Organisation, group: Group
) -> None:
    bring(organisation, a_meeting("Sleepless evenings", types=["O"]),
          a_meeting("Sleep in a hall far away", attendance_option="in_person",
                    latitude=50.37, longitude=-4.14))  # fmt: skip
    answer(client, 2, topics=["sleep", "nonsense"])
    answer(client, 2, topics=["sleep"])
    answer(client, 3, how=["online"], town="York")
    shown = client.get("/choose/groups/").content.decode()
    assert "It is about: Sleep" in shown
    assert "It meets the way you would like" in shown
    assert "It is run elsewhere." in shown
    assert shown.index("Closest to it") < shown.index("Sleepless evenings")
    assert "right for you" not in shown.lower()


def test_topics_stand_in_families_and_those_of_families_first_for_them(
    client: Client, group: Group
) -> None:
    asked = client.get("/choose/2/").content.decode()
    folds = re.findall(r"<summary>([^<]+)</summary>", asked)
    assert folds[:2] == ["Mood", "Anxiety and worry"]
    assert folds[-1] == "Mental health in general"
    assert len(folds) == len(FAMILIES)
    assert len(re.findall('name="topics"', asked)) == len(
        topics_for(viewer=Viewer(group.organisation_id))
    )
    assert '<details class="more" open' not in asked
    answer(client, 2, topics=["grief"])
    asked = client.get("/choose/2/").content.decode()
    assert re.findall(r" open>\s*<summary>([^<]+)<", asked) == ["Loss"]
    answer(client, 1, audience="family")
    asked = client.get("/choose/2/").content.decode()
    assert re.findall(r"<summary>([^<]+)</summary>", asked)[0] == "Family and carers"


def test_where_little_is_about_it_there_is_a_second_best(
    client: Client, organisation: Organisation, group: Group
) -> None:
    bring(organisation, a_meeting("Sleepless evenings", types=["O"]),
          *[a_meeting(f"Mental illness {n}") for n in range(5)])  # fmt: skip
    answer(client, 2, topics=["sleep"])
    answer(client, 3, how=["online"])
    shown = client.get("/choose/groups/").content.decode()

    assert shown.index("It is about: Sleep") < shown.index(
        "It is open to any mental health problem"
    )


def listing(**more: Any) -> Listing:
    given = {"name": "A", "mode": "online", "standing": "active", "way": "ask", "zone": LONDON,
             "topics": [], "identities": [], "access": [], "soonest": NOON}  # fmt: skip
    return Listing(**{**given, **more})


def test_reasons_for_and_against() -> None:
    hopes = Hopes(
        audience="family", topics=("grief",), how=("in_person",), kind="peer",
        needs=("captions",), affirming=("lgbtq",), when=("evening",), zone=LONDON,
    )  # fmt: skip
    fits = weigh(
        listing(audience="both", topics=["grief"], mode="hybrid", kind="peer",
                access=["captions"], identities=["lgbtq"], soonest=NOON + dt.timedelta(hours=7)),
        hopes, {"grief": "Grief"},
    )  # fmt: skip
    assert len(fits.reasons) == 7
    other = weigh(listing(audience="lived", kind="professional"), hopes, {})
    assert "It is for others" in other.against
    assert "It does not say: Captions. Ask first." in other.against
    assert other.weight < 0 < fits.weight


def test_full_groups_are_waiting_places() -> None:
    hopes = Hopes(topics=("grief",))
    weighed = [weigh(listing(name=str(n), topics=["grief"], way="full" if n % 2 else "come"),
                     hopes, {}) for n in range(10)]  # fmt: skip
    best, second, full = sorted_out(weighed)
    assert [len(part) for part in (best, second, full)] == [3, 2, 3]
    assert {w.listing.way for w in full} == {"full"}
    assert choosing.part_of_week(NOON, LONDON) == {"daytime", "weekend"}


def test_a_question_and_its_answer(
    client: Client, organisation: Organisation, group: Group
) -> None:
    page = client.get(f"/groups/{group.code}/ask/").content.decode()
    assert page.index("Nobody is here until") < page.index("<textarea"), "hours are said first"
    assert page.index("Do not wait for us.") < page.index("<textarea")
    gone = client.post(f"/groups/{group.code}/ask/", {"words": "May I knit? CANARY-Q"})
    assert gone.status_code == 303
    link = gone.headers["Location"]
    assert re.fullmatch(r"/asked/[\w-]{43}/", link)
    shown = client.get(link).content.decode()
    assert "May I knit?" in shown
    assert "Nobody has answered yet." in shown
    question = Question.objects.get()
    actions.answer(by=a_coordinator(), question=question, words="You may. CANARY-A")
    assert "You may." in client.get(link).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM directory_question")
        kept = repr(cursor.fetchall())
    assert "CANARY" not in kept
    assert link.split("/")[2] not in kept


def test_asking_a_person_which_group(client: Client, group: Group) -> None:
    gone = client.post("/ask/", {"words": "Which one?"})
    assert client.get(gone.headers["Location"]).status_code == 200
    assert Question.objects.get().group is None


@pytest.mark.parametrize("words", ["", "   ", "x" * 2_001])
def test_nothing_typed_is_lost(client: Client, group: Group, words: str) -> None:
    answered = client.post("/ask/", {"words": words})
    assert answered.status_code == 422
    assert "Something needs another look" in answered.content.decode()
    assert words.strip() in answered.content.decode()
    assert not Question.objects.exists()


def browser() -> Client:
    """A browser that carries nothing yet."""
    return Client(headers={"host": "localhost"})


def test_one_browser_waits_after_its_third_question_and_loses_nothing(
    client: Client, group: Group
) -> None:
    with clock.at(NOON):
        for number in range(3):
            assert client.post("/ask/", {"words": f"Question {number}"}).status_code == 303
        waits = client.post("/ask/", {"words": "A fourth, typed with care"})
    assert waits.status_code == 429
    page = waits.content.decode()
    assert "A fourth, typed with care" in page
    assert "again in 5 minutes" in page
    assert "Help is here, at any hour." in page
    assert Question.objects.count() == 3
    with clock.at(NOON):
        assert browser().post("/ask/", {"words": "Somebody else"}).status_code == 303
    with clock.at(NOON + dt.timedelta(minutes=5)):
        assert client.post("/ask/", {"words": "A fourth"}).status_code == 303
        assert "10 minutes" in client.post("/ask/", {"words": "A fifth"}).content.decode()
    with clock.at(NOON + dt.timedelta(hours=25)):
        for _number in range(3):
            assert client.post("/ask/", {"words": "Another day"}).status_code == 303


def test_a_flood_from_everywhere_stops_at_one_group_and_not_at_others(
    organisation: Organisation, group: Group
) -> None:
    other = a_group("Another")
    with clock.at(NOON):
        for _number in range(pacing.MOST_A_PLACE):
            actions.ask(by=Viewer(organisation.id), words="Flood", group=group)
        waits = browser().post(f"/groups/{group.code}/ask/", {"words": "Is there a lift?"})
        assert waits.status_code == 429
        assert "Is there a lift?" in waits.content.decode()
        assert browser().post(f"/groups/{other.code}/ask/", {"words": "And?"}).status_code == 303
        assert browser().post("/ask/", {"words": "And here?"}).status_code == 303
    with clock.at(NOON + pacing.HOUR):
        again = browser().post(f"/groups/{group.code}/ask/", {"words": "Is there a lift?"})
        assert again.status_code == 303


def test_a_flood_over_all_groups_stops_and_counts_go_within_two_hours(
    organisation: Organisation, group: Group
) -> None:
    nobody = Viewer(organisation.id)
    with clock.at(NOON):
        groups = [None, group, a_group("Another"), a_group("A third")]
        for number in range(pacing.MOST_IN_ALL):
            actions.ask(by=nobody, words="Flood", group=groups[number % 4])
        with pytest.raises(Refused, match="refused") as no:
            actions.ask(by=nobody, words="One more", group=a_group("A fourth"))
        assert "60 minutes" in str(no.value.reason)
    assert Question.objects.count() == pacing.MOST_IN_ALL
    from holdspace.organisations.tasks import forget_tallies

    with clock.at(NOON + pacing.HOUR):
        forget_tallies()
    assert not Tally.objects.exists()


def test_a_wrong_link_is_nothing(client: Client, group: Group) -> None:
    assert client.get("/asked/" + "a" * 43 + "/").status_code == 404


def test_who_sees_which_questions(organisation: Organisation, group: Group) -> None:
    about, _token = actions.ask(by=Viewer(organisation.id), words="About it", group=group)
    general, _token = actions.ask(by=Viewer(organisation.id), words="Which?")
    coordinator = a_coordinator()
    led = a_staff_account("facilitator")
    group_actions.name_leader(by=SYSTEM, group=group, staff=led)
    leader, other = viewer_for(led), viewer_for(a_staff_account("facilitator"))
    assert {q.id for q in questions_for(viewer=coordinator)} == {about.id, general.id}
    assert [q.id for q in questions_for(viewer=leader)] == [about.id]
    assert questions_for(viewer=other) == []
    assert question_for(about.code, viewer=leader).words == "About it"
    for viewer, question in [(other, about), (leader, general), (Viewer(organisation.id), about)]:
        with pytest.raises(Unseen):
            question_for(question.code, viewer=viewer)
        with pytest.raises(Refused):
            actions.answer(by=viewer, question=question, words="no")
    with pytest.raises(Unseen):
        questions_for(viewer=Viewer(organisation.id))


def test_questions_end_with_their_keys(organisation: Organisation, group: Group) -> None:
    question, _token = actions.ask(by=Viewer(organisation.id), words="Old")
    with clock.at(NOON + dt.timedelta(days=31)), scope.everywhere("test"):
        assert actions.clear_questions(by=SYSTEM) == 1
    assert not Question.objects.exists()
    assert not is_open(question.scope)


FEED = b'[{"name":"Calm","slug":"a","day":1,"time":"19:00","notes":"call Pat Jones"},{"slug":"b"}]'


def as_viewer(monkeypatch: pytest.MonkeyPatch, viewer: Viewer) -> None:
    """Every request of the client comes from this viewer."""
    from holdspace.people import middleware

    def here(self: Any, request: Any) -> Any:
        request.viewer = viewer
        return self.get_response(request)

    monkeypatch.setattr(middleware.WhoIsHere, "__call__", here)


def test_by_invitation_is_never_first_and_says_so(organisation: Organisation) -> None:
    bring(organisation, a_meeting("Closed circle"), audience="family")
    bring(organisation, a_meeting("Open evening"), file="others", audience="family")
    invited, free = Listing.objects.order_by("name")
    invited.way, free.way = "invited", "ask"
    hopes = Hopes(audience="family", topics=("recovery",))
    weighed = [weigh(one, hopes, {}) for one in (invited, free)]
    best, second, full = sorted_out(weighed)
    assert (best, full) == ([], [])
    assert {one.listing.name for one in second} == {"Closed circle", "Open evening"}
    assert any("by invitation" in words for words in weighed[0].against)
    weighed[0].weight = 9
    assert sorted_out(weighed)[0] == []


def test_a_coordinator_looks_first_and_then_brings_in(
    client: Client, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_viewer(monkeypatch, a_coordinator())
    file = SimpleUploadedFile("feed.json", FEED)
    gone = client.post("/work/directory/", {"file": file, "name": "Open Doors"})
    assert gone.status_code == 303
    look = client.get(gone.headers["Location"]).content.decode()
    assert "Calm" in look
    assert "It has no name." in look
    assert not Listing.objects.exists(), "looking changes nothing"
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM directory_upload")
        assert b"Pat" not in bytes(cursor.fetchone()[0])
    held = Upload.objects.get()
    done = client.post(gone.headers["Location"] + "bring-in/")
    assert done.status_code == 303
    shown = client.get(done.headers["Location"]).content.decode()
    assert "Read 2: 1 new, 0 changed, 0 as before, 1 refused, 0 no longer there." in shown
    assert not Upload.objects.exists()
    assert not is_open(held.scope)
    assert Listing.objects.get().run_by == "Open Doors"
    code = Listing.objects.get().code
    assert "Take it over" in client.get(f"/groups/{code}/").content.decode()
    taken = client.post(f"/groups/{code}/take-over/")
    assert taken.status_code == 303
    assert taken.headers["Location"].startswith("/work/groups/")  # where the draft is gone on with
    assert Group.objects.get(name="Calm").state == "draft"


def test_a_second_file_of_the_same_people_asks_whether_it_takes_the_place_of_the_first(
    client: Client, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_viewer(monkeypatch, a_coordinator())

    def look(file: str) -> str:
        sent = {"file": SimpleUploadedFile(file, FEED), "name": "Open Doors"}
        where: str = client.post("/work/directory/", sent).headers["Location"]
        return where

    first = look("march.json")
    assert "take the place" not in client.get(first).content.decode()
    client.post(first + "bring-in/")
    second = look("april.json")
    assert "march.json" in client.get(second).content.decode()
    wrong = client.post(second + "bring-in/", {"instead": "never-was"})
    assert wrong.status_code == 422
    assert "no longer among the choices" in wrong.content.decode()
    yes = {"instead": Source.objects.get().key}
    assert client.post(second + "bring-in/", yes).status_code == 303
    assert (Source.objects.get().file, Listing.objects.count()) == ("april.json", 1)
    client.post(look("may.json") + "bring-in/", {"instead": ""})
    assert Source.objects.count() == 2


def test_a_large_file_is_read_later_and_its_page_says_how_far_it_is(
    client: Client, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_viewer(monkeypatch, a_coordinator())
    monkeypatch.setattr(importing, "AT_ONCE", 1_000)
    feed = json.dumps([a_meeting(f"Evening {n}") for n in range(200)]).encode()
    sent = {"file": SimpleUploadedFile("many.json", feed), "name": "Open Doors"}
    where = client.post("/work/directory/", sent).headers["Location"]
    assert client.post(where + "bring-in/").status_code == 303
    assert "many.json: begins in a moment" in client.get("/work/directory/").content.decode()
    assert not Listing.objects.exists()
    seen = []
    note = actions.note_progress
    monkeypatch.setattr(
        actions, "note_progress",
        lambda **how: (note(**how), seen.append(client.get("/work/directory/").content.decode())),
    )  # fmt: skip
    perform(Task.objects.get(name__endswith="bring_upload"))
    told = [re.search(r"many.json: (read \d+ of \d+)", page) for page in seen]
    assert [found[1] for found in told if found] == [
        "read 80 of 200", "read 160 of 200", "read 200 of 200"
    ]  # fmt: skip
    page = client.get("/work/directory/").content.decode()
    assert "Being read" not in page
    assert "Read 200: 200 new, 0 changed" in page
    assert Listing.objects.count() == 200
    assert not Upload.objects.exists()


def test_a_file_can_be_left(
    client: Client, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_viewer(monkeypatch, a_coordinator())
    file = SimpleUploadedFile("feed.json", FEED)
    gone = client.post("/work/directory/", {"file": file, "name": "Open Doors"})
    assert client.post(gone.headers["Location"] + "drop/").status_code == 303
    assert not Upload.objects.exists()
    assert not Listing.objects.exists()


@pytest.mark.parametrize(
    ("content", "name"), [(b"", "x"), (FEED, ""), (FEED, "0113 496 0000"), (b"x" * 5_000_001, "x")]
)
def test_uploads_that_are_refused(
    client: Client, organisation: Organisation, monkeypatch: pytest.MonkeyPatch,
    content: bytes, name: str,
) -> None:  # fmt: skip
    as_viewer(monkeypatch, a_coordinator())
    file = SimpleUploadedFile("feed.json", content)
    answered = client.post("/work/directory/", {"file": file, "name": name})
    assert answered.status_code == 422
    assert "Something needs another look" in answered.content.decode()
    assert not Upload.objects.exists()


@pytest.mark.parametrize("content", [b"\x00\xff", b"PK\x03\x04zip", b"[[[[", b"name\n\n", b"{}"])
def test_any_upload_can_be_looked_at(
    client: Client, organisation: Organisation, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    as_viewer(monkeypatch, a_coordinator())
    file = SimpleUploadedFile("feed.bin", content)
    gone = client.post("/work/directory/", {"file": file, "name": "Open Doors"})
    assert client.get(gone.headers["Location"]).status_code == 200


def test_work_pages_are_not_there_for_others(
    client: Client, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in ("/work/directory/", "/work/questions/", "/work/questions/abcdefgh/",
                 "/work/directory/abcdefgh/"):  # fmt: skip
        assert client.get(path).status_code in {303, 404}, "sign in first, or nothing there"
        as_viewer(monkeypatch, viewer_for(a_staff_account("facilitator")))
        if "directory" in path:
            assert client.get(path).status_code == 404
        monkeypatch.undo()


def test_uploads_go_after_a_day(organisation: Organisation) -> None:
    from holdspace.directory.tasks import tidy

    actions.hold_upload(by=a_coordinator(), name="f", content=FEED, choices={})
    with clock.at(NOON + dt.timedelta(days=1)):
        tidy()
    assert not Upload.objects.exists()


def test_search_finds_any_of_several_topics(organisation: Organisation) -> None:
    bring(organisation, a_meeting("Grief one"), a_meeting("Sleep two"), a_meeting("Other"))
    found = search(Wish(topics=("grief", "sleep")), viewer=Viewer(organisation.id)).listings
    assert {row.name for row in found} == {"Grief one", "Sleep two"}
