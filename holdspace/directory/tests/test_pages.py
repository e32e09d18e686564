"""The pages as somebody without an account gets them."""

import datetime as dt
import re
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from holdspace.directory import actions
from holdspace.directory.models import Listing
from holdspace.directory.queries import neighbours_of
from holdspace.directory.tests.test_search import LONDON, NOON, a_meeting, bring
from holdspace.groups import actions as group_actions
from holdspace.groups.models import Group
from holdspace.groups.tests.factories import a_group
from holdspace.kit import clock
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import SYSTEM
from holdspace.organisations.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with clock.at(NOON):
        yield


def listed(organisation: Organisation) -> None:
    actions.renew_own(by=SYSTEM, organisation=organisation.id)


def text(client: Client, path: str, **query: Any) -> str:
    answer = client.get(path, query)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_the_directory_shows_ours_and_others(
    client: Client, organisation: Organisation, group: Group
) -> None:
    listed(organisation)
    bring(organisation, a_meeting("Elsewhere on Tuesday", types=["O"]))
    shown = text(client, "/groups/")
    assert "2 groups, soonest first." in shown
    assert group.name in shown
    assert "Run by Open Doors, not by us." in shown
    assert "You can simply come" in shown
    assert "19:00" in shown


def test_one_group_is_one_group(client: Client, organisation: Organisation, group: Group) -> None:
    listed(organisation)
    assert "1 group, soonest first." in text(client, "/groups/")


def test_nothing_found_says_what_to_widen(
    client: Client, organisation: Organisation, group: Group
) -> None:
    listed(organisation)
    shown = text(client, "/groups/", q="zzzz", how="text")
    assert "Nothing found" in shown
    assert "without “zzzz”" in shown
    assert 'href="?how=text"' in shown
    assert reverse("directory:ask") in shown


@pytest.mark.parametrize("query", [{"topic": "self-harm"}, {"q": "suicidal thoughts"},
                                   {"q": "after an attempt"}, {"q": "rape"}])  # fmt: skip
def test_hard_topics_show_help_above_the_results(
    client: Client, group: Group, query: dict[str, str]
) -> None:
    shown = text(client, "/groups/", **query)
    assert shown.count("If this is happening to you now:") == 1
    assert shown.index("If this is happening") < shown.index("Nothing found")


def test_other_topics_do_not(client: Client, group: Group) -> None:
    assert "If this is happening" not in text(client, "/groups/", topic="sleep", q="insomnia")


def test_near_a_town_with_distances(
    client: Client, organisation: Organisation, group: Group
) -> None:
    place = {"attendance_option": "in_person", "latitude": 53.96, "longitude": -1.08}
    bring(organisation, a_meeting("York", **place))
    shown = text(client, "/groups/", near="leeds", km="50")
    assert "Near Leeds, GB." in shown
    assert "35 km away" in shown or "36 km away" in shown
    assert "We do not know a town of that name" in text(client, "/groups/", near="qzqz")


@pytest.mark.parametrize(
    "query",
    [{"day": "9"}, {"day": "x"}, {"km": "-5"}, {"topic": "nope"}, {"access": ["x", "captions"]},
     {"q": "x" * 9_000}, {"q": "\x00"}, {"after": "nonsense"}, {"when": "never"}, {"today": "on"},
     {"near": "\x00'"}, {"language": "xx"}, {"come": "false"}],
)  # fmt: skip
def test_senseless_wishes_are_no_error(
    client: Client, organisation: Organisation, group: Group, query: dict[str, Any]
) -> None:
    listed(organisation)
    assert client.get("/groups/", query).status_code == 200


def test_pages_of_many(client: Client, organisation: Organisation, group: Group) -> None:
    bring(organisation, *(a_meeting(f"G{n:03}", day=n % 7) for n in range(45)))
    seen: list[str] = []
    path = "/groups/"
    while path:
        shown = text(client, path)
        seen += [part[:4] for part in shown.split(">G")[1:] if part[:3].isdigit()]
        older = shown.split('class="older"')
        href = older[1].split('href="')[1].split('"')[0] if len(older) > 1 else ""
        path = f"/groups/{href}" if href else ""
    assert len(seen) == len(set(seen)) == 45


