"""Weaves: told apart, small, never a cross or a target, never the same twice in a group."""

import random
import re
from itertools import chain, pairwise, product
from operator import ne

import pytest

from holdspace.kit import weave

SAMPLE = random.Random(8).sample(range(weave.SEEDS), 3000)


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast of two #RRGGBB colours."""
    lights = []
    for colour in (one, other):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        lights.append(0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05)
    return max(lights) / min(lights)


def test_there_are_eight_structures_and_eight_pairs_that_neither_blur_nor_glare() -> None:
    assert len(weave.STRUCTURES) == len(weave.YARNS) == 8
    for name, one, other in weave.YARNS:
        assert 2.8 <= contrast(one, other) <= 3.4, name


def test_a_swatch_is_small_and_the_same_each_time() -> None:
    sizes = [len(weave.weave_svg(seed)) for seed in SAMPLE]
    assert max(sizes) <= 600
    assert weave.weave_svg(77) == weave.weave_svg(77)


def test_the_path_draws_exactly_the_cells() -> None:
    for seed in SAMPLE[:300]:
        path = re.search(r'stroke="[^"]+" d="([^"]+)"', weave.weave_svg(seed))[1]
        drawn, x, y = set(), 0.0, 0.0
        for kind, first, second in re.findall(r"([Mmhv])([\d.]+)(?: ([\d.]+))?", path):
            if kind == "M":
                x, y = float(first), float(second)
            elif kind == "m":
                x, y = x + float(first), y + float(second)
            else:
                for _step in range(int(first)):
                    drawn.add((int(x), int(y)))
                    x, y = (x + 1, y) if kind == "h" else (x, y + 1)
        cells = weave.woven(seed).cells
        assert drawn == {(x, y) for x, y in product(range(8), range(8)) if cells[y][x]}


def test_no_swatch_holds_a_cross_or_a_target() -> None:
    for seed in SAMPLE:
        cells = weave.woven(seed).cells
        for x, y in product(range(1, 7), range(1, 7)):
            here = cells[y][x]
            arms = {cells[y - 1][x], cells[y + 1][x], cells[y][x - 1], cells[y][x + 1]}
            between = {cells[y + i][x + j] for i in (-1, 1) for j in (-1, 1)}
            assert not (arms == {here} and between == {not here}), weave.weave_name(seed)
        for x, y in product(range(2, 6), range(2, 6)):
            near = {cells[y + i][x + j] for i, j in _ring(1)}
            far = {cells[y + i][x + j] for i, j in _ring(2)}
            here = cells[y][x]
            assert not (near == {not here} and far == {here}), weave.weave_name(seed)


def _ring(radius: int) -> list[tuple[int, int]]:
    span = range(-radius, radius + 1)
    return [(i, j) for i, j in product(span, span) if max(abs(i), abs(j)) == radius]


def test_structures_differ_in_at_least_ten_cells_whatever_their_turn() -> None:
    by_structure: dict[int, set[tuple[tuple[bool, ...], ...]]] = {}
    for seed in SAMPLE:
        swatch = weave.woven(seed)
        by_structure.setdefault(swatch.structure, set()).add(swatch.cells)
    for one, other in product(range(8), range(8)):
        if one < other:
            for a, b in product(by_structure[one], by_structure[other]):
                unlike = sum(map(ne, chain(*a), chain(*b)))
                assert unlike >= 10, (one, other)


@pytest.mark.parametrize("group", [0, 6, 40, 64, 100])
def test_what_is_offered_is_unlike_the_group_and_unlike_each_other(group) -> None:
    taken: list[int] = []
    for _newcomer in range(group):
        taken += weave.offer(1, taken)
    offered = weave.offer(6, taken)
    pictures = [weave.woven(seed) for seed in [*taken, *offered]]
    assert len(set(pictures)) == len(pictures)
    if group + 6 <= 64:
        kinds = [(picture.structure, picture.yarn) for picture in pictures]
        assert len(set(kinds)) == len(kinds)
    if group <= 40:
        names = sorted(weave.weave_name(seed) for seed in offered)
        assert all(one != other for one, other in pairwise(names))


def test_a_title_is_escaped_and_without_one_the_swatch_is_silent() -> None:
    assert "&lt;script&gt;" in weave.weave_svg(5, title="<script>")
    assert 'role="img"' in weave.weave_svg(5, title="Wren")
    assert 'aria-hidden="true"' in weave.weave_svg(5)
