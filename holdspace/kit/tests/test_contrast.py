"""Contrast, computed from the stylesheets: every pair, light and dark, each pair of yarns."""

import re
from pathlib import Path

import pytest

from holdspace.kit.frame import YARNS
from holdspace.kit.tests.test_weave import contrast

STATIC = Path(__file__).parent.parent / "static" / "kit"
GROUNDS = ("ground", "card", "sunk")
# Words need 4.5 : 1; what marks a control, 3 : 1 (WCAG 2.2, 1.4.3 and 1.4.11).
WORDS = [(colour, on, 4.5) for colour in ("ink", "soft", "link", "act") for on in GROUNDS]
EDGES = [("line", on, 3.0) for on in GROUNDS]
LABELS = [("on-act", "act", 4.5), ("on-act", "act-hover", 4.5), ("on-lamp", "lamp", 4.5)]
STATES = [
    pair
    for state in ("alert", "doubt", "good")
    for pair in [(state, f"{state}-tint", 4.5), ("ink", f"{state}-tint", 4.5)]
]
ON_GROUND = [("alert", on, 4.5) for on in GROUNDS]  # an error beside its field
OTHERS = [("lamp-edge", "ground", 3.0), ("glow", "night", 3.0), ("ground", "ink", 4.5)]
PAIRS = WORDS + EDGES + LABELS + STATES + ON_GROUND + OTHERS


def blocks(sheet: str) -> dict[str, dict[str, str]]:
    """Selector → its colours; a block inside the dark media query is found under its own."""
    text = re.sub(r"/\*.*?\*/", "", (STATIC / sheet).read_text(), flags=re.DOTALL)
    found: dict[str, dict[str, str]] = {}
    for selector, body in re.findall(r"(:root[^{]*)\{([^{}]*)\}", text):
        colours = dict(re.findall(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6})", body))
        found.setdefault(selector.strip(), {}).update(colours)
    return found


def palette(yarn: str, theme: str) -> dict[str, str]:
    """What the cascade comes to for one choice of yarns and theme."""
    tokens, yarns = blocks("tokens.css"), blocks("yarns.css")
    layers = [tokens[":root"]]
    if theme == "dark":
        layers.append(tokens[':root[data-theme="dark"]'])
    if yarn != "mulberry":
        layers.append(yarns[f':root[data-yarn="{yarn}"]'])
        if theme == "dark":
            layers.append(yarns[f':root[data-yarn="{yarn}"][data-theme="dark"]'])
    return {name: colour for layer in layers for name, colour in layer.items()}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("yarn", YARNS)
def test_every_pair_is_told_apart(yarn, theme) -> None:
    colours = palette(yarn, theme)
    weak = [
        f"{one} on {other}: {contrast(colours[one], colours[other]):.2f}"
        for one, other, least in PAIRS
        if contrast(colours[one], colours[other]) < least
    ]
    assert not weak


def test_a_dark_device_gets_the_very_colours_of_the_switch() -> None:
    tokens, yarns = blocks("tokens.css"), blocks("yarns.css")
    assert tokens[":root:not([data-theme])"] == tokens[':root[data-theme="dark"]']
    for yarn in YARNS[1:]:
        mine = f':root[data-yarn="{yarn}"]'
        assert yarns[f"{mine}:not([data-theme])"] == yarns[f'{mine}[data-theme="dark"]']


def test_the_figures_of_the_look_hold() -> None:
    light, dark = palette("mulberry", "light"), palette("mulberry", "dark")
    for colours, least in ((light, (12.4, 5.9, 6.7, 8.8, 3.4)), (dark, (13.3, 7.5, 9.7, 9.0, 3.9))):
        for name, worst in zip(("ink", "soft", "link", "act", "line"), least, strict=True):
            found = min(contrast(colours[name], colours[ground]) for ground in GROUNDS)
            assert round(found, 1) >= worst, name


def test_no_colour_stands_outside_the_tokens() -> None:
    for sheet in STATIC.glob("*.css"):
        if sheet.name in {"tokens.css", "yarns.css", "calm.css"}:
            continue
        assert not re.findall(r"#[0-9A-Fa-f]{3,8}\b", sheet.read_text()), sheet.name
