"""What can be seen of help: everything, by everybody; nobody is noted down for looking."""

from holdspace.care.records import Country, Kind, Line
from holdspace.care.shelf import shelf


def help_in(code: str) -> Country | None:
    """The lines of a country by its two letters, or None when we have checked none there."""
    return shelf().get(code.upper())


def countries() -> list[Country]:
    """Every country we have lines for."""
    return list(shelf().values())


def universal_lines(code: str) -> tuple[Line, ...]:
    """The lines of a country that are there for anyone about anything: all of them, always."""
    country = help_in(code)
    if country is None:
        return ()
    return tuple(line for line in country.lines if line.kind == Kind.UNIVERSAL)
