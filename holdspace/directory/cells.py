"""Where a listing is, as squares within larger squares; which of them a circle holds."""

import math
from collections.abc import Iterator

from holdspace.directory.gazetteer import distance_km

SMALLEST = 0.05  # degrees
LEVELS = 5  # each twice as wide as the one before: the largest is 0.8 degrees
_KM_A_DEGREE = 111.1
_ROUND = round(360 / SMALLEST)  # squares around the earth
_POLAR = 85.0  # degrees: beyond, a circle may hold the pole
_SLACK = 0.001  # km: what rounding may do

Cell = tuple[int, int, int]  # level, row, column


def cells_of(latitude: float, longitude: float) -> list[Cell]:
    """The squares that hold a place, one of each size."""
    row, column = math.floor(latitude / SMALLEST), math.floor(longitude / SMALLEST)
    column = (column + _ROUND // 2) % _ROUND - _ROUND // 2
    return [(level, row >> level, column >> level) for level in range(LEVELS)]


def circle(latitude: float, longitude: float, km: float) -> tuple[list[Cell], list[Cell]]:
    """Few squares that cover a circle: those that lie within, and those on its edge."""
    smallest = min(2, max(0, round(math.log2(max(km, 1) / 25))))
    within: list[Cell] = []
    edge: list[Cell] = []
    left = list(_touched(latitude, longitude, km))
    while left:
        level, row, column = cell = left.pop()
        south, north, close, far = _beside(latitude, longitude, cell)
        if _nearest(latitude, south, north, close) > km + _SLACK:
            continue
        if max(distance_km(latitude, 0, end, far) for end in (south, north)) <= km - _SLACK:
            within.append(cell)
        elif level == smallest:
            edge.append(cell)
        else:
            left += [(level - 1, row * 2 + r, column * 2 + c) for r in (0, 1) for c in (0, 1)]
    return within, edge


def _touched(latitude: float, longitude: float, km: float) -> Iterator[Cell]:
    """The largest squares, as many as the circle can touch."""
    size, around = SMALLEST * 2 ** (LEVELS - 1), _ROUND >> (LEVELS - 1)
    up = km / _KM_A_DEGREE
    farthest = abs(latitude) + up
    wide = 180.0 if farthest > _POLAR else up / math.cos(math.radians(farthest))
    rows = range(math.floor((latitude - up) / size), math.floor((latitude + up) / size) + 1)
    first, last = math.floor((longitude - wide) / size), math.floor((longitude + wide) / size)
    columns = {(c + around // 2) % around - around // 2 for c in range(first, last + 1)}
    return ((LEVELS - 1, row, column) for row in rows for column in columns)


def _beside(latitude: float, longitude: float, cell: Cell) -> tuple[float, float, float, float]:
    """A square from a place: its south and north, and how many degrees off it begins and ends."""
    level, row, column = cell
    size = SMALLEST * 2**level
    west = abs((column * size - longitude + 180) % 360 - 180)
    east = abs(((column + 1) * size - longitude + 180) % 360 - 180)
    inside = west + east < size * 1.001  # the place's own meridian runs through the square
    south, north = max(-90.0, row * size), min(90.0, (row + 1) * size)
    return south, north, 0.0 if inside else min(west, east), max(west, east)


def _nearest(latitude: float, south: float, north: float, close: float) -> float:
    """Kilometres to the nearest point of a square that begins `close` degrees off."""
    if not close and south <= latitude <= north:
        return 0.0
    # On a meridian so far away, the nearest latitude lies a little towards the pole.
    tip = math.degrees(math.atan2(math.tan(math.radians(latitude)), math.cos(math.radians(close))))
    return distance_km(latitude, 0, min(north, max(south, tip)), close)
