"""The map of the house is drawn from the house as it stands."""

from holdspace.kit.mapping import draw
from sweeps.house import ROOT


def test_the_map_is_current():
    shown = (ROOT / "docs" / "build" / "map.md").read_text()
    assert shown == draw(ROOT), "run ./manage draw_map"