def test_many_are_counted_to_a_hundred(
    client: Client, organisation: Organisation, group: Group
) -> None:
    bring(organisation, *(a_meeting(f"G{n}") for n in range(102)))
    assert "More than 100 groups, soonest first." in text(client, "/groups/")


@pytest.mark.parametrize("size", [1, 15])
def test_statements_do_not_grow_with_the_list(
    client: Client, organisation: Organisation, group: Group, size: int
) -> None:
    bring(organisation, *(a_meeting(f"G{n}", types=["O"]) for n in range(size)))
    client.get("/groups/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/groups/", {"q": "g0", "how": "online", "come": "on"})
    assert len(asked) <= 8


def test_closed_doors_show_no_group_of_ours(client: Client, organisation: Organisation) -> None:
    made = a_group("Behind closed doors")
    listed(organisation)
    assert made.name not in text(client, "/groups/")
    assert client.get(f"/groups/{made.code}/").status_code == 404


def test_a_groups_page_answers_everything(
    client: Client, organisation: Organisation, group: Group
) -> None:
    listed(organisation)
    shown = text(client, f"/groups/{group.code}/")
    for words in ("Is it for me?", "The first time", "Sam says hello at the door", "Who leads",
                  "They are not your therapist.", "What we agree", "When confidence ends",
                  "If somebody&#39;s life is in danger", "What this is not", "Ask a question",
                  "Depression", "Free"):  # fmt: skip
        assert words in shown, words
    assert reverse("directory:agreement", kwargs={"code": group.code}) in shown
    assert "We come sober" in text(client, f"/groups/{group.code}/agreement/")


def test_a_groups_page_asks_little(
    client: Client, organisation: Organisation, group: Group
) -> None:
    listed(organisation)
    client.get(f"/groups/{group.code}/")
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/groups/{group.code}/")
    assert len(asked) <= 16, [q["sql"][:90] for q in asked]


def test_a_group_follows_its_own_changes(
    client: Client, organisation: Organisation, group: Group
) -> None:
    listed(organisation)
    group_actions.close_group(by=SYSTEM, group=group, words="The hall is being painted.")
    listed(organisation)
    assert "Temporarily closed" in text(client, "/groups/")
    assert "The hall is being painted." in text(client, f"/groups/{group.code}/")
    group_actions.end_group(by=SYSTEM, group=group, words="We said goodbye.")
    listed(organisation)
    assert group.name not in text(client, "/groups/")


def test_a_group_that_moved_online_for_now_says_so(
    client: Client, organisation: Organisation, group: Group
) -> None:
    change = partial(group_actions.change_group, by=SYSTEM, group=group)
    change(format="in_person", town="Leeds", format_for_now="video")
    listed(organisation)
    assert "For now: By video. Usually: In person." in text(client, f"/groups/{group.code}/")
    assert group.name in text(client, "/groups/?how=online")
    assert group.name not in text(client, "/groups/?how=in_person")
    change(format_for_now="")
    listed(organisation)
    assert "For now" not in text(client, f"/groups/{group.code}/")


def test_listings_that_nobody_confirmed_show_doubt_and_then_go(
    client: Client, organisation: Organisation, group: Group
) -> None:
    listed(organisation)
    with clock.at(NOON + dt.timedelta(days=100)):
        listed(organisation)
        assert "Not confirmed for a while" in text(client, "/groups/")
    with clock.at(NOON + dt.timedelta(days=200)):
        listed(organisation)
        assert group.name not in text(client, "/groups/")


