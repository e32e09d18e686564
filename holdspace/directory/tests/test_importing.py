"""Feeds become listings: once, again, changed, shortened, broken."""

import datetime as dt
import json
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from holdspace.directory import actions, bringing
from holdspace.directory import numbers as numbersets
from holdspace.directory.bringing import Outcome, Said
from holdspace.directory.models import FAR, Listing, Source, Word
from holdspace.directory.queries import Wish, search
from holdspace.groups.tests.factories import a_group
from holdspace.kit import clock
from holdspace.kit.guard import Refused
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import SYSTEM
from holdspace.organisations.models import Organisation
from holdspace.staff.tests.factories import a_coordinator

pytestmark = pytest.mark.django_db
FEEDS = Path(__file__).parent / "feeds"
NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)  # a Sunday
BASE = {
    "slug": "calm", "name": "Calm Tuesdays", "day": 2, "time": "19:00", "end_time": "20:30",
    "notes": "For people who worry.", "timezone": "Europe/London", "city": "Leeds",
    "country": "GB", "formatted_address": "1 High St, Leeds, LS1, UK",
    "attendance_option": "in_person", "types": ["O", "X"],
}  # fmt: skip


def bring(
    organisation: Organisation, feed: list[dict[str, Any]] | bytes | Path, **said: Any
) -> Outcome:
    source = BytesIO(json.dumps(feed).encode()) if isinstance(feed, list) else feed
    source = BytesIO(source) if isinstance(source, bytes) else source
    with clock.at(NOON):
        return bringing.bring_in(
            source, Said(said.pop("name", "Open Doors"), **said), by=SYSTEM,
            organisation=organisation.id, zone=organisation.zone,
        )  # fmt: skip


def numbers(outcome: Outcome) -> tuple[int, int, int, int, int, int]:
    c = outcome.counts
    return outcome.read, c.created, c.updated, c.unchanged, outcome.refused, c.gone


def test_a_feed_becomes_listings(organisation: Organisation) -> None:
    assert numbers(bring(organisation, [BASE])) == (1, 1, 0, 0, 0, 0)
    listing = Listing.objects.get()
    assert listing.shown
    assert listing.run_by == "Open Doors"
    assert listing.soonest == dt.datetime(2026, 11, 24, 19, tzinfo=dt.UTC)
    assert listing.minutes == 90
    assert listing.latitude == pytest.approx(53.8, abs=0.1), "Leeds, found offline"
    assert listing.access == ["step-free"]
    assert listing.way == "come"


def numbers_in(word: Word) -> list[int]:
    return numbersets.in_order(numbersets.joined([(word.block, bytes(word.listings))]))


def snapshot() -> tuple[Any, ...]:
    listings = list(Listing.objects.order_by("id").values())
    words = list(Word.objects.order_by("term", "block").values_list("term", "block", "listings"))
    sources = [{k: v for k, v in row.items() if k != "counts"} for row in Source.objects.values()]
    return listings, words, sources  # `counts` tells of the last reading alone


@pytest.mark.parametrize(
    "name",
    [
        "family-massachusetts.json",
        "eating-disorders-international.json",
        "county-delaware.json",
        "edge-times.json",
        "hsds/csv",
    ],
)
def test_importing_twice_changes_nothing(organisation: Organisation, name: str) -> None:
    first = bring(organisation, FEEDS / name)
    before = snapshot()
    again = bring(organisation, FEEDS / name)
    assert snapshot() == before
    assert again.counts.unchanged == first.counts.created > 0
    assert again.counts.created == again.counts.updated == again.counts.gone == 0


def test_every_sample_file_goes_in(organisation: Organisation) -> None:
    for path in sorted(p for p in FEEDS.rglob("*") if p.suffix in {".json", ".ics", ".csv"}):
        outcome = bring(organisation, path, name=path.name)
        assert outcome.read == outcome.counts.created + outcome.refused


def test_a_changed_feed_updates(organisation: Organisation) -> None:
    bring(organisation, [BASE, {**BASE, "slug": "other"}])
    changed = {**BASE, "time": "18:00", "notes": "For people who grieve."}
    assert numbers(bring(organisation, [changed, {**BASE, "slug": "other"}])) == (2, 0, 1, 1, 0, 0)
    viewer = Viewer(organisation=organisation.id)
    with clock.at(NOON):
        (found,) = search(Wish(words="grieving"), viewer=viewer).listings
        assert search(Wish(words="worry"), viewer=viewer).count == 1
    assert found.soonest.hour == 18


