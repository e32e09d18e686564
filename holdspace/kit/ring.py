"""The ring: a group, one dot per place, the free ones as dashed gaps; a sentence says the same."""

from functools import lru_cache
from math import cos, pi, sin

from django.utils.translation import gettext, ngettext
from markupsafe import Markup

MOST_DRAWN = 40


@lru_cache(maxsize=1_000)
def ring_svg(taken: int, places: int, size: int = 120) -> Markup:
    """The ring for `places` places of which `taken` are; more than 40 places are drawn as 40."""
    places = max(places, taken, 1)
    drawn = min(places, MOST_DRAWN)
    full = round(taken * drawn / places)
    radius = min(10.0, 0.72 * pi * 38 / drawn)
    dots = "".join(_dot(index, drawn, radius, index < full) for index in range(drawn))
    return Markup(  # noqa: S704 -- numbers only
        f'<svg class="ring-drawn" viewBox="0 0 100 100" width="{size}" height="{size}"'
        f' aria-hidden="true" focusable="false">{dots}</svg>'
    )


def _dot(index: int, drawn: int, radius: float, taken: bool) -> str:
    turn = 2 * pi * index / drawn - pi / 2
    x, y = 50 + 38 * cos(turn), 50 + 38 * sin(turn)
    if taken:
        return f'<circle class="here" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>'
    dash = 2 * pi * (radius - 0.75) / 10
    return (
        f'<circle class="free" cx="{x:.1f}" cy="{y:.1f}" r="{radius - 0.75:.1f}"'
        f' stroke-dasharray="{dash:.2f}"/>'
    )


def ring_sentence(taken: int, places: int) -> str:
    """The ring in words: how many are here, how many places are free."""
    free = max(places - taken, 0)
    here = (
        gettext("Nobody has joined yet.")
        if taken == 0
        else ngettext("One person is in the group.", "%(n)s people are in the group.", taken)
        % {"n": taken}
    )
    room = (
        gettext("No place is free.")
        if free == 0
        else ngettext("One place is free.", "%(n)s places are free.", free) % {"n": free}
    )
    return f"{here} {room}"
