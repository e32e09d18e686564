from datetime import date, time
from typing import Any

import pytest

from holdspace.meetings.rhythm import Chosen, Monthly, Nth, Other, Rhythm, Shape, Weekly, in_words

TUESDAY, THURSDAY, FRIDAY = 1, 3, 4


def said(shape: Shape, zone: str = "Europe/London", **more: Any) -> str:
    return in_words(Rhythm(shape, date(2026, 1, 6), time(19), 90, zone, **more))


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        (Weekly((TUESDAY,)), "Every Tuesday"),
        (Weekly((TUESDAY, THURSDAY)), "Every Tuesday and Thursday"),
        (Weekly((0, 1, 4)), "Every Monday, Tuesday and Friday"),
        (Weekly(tuple(range(7))), "Every day"),
        (Weekly((TUESDAY,), 2), "Every second Tuesday"),
        (Weekly((TUESDAY,), 3), "Tuesday, every 3 weeks"),
        (Monthly((Nth(1, TUESDAY),)), "The first Tuesday of the month"),
        (Monthly((Nth(-1, FRIDAY),)), "The last Friday of the month"),
        (
            Monthly((Nth(-1, FRIDAY), Nth(2, FRIDAY))),
            "The second Friday and last Friday of the month",
        ),
        (Monthly((Nth(3, TUESDAY),), 2), "The third Tuesday of every second month"),
        (Monthly((Nth(3, TUESDAY),), 3), "The third Tuesday, every 3 months"),
        (
            Chosen((date(2026, 3, 3), date(2026, 5, 5))),
            "On 3 March 2026 and 5 May 2026",
        ),
        (Chosen(tuple(date(2026, m, 3) for m in range(1, 8))), "On 7 chosen dates"),
        (Other("FREQ=MONTHLY;BYMONTHDAY=15"), "On set days"),
    ],
)
def test_a_rhythm_is_said_in_words(shape: Shape, words: str) -> None:
    assert said(shape) == f"{words}, 19:00 to 20:30, London time"


def test_the_zone_is_said_by_its_city() -> None:
    assert said(Weekly((0,)), "America/New_York").endswith("New York time")
    assert said(Weekly((0,)), "Australia/Lord_Howe").endswith("Lord Howe Island time")


def test_the_end_is_said() -> None:
    assert said(Weekly((0,)), times=1).endswith(", 1 time in all")
    assert said(Weekly((0,)), times=6).endswith(", 6 times in all")
    assert said(Weekly((0,)), until=date(2026, 6, 30)).endswith(", until 30 June 2026")
