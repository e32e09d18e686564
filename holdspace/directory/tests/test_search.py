"""Finding: by words, facts, place and time; soonest first; in few statements."""

import datetime as dt
import json
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from holdspace.directory import bringing, terms
from holdspace.directory.bringing import Said
from holdspace.directory.gazetteer import towns_named
from holdspace.directory.queries import Wish, neighbours_of, search, tonight
from holdspace.directory.queries.wish import hours_of
from holdspace.kit import clock, scope
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import SYSTEM
from holdspace.organisations.models import Organisation
from holdspace.organisations.tests.factories import an_organisation

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)  # a Sunday
LONDON = "Europe/London"


def a_meeting(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "slug": name, "day": 2, "time": "19:00", "timezone": LONDON,
            "attendance_option": "online", "types": [], **more}  # fmt: skip


def bring(organisation: Organisation, *feed: dict[str, Any], **said: Any) -> None:
    with clock.at(NOON):
        bringing.bring_in(
            BytesIO(json.dumps(feed).encode()), Said("Open Doors", **said), by=SYSTEM,
            organisation=organisation.id, zone=organisation.zone,
        )  # fmt: skip


def names(organisation: Organisation, wish: Wish | None = None, **wanted: Any) -> list[str]:
    with clock.at(NOON):
        found = search(wish or Wish(**wanted), viewer=Viewer(organisation=organisation.id))
    return [listing.name for listing in found.listings]


def test_words_in_any_form_all_wanted(organisation: Organisation) -> None:
    bring(organisation, a_meeting("Grieving parents"), a_meeting("Parents with anxiety"),
          a_meeting("Fête des mères à Orléans"), a_meeting("悲しみの会"))  # fmt: skip
    both = {"Grieving parents", "Parents with anxiety"}
    assert set(names(organisation, words="parent")) == both
    assert names(organisation, words="PARENTS grief") == []
    assert names(organisation, words="parents grieving") == ["Grieving parents"]
    assert names(organisation, words="orleans fete") == ["Fête des mères à Orléans"]
    assert names(organisation, words="悲しみ") == ["悲しみの会"]
    assert len(names(organisation, words="a group for support")) == 4, "small words ask nothing"


@pytest.mark.parametrize("words", ["'; DROP TABLE", "%", "\\", "=mode:online", "x" * 5_000, "\x00"])
def test_strange_words_find_nothing_and_break_nothing(
    organisation: Organisation, words: str
) -> None:
    bring(organisation, a_meeting("One"))
    assert names(organisation, words=words) in ([], ["One"])


def test_facts(organisation: Organisation) -> None:
    bring(
        organisation,
        a_meeting("Women online", types=["W", "S"]),
        a_meeting("In a hall", attendance_option="in_person", types=["X"], notes="Hearing loop."),
        a_meeting("Both ways", attendance_option="hybrid", types=["O"]),
        topics=("grief",), audience="both",
    )  # fmt: skip
    assert names(organisation, identity="women") == ["Women online"]
    assert names(organisation, language="es") == ["Women online"]
    assert set(names(organisation, mode="online")) == {"Women online", "Both ways"}
    assert set(names(organisation, mode="in_person")) == {"In a hall", "Both ways"}
    assert names(organisation, access=("step-free",)) == ["In a hall"]
    assert names(organisation, access=("step-free", "captions")) == []
    assert names(organisation, come=True) == ["Both ways"]
    assert len(names(organisation, topic="grief")) == 3
    assert len(names(organisation, audience="family")) == 3
    assert names(organisation, kind="professional") == []


def test_soonest_first_and_pages_without_gaps(organisation: Organisation) -> None:
    bring(organisation, *(a_meeting(f"Group {n:02}", day=n % 7, time=f"{n % 24:02}:00")
                          for n in range(57)))  # fmt: skip
    viewer, after, seen, times = Viewer(organisation=organisation.id), "", [], []
    with clock.at(NOON):
        while True:
            page = search(Wish(), viewer=viewer, after=after, many=10)
            seen += [row.name for row in page.listings]
            times += [row.soonest for row in page.listings]
            assert page.count == 57
            after = page.after
            if not after:
                break
    assert len(seen) == len(set(seen)) == 57
    assert times == sorted(times)


