"""The countries we ship lines for: their text files, read once a process."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from holdspace.care.records import Country, Refused, read_country

FOLDER = Path(__file__).parent / "lines"


@lru_cache(maxsize=1)
def shelf() -> dict[str, Country]:
    """Every shipped country by its code. Raises Refused when one file is not fit to be shown."""
    found = {}
    for file in sorted(FOLDER.glob("*.toml")):
        country = read_country(file.read_text(encoding="utf-8"))
        if country.code.lower() != file.stem:
            raise Refused(f"{file.name} holds {country.code}")
        found[country.code] = country
    return found


def written(country: str, code: str) -> dict[str, Any] | None:
    """A shipped line as its file has it, or None."""
    file = FOLDER / f"{country.lower()}.toml"
    if country not in shelf():
        return None
    lines = tomllib.loads(file.read_text(encoding="utf-8"))["line"]
    return next((line for line in lines if line["code"] == code), None)