def test_what_vanished_is_marked_and_comes_back(organisation: Organisation) -> None:
    both = [BASE, {**BASE, "slug": "other", "name": "Other"}]
    bring(organisation, both)
    assert numbers(bring(organisation, both[:1])) == (1, 0, 0, 1, 0, 1)
    gone = Listing.objects.get(name="Other")
    assert (gone.standing, gone.shown) == ("gone", False)
    assert not gone.words
    assert all(numbers_in(word) == [0] for word in Word.objects.all()), "the one that stayed"
    assert numbers(bring(organisation, both[:1])) == (1, 0, 0, 1, 0, 0), "it goes once"
    assert numbers(bring(organisation, both)) == (2, 0, 1, 1, 0, 0)
    assert Listing.objects.get(name="Other").shown


def test_a_broken_or_empty_file_marks_nothing_as_gone(organisation: Organisation) -> None:
    bring(organisation, [BASE, {**BASE, "slug": "other"}])
    broken = json.dumps([BASE]).encode() + b" and then nonsense"
    assert bring(organisation, broken).counts.gone == 0
    assert bring(organisation, []).counts.gone == 0
    assert bring(organisation, b"<html>down for maintenance</html>").counts.gone == 0
    assert Listing.objects.filter(shown=True).count() == 2


def test_one_bad_record_never_stops_the_rest(organisation: Organisation) -> None:
    feed: list[Any] = [None, BASE, {"slug": "no-name"}, 5, {**BASE, "slug": "b"}]
    outcome = bring(organisation, feed)
    assert numbers(outcome) == (5, 2, 0, 0, 3, 0)
    assert [r.record for r in outcome.refusals] == [1, 3, 4]


def test_two_sources_do_not_touch_each_other(organisation: Organisation) -> None:
    bring(organisation, [BASE], name="North")
    bring(organisation, [{**BASE, "name": "Same key"}], name="South")
    assert Listing.objects.count() == 2
    assert bring(organisation, [BASE], name="  north ").counts.unchanged == 1


def test_two_files_of_the_same_people_do_not_touch_each_other(organisation: Organisation) -> None:
    other = BASE | {"slug": "brave", "name": "Brave Mondays", "day": 1}
    bring(organisation, [BASE], file="county-a.json")
    assert numbers(bring(organisation, [other], file="county-b.json")) == (1, 1, 0, 0, 0, 0)
    assert numbers(bring(organisation, [other], file="County-B.json")) == (1, 0, 0, 1, 0, 0)
    assert {one.standing for one in Listing.objects.all()} == {"active"}


def test_a_file_under_a_new_name_takes_the_place_of_the_earlier_one(
    organisation: Organisation, tmp_path: Path
) -> None:
    def command(file: str, feed: list[dict[str, Any]], *more: str) -> str:
        said, path = StringIO(), tmp_path / file
        path.write_text(json.dumps(feed))
        given = ["--organisation", organisation.slug, "--run-by", "Open Doors", *more]
        with clock.at(NOON):
            call_command("import_directory", str(path), *given, stdout=said)
        return said.getvalue()

    other = BASE | {"slug": "brave", "name": "Brave Mondays", "day": 1}
    assert "created 2" in command("march.json", [BASE, other])
    with pytest.raises(CommandError, match=r"Known are: “march.json”"):
        command("april.json", [BASE], "--replaces", "may.json")
    said = command("april.json", [BASE], "--replaces", "march.json")
    assert "unchanged 1, refused 0, no longer there 1" in said
    assert [source.file for source in Source.objects.all()] == ["april.json"]


def test_what_a_source_says_about_all(organisation: Organisation) -> None:
    bring(organisation, FEEDS / "family-massachusetts.json", audience="family", topics=("alcohol",))
    listing = Listing.objects.filter(shown=True).first()
    assert listing.audience == "family"
    assert "alcohol" in listing.topics
    assert listing.zone == "America/New_York", "found from its place"


def test_topics_are_found_in_names(organisation: Organisation) -> None:
    bring(organisation, [{**BASE, "name": "Hearing Voices in Leeds"}])
    assert Listing.objects.get().topics == ["hearing-voices"]
    bring(organisation, [{**BASE, "name": "Open the Heart"}])
    assert Listing.objects.get().topics == [], "an open heart is no open group"


