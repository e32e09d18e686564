"""Weaves: the picture of an alias, an 8 by 8 woven swatch of two yarns.

A swatch is drawn from a random seed and from nothing else: never from a name, person or group.
"""

import secrets
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from markupsafe import Markup, escape

from holdspace.kit.speaking import language

SIDE = 8
SEEDS = 2**31 - 1

# Two yarns each, 2.8 to 3.3 : 1 apart, so that they are told apart and do not glare.
YARNS = (
    ("heather", "#6B3A60", "#C08DB0"),
    ("moss", "#40561F", "#93AC68"),
    ("harbour", "#2F4A75", "#82A0CC"),
    ("rust", "#7A3A1C", "#CC8E68"),
    ("slate", "#474D57", "#98A0AB"),
    ("pine", "#1F5647", "#6EAC98"),
    ("plum", "#4F3F86", "#A293D2"),
    ("bark", "#5A4632", "#AF9A82"),
)


def _plain(x: int, y: int) -> bool:
    return (x + y) % 2 == 0


def _twill(x: int, y: int) -> bool:
    return (x + y) % 4 in {0, 1}


def _herringbone(x: int, y: int) -> bool:
    return (x + y if x % SIDE in {0, 1, 2, 3} else y - x + 1) % 4 in {0, 1}


def _basket(x: int, y: int) -> bool:
    return (x // 2 + y // 2) % 2 == 0


def _stripe(_x: int, y: int) -> bool:
    return y % SIDE in {0, 1, 2, 5}


def _window(x: int, y: int) -> bool:
    """Panes laid like bricks, so that their bars never meet in a cross."""
    return y % 4 == 0 or (x + y // 4 % 2 * 2) % 4 == 0


def _zigzag(x: int, y: int) -> bool:
    return (y + (0, 1, 2, 1)[x % 4]) % 4 in {0, 1}


def _houndstooth(x: int, y: int) -> bool:
    """Four threads and four in both directions, woven as a twill."""
    thread = x if (x + y) % 4 in {0, 1} else y
    return thread % SIDE in {0, 1, 2, 3}


class Structure(NamedTuple):
    """One way to weave: its name, where the first yarn lies on top, by how much it may shift."""

    name: Promise
    over: Callable[[int, int], bool]
    shift: int = 1


STRUCTURES = (
    Structure(_("plain"), _plain),
    Structure(_("twill"), _twill),
    Structure(_("herringbone"), _herringbone),
    Structure(_("basket"), _basket),
    Structure(_("stripe"), _stripe),
    Structure(_("window"), _window),
    Structure(_("zigzag"), _zigzag),
    # Half a repeat only: a tooth alone in the middle would look like a wheel.
    Structure(_("houndstooth"), _houndstooth, shift=4),
)


class Weave(NamedTuple):
    """One swatch: which structure, which yarns, and the cells of the first yarn, row by row."""

    structure: int
    yarn: int
    swapped: bool
    cells: tuple[tuple[bool, ...], ...]


@lru_cache(maxsize=4096)
def woven(seed: int) -> Weave:
    """The swatch of `seed`. Every seed has one."""
    seed, structure = divmod(abs(seed), len(STRUCTURES))
    seed, yarn = divmod(seed, len(YARNS))
    seed, right = divmod(seed, SIDE)
    seed, down = divmod(seed, SIDE)
    turn = seed % 8
    _name, over, shift = STRUCTURES[structure]
    cells = tuple(
        tuple(over(*_turned(x + right * shift, y + down * shift, turn)) for x in range(SIDE))
        for y in range(SIDE)
    )
    return Weave(structure, yarn, bool(turn & 4), cells)


def _turned(x: int, y: int, turn: int) -> tuple[int, int]:
    if turn & 1:
        x, y = y, x
    if turn & 2:
        x = -x
    return x, y


def weave_name(seed: int) -> str:
    """The structure's name in words, as it stands beside the alias: "herringbone"."""
    return _name(language(), woven(seed).structure)


@lru_cache(maxsize=1_000)
def _name(_language: str, structure: int) -> str:
    return str(STRUCTURES[structure].name)


@lru_cache(maxsize=4096)
def _threads(seed: int) -> str:
    """The path of the first yarn: horizontal runs, or vertical ones where that is shorter."""
    cells = woven(seed).cells
    across = _runs(cells, upright=False)
    down = _runs(tuple(zip(*cells, strict=True)), upright=True)
    return min(across, down, key=len)


def _runs(lines: tuple[tuple[bool, ...], ...], *, upright: bool) -> str:
    path: list[str] = []
    stroke, jump = ("v", "m0 {}") if upright else ("h", "m{} 0")
    for at, line in enumerate(lines):
        position, end = 0, None
        while position < SIDE:
            if not line[position]:
                position += 1
                continue
            start = position
            while position < SIDE and line[position]:
                position += 1
            if end is None:
                path.append(f"M{at}.5 {start}" if upright else f"M{start} {at}.5")
            else:
                path.append(jump.format(start - end))
            path.append(f"{stroke}{position - start}")
            end = position
    return "".join(path)


def weave_svg(seed: int, size: int = 48, title: str = "") -> Markup:
    """The swatch as inline SVG of `size` pixels. Hidden from screen readers unless titled."""
    return _drawn(seed, size) if not title else _svg(seed, size, title)


@lru_cache(maxsize=4096)
def _drawn(seed: int, size: int) -> Markup:
    return _svg(seed, size, "")


def _svg(seed: int, size: int, title: str) -> Markup:
    weave = woven(seed)
    _name, first, second = YARNS[weave.yarn]
    if weave.swapped:
        first, second = second, first
    said = f'role="img" aria-label="{escape(title)}"' if title else 'aria-hidden="true"'
    return Markup(  # noqa: S704 -- numbers, our own colours, an escaped title
        f'<svg class="weave" viewBox="0 0 8 8" width="{size}" height="{size}" {said}>'
        f'<path fill="{second}" d="M0 0h8v8H0z"/>'
        f'<path stroke="{first}" d="{_threads(seed)}"/></svg>'
    )


def offer(n: int, taken: Iterable[int] = ()) -> list[int]:
    """`n` fresh seeds to choose from, unlike each other and unlike every seed in `taken`.

    Unlike means another structure or other yarns; in a group too large for that (64), another
    drawing. `taken` holds the seeds of the group and those this person was offered elsewhere.
    """
    used = set(taken)
    drawings = {woven(seed) for seed in used}
    kinds = {(weave.structure, weave.yarn) for weave in drawings}
    fresh: list[int] = []
    while len(fresh) < n:
        seed = secrets.randbelow(SEEDS)
        weave = woven(seed)
        crowded = len(kinds) >= len(STRUCTURES) * len(YARNS)
        if weave in drawings or ((weave.structure, weave.yarn) in kinds and not crowded):
            continue
        if not crowded and weave.structure not in _fresh_structures(fresh, kinds):
            continue
        fresh.append(seed)
        drawings.add(weave)
        kinds.add((weave.structure, weave.yarn))
    return fresh


def _fresh_structures(fresh: list[int], kinds: set[tuple[int, int]]) -> set[int]:
    """The structures to offer next: those not offered yet, while any yarns are left for one."""
    everything = set(product(range(len(STRUCTURES)), range(len(YARNS)))) - kinds
    left = {structure for structure, _yarn in everything}
    return left - {woven(seed).structure for seed in fresh} or left
