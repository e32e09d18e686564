"""Weaves: the picture of an alias, an 8 by 8 woven swatch of two yarns.

A swatch is drawn from a random seed and from nothing else: never from a name, person or group.
"""

import secrets
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _
from markupsafe import Markup, escape

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
    return (x + y) % 4 < 2  # noqa: PLR2004


def _herringbone(x: int, y: int) -> bool:
    return ((x + y) if x % 8 < 4 else (y - x + 1)) % 4 < 1 + (x % 8 < 4) * 0  # noqa: PLR2004


def _basket(x: int, y: int) -> bool:
    return (x // 2 + y // 2) % 2 == 0


def _stripe(x: int, y: int) -> bool:
    return y % 8 in {0, 1, 2, 5}


def _window(x: int, y: int) -> bool:
    course = y % 4
    return course == 0 or (x + (y // 4 % 2) * 2) % 4 == 0


def _zigzag(x: int, y: int) -> bool:
    return (y + min(x % 8, 8 - x % 8)) % 4 < 2  # noqa: PLR2004


def _houndstooth(x: int, y: int) -> bool:
    warp, weft = x % 8 < 4, y % 8 < 4  # noqa: PLR2004
    over = (x + y) % 4 < 2  # noqa: PLR2004
    return warp if over else weft


Structure = Callable[[int, int], bool]
STRUCTURES: tuple[tuple[object, Structure], ...] = (
    (_("plain"), _plain),
    (_("twill"), _twill),
    (_("herringbone"), _herringbone),
    (_("basket"), _basket),
    (_("stripe"), _stripe),
    (_("window"), _window),
    (_("zigzag"), _zigzag),
    (_("houndstooth"), _houndstooth),
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
    draw = STRUCTURES[structure][1]
    cells = tuple(
        tuple(draw(*_turned(x + right, y + down, turn)) for x in range(SIDE)) for y in range(SIDE)
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
    return str(STRUCTURES[woven(seed).structure][0])


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
    kinds = {weave[:2] for weave in drawings}
    fresh: list[int] = []
    while len(fresh) < n:
        seed = secrets.randbelow(SEEDS)
        weave = woven(seed)
        crowded = len(kinds) >= len(STRUCTURES) * len(YARNS)
        if weave in drawings or (weave[:2] in kinds and not crowded):
            continue
        names = {woven(other).structure for other in fresh}
        if weave.structure in names and len(names) < len(STRUCTURES) and not crowded:
            free = {kind for kind in range(len(STRUCTURES)) if kind not in names}
            if any((kind, yarn) not in kinds for kind in free for yarn in range(len(YARNS))):
                continue
        fresh.append(seed)
        drawings.add(weave)
        kinds.add(weave[:2])
    return fresh
