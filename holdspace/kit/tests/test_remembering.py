"""What came along with another question is known while a request reads, not when it writes."""

from collections.abc import Iterator

import pytest

from holdspace.kit import remembering

ASKED: list[str] = []


@remembering.once_a_request
def _of(name: str) -> str:
    ASKED.append(name)
    return f"asked of {name}"


@pytest.fixture(autouse=True)
def _afresh() -> Iterator[None]:
    ASKED.clear()
    yield
    remembering.begin(reading=False)


def test_a_reading_request_does_not_ask_again():
    remembering.begin(reading=True)
    remembering.came_along(_of, "Wren", answer="it came along")
    assert (_of("Wren"), _of("Ash")) == ("it came along", "asked of Ash")
    assert ASKED == ["Ash"]


def test_an_act_makes_it_forget():
    remembering.begin(reading=True)
    remembering.came_along(_of, "Wren", answer="it came along")
    remembering.forget()
    assert _of("Wren") == "asked of Wren"


def test_a_request_that_may_write_asks_by_itself():
    remembering.begin(reading=False)
    remembering.came_along(_of, "Wren", answer="it came along")
    assert _of("Wren") == "asked of Wren"
