"""Countries, time zones and languages by their names, from Babel and the zone database."""

from functools import cache
from pathlib import Path
from zoneinfo import available_timezones

from babel import Locale

from holdspace.kit.days import locale

LANGUAGES = Path(__file__).parent / "languages.tsv"  # made by pack_languages.py
REGIONS = (
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe",
    "Indian", "Pacific",
)  # fmt: skip

UNREAL = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}


@cache
def _countries(language: str) -> tuple[tuple[str, str], ...]:
    named = Locale.parse(language, sep="_").territories.items()
    real = ((code, name) for code, name in named if len(code) == 2 and code not in UNREAL)  # noqa: PLR2004
    return tuple(sorted(real, key=lambda pair: pair[1]))


def countries() -> tuple[tuple[str, str], ...]:
    """Every country: two letters and its name in the reader's language, by name."""
    return _countries(str(locale()))


@cache
def zones() -> tuple[tuple[str, str], ...]:
    """Every time zone of a place: its key and how it is shown, by name."""
    real = sorted(z for z in available_timezones() if z.partition("/")[0] in REGIONS and "/" in z)
    return (("UTC", "UTC"), *((zone, zone.replace("_", " ")) for zone in real))


@cache
def languages() -> tuple[tuple[str, str], ...]:
    """Languages by their own names, those with two letters that have one, by name."""
    lines = LANGUAGES.read_text(encoding="utf-8").splitlines()
    return tuple((code, name) for code, _tab, name in (line.partition("\t") for line in lines))
