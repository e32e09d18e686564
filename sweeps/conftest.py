"""The small world for the sweeps that walk it."""

from collections.abc import Iterator

import pytest

from holdspace.kit import clock
from sweeps.small_world import NOON, World, a_world


@pytest.fixture
def world(db: None) -> Iterator[World]:
    """Somebody in every role, an instance of every converter, on a Monday at noon."""
    with clock.at(NOON):
        yield a_world()