@pytest.mark.parametrize(
    "after", ["x", "1-", "-", "99999999999999999999-1", "1-zz", "-1-5", f"1-{2**70:x}", "1--5"]
)
def test_a_senseless_mark_begins_anew(organisation: Organisation, after: str) -> None:
    bring(organisation, a_meeting("One"))
    with clock.at(NOON):
        found = search(Wish(), viewer=Viewer(organisation=organisation.id), after=after)
    assert found.count == 1


def test_near_a_town(organisation: Organisation) -> None:
    bring(
        organisation,
        a_meeting("Leeds", attendance_option="in_person", latitude=53.80, longitude=-1.55),
        a_meeting("York", attendance_option="in_person", latitude=53.96, longitude=-1.08),
        a_meeting("Online", latitude=53.80, longitude=-1.55),
    )
    leeds = towns_named("Leeds", country="GB")[0]
    assert names(organisation, near=leeds, km=10) == ["Leeds"]
    assert set(names(organisation, near=leeds, km=50)) == {"Leeds", "York"}


def test_day_and_part_of_day_in_the_readers_zone(organisation: Organisation) -> None:
    evening = a_meeting("New York evening", timezone="America/New_York", day=1, time="20:00")
    bring(organisation, a_meeting("Tuesday at seven in London"), evening)
    london = {"zone": LONDON}
    assert names(organisation, day=1, part="evening", **london) == ["Tuesday at seven in London"]
    assert names(organisation, day=1, part="morning", **london) == []
    assert names(organisation, part="night", **london) == ["New York evening"], "1:00 on Tuesday"
    assert names(organisation, day=0, part="evening", zone="America/New_York") == [
        "New York evening"
    ]
    tokyo = names(organisation, day=2, part="", zone="Asia/Tokyo")
    assert tokyo == ["Tuesday at seven in London"], "four in the morning on Wednesday"


def test_a_whole_week_has_every_half_hour() -> None:
    with clock.at(NOON):
        parts = {h for part in ("morning", "afternoon", "evening", "night")
                 for h in hours_of(Wish(part=part, zone=LONDON))}  # fmt: skip
        assert len(hours_of(Wish(day=3, zone="Asia/Kathmandu"))) == 48
    assert parts == set(range(terms.HALF_HOURS))


def test_today_or_tonight(organisation: Organisation) -> None:
    bring(organisation, a_meeting("Tonight", day=0, types=["O"]),
          a_meeting("After midnight", day=1, time="01:00", types=["O"]),
          a_meeting("Tomorrow", day=1, types=["O"]),
          a_meeting("Tonight, but ask", day=0, types=["C"]))  # fmt: skip
    until_four = {"Tonight", "Tonight, but ask", "After midnight"}
    assert set(names(organisation, today=True, zone=LONDON)) == until_four
    with clock.at(NOON):
        found = tonight(viewer=Viewer(organisation=organisation.id), zone=LONDON)
    assert [row.name for row in found] == ["Tonight", "After midnight"]


def test_nothing_crosses_organisations(organisation: Organisation) -> None:
    bring(organisation, a_meeting("Ours alone"))
    other = an_organisation()
    with scope.entered(other.id):
        assert names(other, words="alone") == []
        assert names(other) == []


def test_neighbours_share_a_topic(organisation: Organisation) -> None:
    bring(organisation, a_meeting("One"), a_meeting("Two"), a_meeting("Three"), topics=("grief",))
    viewer = Viewer(organisation=organisation.id)
    with clock.at(NOON):
        one = next(row for row in search(Wish(), viewer=viewer).listings if row.name == "One")
        assert {row.name for row in neighbours_of(one, viewer=viewer)} == {"Two", "Three"}


FULL = Wish(words="parent grief", topic="grief", mode="online", day=1, part="evening", zone=LONDON,
            near=towns_named("Leeds", country="GB")[0], access=("step-free",))  # fmt: skip


@pytest.mark.parametrize("wish", [Wish(), Wish(words="group", mode="online"), FULL])
@pytest.mark.parametrize("size", [1, 30])
def test_few_statements_however_many_listings(
    organisation: Organisation, wish: Wish, size: int
) -> None:
    bring(organisation, *(a_meeting(f"Parent grief {n}") for n in range(size)), topics=("grief",))
    with clock.at(NOON), CaptureQueriesContext(connection) as asked:
        found = search(wish, viewer=Viewer(organisation=organisation.id))
        for listing in found.listings:
            assert listing.source.name
    assert len(asked) <= 4