def test_a_listing_without_times_is_found_last(organisation: Organisation) -> None:
    bring(organisation, [{"slug": "a", "name": "By appointment", "timezone": "UTC"}])
    assert Listing.objects.get().soonest == FAR
    assert Listing.objects.get().shown


def test_a_series_that_is_over_is_not_shown(organisation: Organisation) -> None:
    bring(organisation, FEEDS / "hsds" / "schedules-services.json")
    assert not Listing.objects.get().shown


def test_paused_ones_are_shown_as_paused(organisation: Organisation) -> None:
    bring(organisation, [{**BASE, "attendance_option": "inactive", "types": ["TC"]}])
    listing = Listing.objects.get()
    assert (listing.standing, listing.shown) == ("paused", True)


def test_the_clock_moves_listings_on(organisation: Organisation) -> None:
    bring(organisation, [BASE])
    with clock.at(dt.datetime(2026, 11, 24, 19, 20, tzinfo=dt.UTC)):
        assert actions.advance(by=SYSTEM) == 0, "one can still come"
    with clock.at(dt.datetime(2026, 11, 24, 20, tzinfo=dt.UTC)):
        assert actions.advance(by=SYSTEM) == 1
    assert Listing.objects.get().soonest.day == 1
    with clock.at(dt.datetime(2027, 3, 28, 20, tzinfo=dt.UTC)):
        actions.advance(by=SYSTEM)
    assert Listing.objects.get().soonest == dt.datetime(2027, 3, 30, 18, tzinfo=dt.UTC), (
        "summer time has begun"
    )


def test_only_coordinators_bring_in(organisation: Organisation) -> None:
    with pytest.raises(Refused):
        actions.begin_import(
            by=Viewer(organisation=organisation.id), organisation=organisation.id, key="k",
            name="n", kind="csv",
        )  # fmt: skip


def test_taking_over_makes_a_draft_and_survives_the_next_import(
    organisation: Organisation,
) -> None:
    bring(organisation, [BASE])
    listing, by = Listing.objects.get(), a_coordinator()
    group = actions.take_over(by=by, listing=listing)
    assert (group.name, group.state, group.town) == ("Calm Tuesdays", "draft", "Leeds")
    assert numbers(bring(organisation, [{**BASE, "name": "Renamed"}]))[3] == 1
    listing.refresh_from_db()
    assert (listing.name, listing.group, listing.shown) == ("Calm Tuesdays", group, False)
    with pytest.raises(Refused):
        actions.take_over(by=by, listing=listing)


def test_the_command_counts_aloud(organisation: Organisation) -> None:
    said = StringIO()
    call_command("import_directory", str(FEEDS / "edge-invalid.json"), stdout=said,
                 organisation=organisation.slug)  # fmt: skip
    text = said.getvalue()
    assert "refused record 9: From here on the file is not valid JSON." in text
    assert "read 9, created 8, updated 0, unchanged 0, refused 1, no longer there 0" in text
    assert "nothing was marked as gone" in text


def test_the_command_refuses_what_is_not_there(organisation: Organisation) -> None:
    here = organisation.slug
    for source, slug in [("/nowhere", here), ("file:///etc/passwd", here),
                         ("ftp://example.org/x", here), (str(FEEDS), "nobody")]:  # fmt: skip
        with pytest.raises(CommandError):
            call_command("import_directory", source, organisation=slug)


def test_a_group_of_ours_is_left_alone_by_imports(organisation: Organisation) -> None:
    a_group("Ours")
    bring(organisation, [BASE])
    assert Listing.objects.filter(group=None).count() == 1


def test_a_source_that_nobody_reads_leaves_the_directory(organisation: Organisation) -> None:
    bring(organisation, [BASE])
    with clock.at(NOON + dt.timedelta(days=170)):
        assert actions.mark_unread(by=SYSTEM, organisation=organisation.id) == 0
    with clock.at(NOON + dt.timedelta(days=190)):
        assert actions.mark_unread(by=SYSTEM, organisation=organisation.id) == 1
    assert not Listing.objects.get().shown
    assert not Word.objects.exists()
    assert bring(organisation, [BASE]).counts.updated == 1
    assert Listing.objects.get().shown
