"""What the word table is made of: sets of numbers, squares of the map, spells of the week."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdspace.directory import cells, numbers, terms
from holdspace.directory.gazetteer import distance_km

WITHIN = st.sets(st.integers(0, numbers.BLOCK - 1), max_size=900)
HOURS = st.sets(st.integers(0, terms.HALF_HOURS - 1))
CENTRES = [(0, 0), (53.8, -1.55), (69.9, 179.99), (-77.8, -179.99), (84.9, 5), (89.9, 10), (-90, 0)]


@given(WITHIN, WITHIN, WITHIN, st.integers(0, 2))
def test_a_set_stays_itself_however_it_is_kept(
    first: set[int], plus: set[int], minus: set[int], block: int
) -> None:
    kept = numbers.packed(first)
    now = (first | plus) - minus
    again = numbers.changed(kept, plus, minus)
    assert again == numbers.packed(now), "one way to keep a set"
    expected = [block * numbers.BLOCK + number for number in sorted(now)]
    assert numbers.in_order(numbers.joined([(block, again)])) == expected


@given(WITHIN, WITHIN)
def test_joined_is_any_of_them(first: set[int], second: set[int]) -> None:
    both = numbers.joined([(0, numbers.packed(first)), (0, numbers.packed(second))])
    assert numbers.in_order(both) == sorted(first | second)
    assert numbers.joined([]) == 0


def test_many_numbers_take_no_more_than_a_bit_each() -> None:
    assert len(numbers.packed(range(512))) == 1_024
    assert len(numbers.packed(range(60_000))) == 8_192
    assert numbers.packed([]) == b""


@given(HOURS)
def test_spells_say_exactly_these_half_hours(wanted: set[int]) -> None:
    said = set(terms.hours_within(wanted))
    for half in range(terms.HALF_HOURS):
        assert bool(said & terms.hours([half])) == (half in wanted)


def test_an_evening_is_a_few_terms() -> None:
    evening = set(range(34, 46))
    assert len(terms.hours_within(evening)) <= 6
    every = {half + 48 * day for half in evening for day in range(7)}
    assert len(terms.hours_within(every)) <= 6
    assert len(terms.hours_within(range(terms.HALF_HOURS))) == 3


@pytest.mark.parametrize("km", [5, 10, 25, 50, 100])
@pytest.mark.parametrize("centre", CENTRES)
def test_squares_cover_a_circle_everywhere(centre: tuple[float, float], km: int) -> None:
    within, edge = map(set, cells.circle(*centre, km))
    if abs(centre[0]) < 75:
        assert len(within) + len(edge) < 160, "few enough to ask for"
    for step in range(4_000):
        north = max(-90.0, min(90.0, centre[0] + (step % 63 - 31) / 31 * km / 80))
        east = ((step // 63 - 31) / 31 * 180) ** 3 / 180**2
        east = (centre[1] + east + 180) % 360 - 180
        here, far = set(cells.cells_of(north, east)), distance_km(*centre, north, east)
        assert far > km or here & (within | edge), (north, east)
        assert not here & within or far <= km, (north, east)
