"""Search against a plain filter over the same listings: any wish, every page, the same answer."""

import contextvars
import datetime as dt
import json
import random
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, connections

from holdspace.directory import actions, bringing, catalogue, numbers, terms
from holdspace.directory.bringing import Said
from holdspace.directory.gazetteer import Town, distance_km
from holdspace.directory.indexing import entry_of, in_a_place, spans_ahead
from holdspace.directory.models import Listing, Word
from holdspace.directory.queries import Wish, ordering, search
from holdspace.directory.queries.wish import PARTS
from holdspace.directory.times import LATE
from holdspace.kit import clock, scope
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import SYSTEM, outside_act
from holdspace.organisations.models import Organisation

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)  # a Sunday; no clock changes for weeks
ZONES = ["Europe/London", "America/New_York", "Asia/Kolkata", "Pacific/Auckland"]
PLACES = [(53.80, -1.55), (53.96, -1.08), (-0.02, 179.97), (0.05, -179.98), (89.8, 10.0)]
NAMES = ["Grieving parents", "Anxiety walk", "Quiet parents", "Sleep and grief", "Kettle evening"]
MODES = {"hybrid": {"hybrid", "in_person", "online"}, "video": {"video", "online"},
         "text": {"text", "online"}}  # fmt: skip
COUNTED = 30


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds so small that a few hundred listings reach every one of them."""
    for name, value in {"BLOCK": 128, "_WHOLE": 16, "_FEW": 6}.items():
        monkeypatch.setattr(numbers, name, value)
    monkeypatch.setattr(ordering, "_AT_ONCE", 8)
    monkeypatch.setattr(ordering, "_DAYS", 3)
    monkeypatch.setattr(ordering, "_FEW_DAYS", 2)
    monkeypatch.setattr(ordering, "_STRIDE", 2)
    monkeypatch.setattr(sys.modules["holdspace.directory.queries.search"], "MOST_COUNTED", COUNTED)


def a_record(number: int, chance: random.Random) -> dict[str, Any]:
    north, east = chance.choice(PLACES)
    return {
        "name": chance.choice(NAMES), "slug": f"s{number}", "day": chance.randrange(7),
        "time": f"{chance.choice([1, 9, 13, 18, 18, 19, 23]):02}:{chance.choice([0, 15, 30]):02}",
        "timezone": chance.choice(ZONES),
        "types": chance.choice([["O"], ["C", "W"], ["O", "X", "S"]]),
        "attendance_option": chance.choice(["online", "in_person", "in_person", "hybrid"]),
        "latitude": min(90, north + chance.uniform(-0.4, 0.4)),
        "longitude": east + chance.choice([chance.uniform(-0.01, 0.01), chance.gauss(0, 0.3)]),
        "notes": chance.choice(["", "Hearing loop.", "For people who worry."]),
    }  # fmt: skip


def a_wish(chance: random.Random) -> Wish:
    north, east = chance.choice(PLACES)
    town = Town("Somewhere", "", "", north, east, 1, "UTC")
    rarely = [False, False, False, True]
    return Wish(
        words=chance.choice(["", "", "grief", "parents grieving", "walk", "nothing fits"]),
        mode=chance.choice(["", "", "online", "in_person", "hybrid"]),
        language=chance.choice(["", "", "", "es"]), identity=chance.choice(["", "", "", "women"]),
        access=chance.choice([(), (), ("step-free",)]), kind=chance.choice(["", "", "peer"]),
        topics=chance.choice([(), (), ("grief",), ("grief", "anxiety")]),
        day=chance.choice([None, None, *range(7)]), part=chance.choice(["", "", *PARTS]),
        zone=chance.choice(ZONES), near=town if chance.choice(rarely) else None,
        km=chance.choice([5, 10, 25, 50, 100]), today=chance.choice(rarely),
        come=chance.choice(rarely),
    )  # fmt: skip


def plainly(wish: Wish) -> list[int]:
    """The numbers of what fits, by looking at every listing."""
    fitting = [row for row in Listing.objects.filter(shown=True) if fits(wish, row)]
    return [row.number for row in sorted(fitting, key=lambda row: (row.soonest, row.number))]


def fits(wish: Wish, row: Listing) -> bool:
    said = terms.stems(" ".join([row.name, *row.topics, row.place, row.town, row.run_by, row.text]))
    asked = [
        set(terms.stems(wish.words)) <= set(said),
        wish.kind in {"", row.kind},
        not wish.mode or wish.mode in MODES.get(row.mode, {row.mode}),
        wish.language in {"", *row.languages},
        wish.identity in {"", *row.identities},
        set(wish.access) <= set(row.access),
        not wish.topics or set(wish.topics) & set(row.topics),
        not wish.come or row.way == "come",
        not wish.today or is_today(wish, row),
        wish.near is None or is_near(wish.near, wish.km, row),
        (wish.day is None and not wish.part) or meets_then(wish, row),
    ]
    return all(asked)


def is_near(town: Town, km: int, row: Listing) -> bool:
    if row.latitude is None or row.longitude is None or not in_a_place(row.mode):
        return False
    return distance_km(town.latitude, town.longitude, row.latitude, row.longitude) <= km


def is_today(wish: Wish, row: Listing) -> bool:
    here = clock.now().astimezone(ZoneInfo(wish.zone))
    end = here.replace(hour=4, minute=0) + dt.timedelta(days=0 if here.hour < 4 else 1)
    return clock.now() - LATE <= row.soonest < end


def meets_then(wish: Wish, row: Listing) -> bool:
    first, last = PARTS.get(wish.part, (0, 24))
    for span in spans_ahead(row, clock.now()):
        here = span.begins.astimezone(ZoneInfo(wish.zone))
        for day, hour in ((here.weekday(), here.hour), ((here.weekday() - 1) % 7, here.hour + 24)):
            if first <= hour < last and wish.day in {None, day}:
                return True
    return False


def pages(wish: Wish, viewer: Viewer, many: int) -> Iterator[tuple[list[int], int]]:
    after = ""
    while True:
        found = search(wish, viewer=viewer, after=after, many=many)
        yield [row.number for row in found.listings], found.count
        after = found.after
        if not after:
            return


def check(organisation: Organisation, chance: random.Random, wishes: int) -> None:
    viewer = Viewer(organisation=organisation.id)
    for wish in (Wish(), *(a_wish(chance) for _ in range(wishes))):
        check_one(wish, viewer, chance.choice([3, 20, 200]))


def check_one(wish: Wish, viewer: Viewer, many: int) -> list[int]:
    wanted, got = plainly(wish), []
    for some, count in pages(wish, viewer, many):
        got += some
        assert count == min(len(wanted), COUNTED + 1), wish
    assert got == wanted, wish
    return got


def bring(organisation: Organisation, feed: list[dict[str, Any]], name: str = "Open") -> None:
    bringing.bring_in(
        BytesIO(json.dumps(feed).encode()), Said(name), by=SYSTEM,
        organisation=organisation.id, zone=organisation.zone,
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_any_wish_finds_what_a_plain_filter_finds(organisation: Organisation, seed: int) -> None:
    chance = random.Random(seed)
    feed = [a_record(number, chance) for number in range(300)]
    with clock.at(NOON):
        bring(organisation, feed)
        check(organisation, chance, 30)
        changed = [a_record(n, chance) if n % 5 == 0 else one for n, one in enumerate(feed)]
        bring(organisation, changed[20:])
        check(organisation, chance, 20)
    with clock.at(NOON + dt.timedelta(days=2, hours=7)):
        check(organisation, chance, 10)
        with scope.everywhere("a test"):
            while actions.advance(by=SYSTEM):
                pass
        check(organisation, chance, 20)


@pytest.mark.slow
@pytest.mark.parametrize("hour", [12, 18])
def test_an_evening_that_many_share(organisation: Organisation, hour: int) -> None:
    """At 18 some have begun: these meet next later, or in a week, and some at both times."""
    chance, viewer = random.Random(hour), Viewer(organisation=organisation.id)
    with clock.at(dt.datetime(2026, 11, 24, hour, 50, tzinfo=dt.UTC)):
        bring(organisation, [a_record(number, chance) for number in range(300)])
        rows = list(Listing.objects.all())
        for row in rows:
            starts = chance.sample(range(18 * 60 + 30, 22 * 60, 15), chance.choice([1, 2, 2, 3]))
            starts = starts if row.number % 60 else [18 * 60, 18 * 60 + 45]
            row.zone, row.times = "UTC", [[1, start, 60] for start in starts]
            row.standing = chance.choice(["active"] * 4 + ["paused"])
        with outside_act("a test"):
            entries = [entry_of(row, spans_ahead(row, clock.now())) for row in rows]
            catalogue.keep(catalogue.held(organisation.id), entries)
        for wish in (Wish(day=1, part="evening"), Wish(part="evening"), Wish(day=1), Wish()):
            assert len(check_one(wish, viewer, 3)) > 200
            check_one(wish, viewer, 20)
        for zone in ZONES:
            check_one(Wish(day=1, part="evening", words="grief", zone=zone), viewer, 5)
            check_one(Wish(part="night", zone=zone), viewer, 5)


def test_what_no_longer_is_leaves_no_word_behind(organisation: Organisation) -> None:
    chance = random.Random(7)
    with clock.at(NOON):
        bring(organisation, [a_record(number, chance) for number in range(150)])
        words = Word.objects.count()
        bring(organisation, [a_record(500, chance)])
    assert Word.objects.count() < words / 3
    for word in Word.objects.all():
        held = numbers.in_order(numbers.joined([(word.block, bytes(word.listings))]))
        assert held == [150], "only the one that stays"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_feeds_read_at_once_lose_no_word_on_postgresql(organisation: Organisation) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("NOT RUN HERE: needs PostgreSQL; ./check runs it there")
    chance = random.Random(11)
    feeds = [[a_record(number, chance) for number in range(80)] for _feed in range(4)]

    def read(place: int) -> None:
        try:
            with clock.at(NOON), scope.entered(organisation.id):
                bring(organisation, feeds[place], name=f"Feed {place}")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(contextvars.copy_context().run, read, n) for n in range(4)]:
            done.result()
    with clock.at(NOON):
        assert sorted(Listing.objects.values_list("number", flat=True)) == list(range(320))
        check(organisation, chance, 25)
