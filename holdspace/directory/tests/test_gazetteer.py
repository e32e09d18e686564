"""Towns, distances and zones without asking anybody."""

import pytest

from holdspace.directory.gazetteer import distance_km, folded, nearest, towns_named


@pytest.mark.parametrize(
    ("words", "name", "country"),
    [
        ("london", "London", "GB"), ("LONDON ", "London", "GB"), ("Köln", "Köln", "DE"),
        ("koln", "Köln", "DE"), ("Cologne", "Köln", "DE"), ("Portland, ME", "Portland", "US"),
        ("Reading uk", "Reading", "GB"), ("São Paulo", "São Paulo", "BR"),
        ("Paris", "Paris", "FR"), ("malmo", "Malmö", "SE"),
    ],
)  # fmt: skip
def test_towns_are_found(words: str, name: str, country: str) -> None:
    first = towns_named(words)[0]
    assert (first.name, first.country) == (name, country)


def test_the_country_of_the_house_comes_first() -> None:
    assert towns_named("Boston", country="GB")[0].country == "GB"
    assert towns_named("Boston")[0].country == "US"


def test_narrowing_that_fits_nothing_is_no_dead_end() -> None:
    assert towns_named("Glasgow, Scotland")[0].name == "Glasgow"


@pytest.mark.parametrize("words", ["", "  ", ",", "x" * 500, "\x00", "qzqzqz", "京都", "\t\n"])
def test_senseless_words_find_nothing(words: str) -> None:
    assert towns_named(words) == []


def test_a_beginning_is_enough() -> None:
    assert "Bristol" in {t.name for t in towns_named("brist", country="GB")}


def test_distances() -> None:
    assert distance_km(51.507, -0.128, 48.857, 2.352) == pytest.approx(344, abs=2)
    assert distance_km(0, 179.9, 0, -179.9) == pytest.approx(22, abs=1)


def test_the_nearest_town_tells_the_zone() -> None:
    zones = [(41.418, -70.93, "America/New_York"), (51.5, -0.12, "Europe/London"),
             (-34.13, 18.42, "Africa/Johannesburg"),
             (39.95, -75.16, "America/New_York")]  # fmt: skip
    for north, east, zone in zones:
        town = nearest(north, east)
        assert town is not None
        assert town.zone == zone
    assert nearest(0, -30) is None, "the middle of the Atlantic"


def test_folding() -> None:
    assert folded("  Saint-Étienne ") == "saint etienne"
    assert folded("Straße") == "strasse"