def test_an_imported_listing_says_whose_it_is(client: Client, organisation: Organisation) -> None:
    said = {"updated": "2026-11-03 10:00:00", "notes": "A <b>calm</b> room."}
    bring(organisation, a_meeting("Elsewhere", url="https://directory.example/a", **said))
    listing = Listing.objects.get()
    shown = text(client, f"/groups/{listing.code}/")
    assert "Run by Open Doors, not by us" in shown
    assert "They changed these details on 3 November 2026." in shown
    assert "We read them on 22 November 2026." in shown
    assert "A calm room." in shown
    assert 'rel="noreferrer nofollow"' in shown
    assert "Every Tuesday, 19:00 to 20:00" in shown
    assert "Take it over" not in shown


def test_text_of_others_cannot_become_markup(client: Client, organisation: Organisation) -> None:
    bring(organisation, a_meeting("&lt;script&gt;x", notes="&lt;img src=x onerror=y&gt; hello"))
    shown = text(client, f"/groups/{Listing.objects.get().code}/") + text(client, "/groups/")
    assert "<script>x" not in shown
    assert "<img" not in shown


def test_times_are_in_the_readers_zone(client: Client, organisation: Organisation) -> None:
    assert organisation.zone == LONDON
    when = {"timezone": "America/New_York", "day": 1, "time": "20:00"}
    bring(organisation, a_meeting("Night in New York", **when))
    shown = text(client, "/groups/")
    assert "01:00" in shown
    assert "Tuesday" in shown
    assert "London time" in shown


def test_where_one_goes_the_place_has_its_own_clock(
    client: Client, organisation: Organisation
) -> None:
    when = {"timezone": "America/New_York", "day": 3, "time": "20:00"}
    there = {"attendance_option": "in_person", "formatted_address": "1 Main St, Newtown, PA, US"}
    bring(organisation, a_meeting("Newtown", **when, **there))
    for page in (text(client, "/groups/"), text(client, f"/groups/{Listing.objects.get().code}/")):
        assert "20:00" in page
        assert "New York time" in page
        assert "01:00" not in page
    assert "Every Wednesday, 20:00" in page


def test_who_names_no_page_says_how_to_ask(client: Client, organisation: Organisation) -> None:
    bring(organisation, a_meeting("No page"))
    shown = text(client, f"/groups/{Listing.objects.get().code}/")
    assert "They name no page of their own here. Look for “Open Doors”" in shown
    assert 'href="/ask/"' in shown


def test_what_was_stated_years_ago_is_in_doubt_on_its_card_too(
    client: Client, organisation: Organisation
) -> None:
    bring(organisation, a_meeting("Old", updated="2021-10-02 10:00:00"))
    assert "Not confirmed for a while" in text(client, "/groups/")
    bring(organisation, a_meeting("Old", updated="2026-10-02 10:00:00"))
    assert "Not confirmed for a while" not in text(client, "/groups/")


def test_only_languages_that_are_spoken_here_are_offered(
    client: Client, organisation: Organisation
) -> None:
    bring(organisation, a_meeting("English", types=["EN"]))
    assert 'name="language"' not in text(client, "/groups/")
    bring(organisation, a_meeting("Spanish", types=["S"]), file="others")
    shown = text(client, "/groups/")
    choices = shown.partition('name="language"')[2].partition("</select>")[0]
    offered = re.findall(r'<option value="(\w*)"', choices)
    assert offered == ["", "en", "es"]


def test_neighbours_are_for_the_same_people_and_where_none_is_alike_the_nearest(
    client: Client, organisation: Organisation
) -> None:
    bring(organisation, a_meeting("Low days, for depression"), audience="lived")
    bring(organisation, a_meeting("Depression of those we love"), file="kin", audience="family")
    one = Listing.objects.get(audience="lived")
    viewer = Viewer(organisation=organisation.id)
    assert neighbours_of(one, viewer=viewer) == []
    bring(organisation, a_meeting("Grief cafe"), file="grief", audience="both")
    assert [near.name for near in neighbours_of(one, viewer=viewer)] == ["Grief cafe"]
