"""The countries we ship lines for: their text files, read once a process."""

from functools import lru_cache
from pathlib import Path

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
