import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdspace.ledger.schedule import next_slot

FRIDAY = dt.datetime(2026, 11, 20, 22, 4, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("rhythm", "then"),
    [
        ("30s", "2026-11-20 22:05:00"),
        ("10m", "2026-11-20 22:10:00"),
        ("6h", "2026-11-21 00:00:00"),
        ("day 03:00", "2026-11-21 03:00:00"),
        ("day 23:30", "2026-11-20 23:30:00"),
        ("week mon 03:00", "2026-11-23 03:00:00"),
        ("week fri 22:00", "2026-11-27 22:00:00"),
    ],
)
def test_the_next_slot(rhythm, then):
    assert next_slot(rhythm, FRIDAY) == dt.datetime.fromisoformat(f"{then}+00:00")


@pytest.mark.parametrize("rhythm", ["", "0m", "ten minutes", "day 24:00", "day 3:00", "week 03:00"])
def test_a_rhythm_we_do_not_know(rhythm):
    with pytest.raises(ValueError):
        next_slot(rhythm, FRIDAY)


@given(
    st.sampled_from(["7m", "10m", "6h", "1d", "day 03:00", "week sun 23:59"]),
    st.integers(0, 20 * 366 * 86_400).map(lambda passed: FRIDAY + dt.timedelta(seconds=passed)),
)
def test_slots_are_later_and_stand_still_until_they_pass(rhythm, moment):
    slot = next_slot(rhythm, moment)
    assert slot > moment
    assert next_slot(rhythm, slot - dt.timedelta(microseconds=1)) == slot
