"""Records of help: strict reading, numbers as dialled, and an honest age."""

import copy
import datetime as dt
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdspace.care.age import Age, age_of, months_after
from holdspace.care.records import Kind, Refused, read_country, read_line
from holdspace.care.shelf import FOLDER, shelf
from holdspace.kit import clock

WHOLE = {
    "code": "lantern",
    "name": "Lantern",
    "kind": "universal",
    "reach": "country",
    "languages": ["en"],
    "cost": "free",
    "way": [
        {
            "method": "call",
            "dial": "116123",
            "shown": "116 123",
            "target": "tel:116123",
            "hours": "always",
            "zone": "Europe/London",
        }
    ],
    "source": [
        {
            "page": "lantern.example",
            "address": "https://lantern.example/",
            "dated": "2026-10",
            "read": "2026-11-01",
        }
    ],
}
NEEDED = [
    *((key,) for key in WHOLE),
    *(("way", key) for key in WHOLE["way"][0]),
    *(("source", key) for key in WHOLE["source"][0]),
]


def without(path):
    record = copy.deepcopy(WHOLE)
    place = record if len(path) == 1 else record[path[0]][0]
    del place[path[-1]]
    return record


def test_a_whole_record_is_read():
    line = read_line(WHOLE, "GB")
    assert (line.name, line.kind, line.checked) == ("Lantern", Kind.UNIVERSAL, dt.date(2026, 11, 1))
    assert line.confirmed is None  # no file can say that somebody phoned


@given(st.sampled_from(NEEDED))
def test_a_record_without_one_of_its_fields_is_refused(path):
    with pytest.raises(Refused):
        read_line(without(path), "GB")


@given(st.sampled_from(NEEDED), st.sampled_from(["", "  ", None, 7, [], {}, "nonsense!"]))
def test_a_field_with_nonsense_in_it_is_refused(path, nonsense):
    free_text = path[-1] in {"name", "page"} and nonsense == "nonsense!"
    nobody_knows = path[-1] == "languages" and nonsense == []
    no_date = path[-1] == "dated" and nonsense == ""
    if free_text or nobody_knows or no_date:
        return
    record = copy.deepcopy(WHOLE)
    place = record if len(path) == 1 else record[path[0]][0]
    place[path[-1]] = nonsense
    with pytest.raises(Refused):
        read_line(record, "GB")


@pytest.mark.parametrize(
    ("dial", "shown", "target"),
    [
        ("+44116123", "116 123", "tel:+44116123"),  # nobody dials that inside the country
        ("116123", "116 124", "tel:116123"),
        ("116123", "116 123", "tel:+44116123"),
        ("116123", "116 123", "sms:116123"),
        ("116123", "116 123", "https://lantern.example/"),
    ],
)
def test_three_spellings_of_a_number_must_agree(dial, shown, target):
    record = copy.deepcopy(WHOLE)
    record["way"][0] |= {"dial": dial, "shown": shown, "target": target}
    with pytest.raises(Refused):
        read_line(record, "GB")


def test_a_file_with_anything_unknown_in_it_is_refused():
    with pytest.raises(Refused, match="verifier"):
        read_line({**WHOLE, "verifier": "Nobody"}, "GB")
    with pytest.raises(Refused, match="confirmed"):
        read_line({**WHOLE, "confirmed": "2026-11-01"}, "GB")
    with pytest.raises(Refused):
        read_country("country = 'GB'\nname = 'x'\nwithin = 'x'\n")
    with pytest.raises(Refused):
        read_country("=")


@given(st.text())
def test_no_text_brings_the_reader_down(text):
    with pytest.raises(Refused):
        read_country(text)


# -- what we ship -------------------------------------------------------------------------------

AS_DIALLED = {
    ("GB", "samaritans", "call"): ("116123", "116 123", "tel:116123"),
    ("GB", "shout", "text"): ("85258", "85258", "sms:85258"),
    ("NL", "113", "call"): ("113", "113", "tel:113"),
    ("US", "988", "call"): ("988", "988", "tel:988"),
    ("US", "988", "text"): ("988", "988", "sms:988"),
    ("CA", "988", "call"): ("988", "9-8-8", "tel:988"),
    ("AU", "lifeline", "call"): ("131114", "13 11 14", "tel:131114"),
    ("NZ", "1737", "call"): ("1737", "1737", "tel:1737"),
    ("NZ", "1737", "text"): ("1737", "1737", "sms:1737"),
    ("NZ", "lifeline", "call"): ("0800543354", "0800 543 354", "tel:0800543354"),
}


@pytest.mark.parametrize("where", AS_DIALLED)
def test_numbers_stay_as_dialled_inside_their_country(where):
    country, code, method = where
    line = next(line for line in shelf()[country].lines if line.code == code)
    way = next(way for way in line.ways if way.method == method)
    assert (way.dial, way.shown, way.target) == AS_DIALLED[where]


def test_targets_are_the_very_words_of_the_file():
    written = {
        way["target"]
        for file in FOLDER.glob("*.toml")
        for line in tomllib.loads(file.read_text())["line"]
        for way in line["way"]
    }
    read = {way.target for c in shelf().values() for line in c.lines for way in line.ways}
    assert read == written
    assert not any("+" in target for target in written)


def test_we_ship_the_countries_we_have_read_and_no_other():
    assert " ".join(sorted(shelf())) == "AT AU BR CA CH ES FR GB IN NL NZ US"
    for country in shelf().values():
        kinds = {line.kind for line in country.lines}
        assert Kind.UNIVERSAL in kinds, country.code
        assert kinds & {Kind.EMERGENCY, Kind.AMBULANCE}, country.code


def test_numbers_that_two_sources_spell_differently_are_not_here():
    india = " ".join(way.dial for line in shelf()["IN"].lines for way in line.ways)
    assert "1800" not in india
    assert "09000113" not in {way.dial for line in shelf()["NL"].lines for way in line.ways}


# -- age ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "age"),
    [
        ("2026-11-02", Age.FRESH),
        ("2027-11-01", Age.FRESH),
        ("2027-11-02", Age.AGED),
        ("2028-11-01", Age.AGED),
        ("2028-11-02", Age.EXPIRED),
    ],
)
def test_age_is_judged_by_the_clock(today, age):
    with clock.at(dt.datetime.fromisoformat(f"{today}T12:00:00+00:00")):
        assert age_of(read_line(WHOLE, "GB")) == age


def test_months_end_where_the_month_ends():
    assert months_after(dt.date(2024, 2, 29), 12) == dt.date(2025, 2, 28)
    assert months_after(dt.date(2026, 12, 31), 24) == dt.date(2028, 12, 31)
