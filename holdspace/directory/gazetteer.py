"""Where a town lies, without asking anybody: names, countries, distances, time zones.

One sorted file (GeoNames, CC BY 4.0) is mapped into memory and searched by halving.
"""

import math
import mmap
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TOWNS = Path(__file__).parent / "towns.tsv"
_PLAIN = re.compile("[a-z0-9]+")
_EARTH_KM = 6371.0
_FARTHEST_KM = 150.0  # beyond that the nearest town says little about a place's zone


@dataclass(frozen=True, slots=True)
class Town:
    """A town of at least 5,000 people. Degrees north and east; `zone` is an IANA name."""

    name: str
    region: str
    country: str
    latitude: float
    longitude: float
    people: int
    zone: str

    def __str__(self) -> str:
        return ", ".join(part for part in (self.name, self.region, self.country) if part)


def folded(name: str) -> str:
    """A name as it is compared: lower case, no accents, no punctuation."""
    if name.isascii():
        return " ".join(_PLAIN.findall(name.lower()))
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss").replace("ø", "o"))
    kept = (c if c.isalnum() else " " for c in plain.casefold() if not unicodedata.combining(c))
    return " ".join("".join(kept).split())


def towns_named(words: str, *, country: str = "") -> list[Town]:
    """Towns of this name, the reader's country first, then the larger; at most 20.

    A second part narrows: "Portland, ME", "Reading GB". No match gives names that begin so.
    """
    name, _comma, narrower = words.partition(",")
    wanted, narrow = folded(name)[:60], folded(narrower).upper()
    if not wanted:
        return []
    found = list(_lines_from(wanted + "\t"))
    if not found and not narrow and " " in wanted:
        shorter, _space, last = wanted.rpartition(" ")
        found = [line for line in _lines_from(shorter + "\t") if _fits(_town(line), last.upper())]
    if not found:
        found = list(_lines_from(wanted))[:200]
    towns = list(dict.fromkeys(map(_town, found)))
    towns = [t for t in towns if narrow and _fits(t, narrow)] or towns
    return sorted(towns, key=lambda t: (t.country != country, -t.people))[:20]


def nearest(latitude: float, longitude: float) -> Town | None:
    """The nearest town within 150 km, for its zone and name; None at sea."""
    row, column = math.floor(latitude), math.floor(longitude)
    reach = 1 if abs(latitude) < 60 else 3  # noqa: PLR2004 -- degrees east shrink to the poles
    close = [
        place
        for r in range(row - 1, row + 2)
        for c in range(column - reach, column + reach + 1)
        for place in _grid().get((r, (c + 180) % 360 - 180), ())
    ]
    if not close:
        return None
    shrink = math.cos(math.radians(latitude)) ** 2
    closest = min(close, key=lambda p: (p[0] - latitude) ** 2 + shrink * _across(p[1], longitude))
    town = _town(_line_at(closest[2]))
    far = distance_km(latitude, longitude, town.latitude, town.longitude) > _FARTHEST_KM
    return None if far else town


def _across(east: float, other: float) -> float:
    """The square of the degrees between two meridians, the short way round."""
    apart = abs(east - other)
    return min(apart, 360 - apart) ** 2


def distance_km(north: float, east: float, other_north: float, other_east: float) -> float:
    """Kilometres along the earth between two points in degrees."""
    a, b = math.radians(north), math.radians(other_north)
    half = math.sin((b - a) / 2) ** 2
    half += math.cos(a) * math.cos(b) * math.sin(math.radians(other_east - east) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def _fits(town: Town, narrow: str) -> bool:
    names = {town.region, town.country, {"GB": "UK", "US": "USA"}.get(town.country, "")}
    return narrow in names or folded(narrow) in folded(_country_name(town.country))


def _country_name(code: str) -> str:
    from babel import Locale  # noqa: PLC0415 -- slow to load, seldom needed

    return str(Locale("en").territories.get(code, ""))


@cache
def _file() -> mmap.mmap:
    with TOWNS.open("rb") as stream:
        return mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)


def _line_at(start: int) -> bytes:
    end = _file().find(b"\n", start)
    return _file()[start:end]


def _town(line: bytes) -> Town:
    _key, name, region, country, north, east, people, zone, _own = line.decode().split("\t")
    return Town(name, region, country, float(north), float(east), int(people), zone)


def _lines_from(prefix: str) -> Iterator[bytes]:
    wanted, held = prefix.encode(), _file()
    low, high = 0, len(held)
    while low < high:
        middle = (low + high) // 2
        start = held.rfind(b"\n", 0, middle) + 1
        if _line_at(start) < wanted:
            low = held.find(b"\n", middle) + 1
        else:
            high = start
    while low < len(held):
        line = _line_at(low)
        if not line.startswith(wanted):
            return
        yield line
        low += len(line) + 1


@cache
def _grid() -> dict[tuple[int, int], list[tuple[float, float, int]]]:
    """Towns by whole degree, under their own name only: position, and where the line begins."""
    found: dict[tuple[int, int], list[tuple[float, float, int]]] = defaultdict(list)
    start = 0
    for line in iter(_file().readline, b""):
        if line.endswith(b"\t*\n"):
            north, east = line.split(b"\t")[4:6]
            spot = (float(north), float(east), start)
            found[math.floor(spot[0]), math.floor(spot[1])].append(spot)
        start += len(line)
    _file().seek(0)
    return dict(found)
