"""One line of help as a record, and the strict reading of the text files that hold them.

A wrong number kills. So every number is kept as it is dialled inside its country, its link target
is written beside it and never worked out, and a record with anything missing is refused.
"""

import datetime as dt
import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from holdspace.care.hours import Hours, read_hours

DIALLED = re.compile(r"[0-9]{2,13}")
DATED = re.compile(r"(\d{4}(-\d{2}(-\d{2})?)?)?")
SCHEMES = {"call": "tel:", "text": "sms:"}


class Kind(StrEnum):
    """What a line is for."""

    EMERGENCY = "emergency"
    AMBULANCE = "ambulance"
    UNIVERSAL = "universal"
    REGIONAL = "regional"
    YOUNG = "young"
    HEALTH = "health"


URGENT = (Kind.EMERGENCY, Kind.AMBULANCE)


class Refused(ValueError):
    """A record that may not be shown; says where and why."""


@dataclass(frozen=True, slots=True)
class Source:
    """A page on which the line was read. `dated` is "", "2025", "2025-10" or "2025-10-03"."""

    page: str
    address: str
    dated: str
    read: dt.date


@dataclass(frozen=True, slots=True)
class Way:
    """One way to reach a line; `target` is the link as it was written down, never computed."""

    method: str
    dial: str
    shown: str
    target: str
    hours: Hours
    word: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of help. `confirmed` is the day an organisation phoned it; files never have one."""

    code: str
    name: str
    kind: Kind
    reach: str
    where: str
    languages: tuple[str, ...]
    language_count: int
    cost: str
    ways: tuple[Way, ...]
    sources: tuple[Source, ...] = ()
    confirmed: dt.date | None = None

    @property
    def checked(self) -> dt.date:
        """The day somebody last looked: phoned it, or read the oldest of its sources."""
        return self.confirmed or min(source.read for source in self.sources)


@dataclass(frozen=True, slots=True)
class Country:
    """The lines of one country; `within` is its name inside a sentence ("the Netherlands")."""

    code: str
    name: str
    within: str
    lines: tuple[Line, ...]


def read_country(text: str) -> Country:
    """A country from its TOML text. Raises Refused for anything missing, doubtful or extra."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise Refused(f"not TOML: {fault}") from fault
    code = _word(given, "country", "the file", r"[A-Z]{2}")
    name, within = (_word(given, key, code) for key in ("name", "within"))
    lines = tuple(read_line(line, code) for line in _list(given, "line", code))
    _nothing_left(given, code)
    if len({line.code for line in lines}) != len(lines):
        raise Refused(f"{code}: two lines have the same code")
    return Country(code, name, within, lines)


def read_line(given: dict[str, Any], country: str, *, confirmed: dt.date | None = None) -> Line:
    """One line, with its sources, or with the day on which somebody of ours phoned it.

    Raises Refused.
    """
    given = dict(given)
    code = _word(given, "code", country, r"[a-z0-9-]+")
    at = f"{country} {code}"
    reach = _one_of(given, "reach", at, ("country", "inside", "part"))
    line = Line(
        code=code,
        name=_word(given, "name", at),
        kind=Kind(_one_of(given, "kind", at, tuple(Kind))),
        reach=reach,
        where=_word(given, "where", at) if reach == "part" else "",
        languages=_languages(given, at),
        language_count=_count(given.pop("language_count", 0), at),
        cost=_one_of(given, "cost", at, ("free", "charged", "unknown")),
        ways=tuple(_way(way, at) for way in _list(given, "way", at)),
        sources=() if confirmed else tuple(_source(s, at) for s in _list(given, "source", at)),
        confirmed=confirmed,
    )
    _nothing_left(given, at)
    if line.kind == Kind.UNIVERSAL and reach == "part":
        raise Refused(f"{at}: a line for one part of the country is regional")
    return line


def _way(given: dict[str, Any], at: str) -> Way:
    given = dict(given)
    method = _one_of(given, "method", at, ("call", "text", "web"))
    dial, shown, target = (_word(given, key, at) for key in ("dial", "shown", "target"))
    zone = _word(given, "zone", at)
    try:
        hours = read_hours(given.pop("hours", None), zone)
    except ValueError as fault:
        raise Refused(f"{at}: {fault}") from fault
    word = given.pop("word", "")
    if not isinstance(word, str) or (word and method != "text"):
        raise Refused(f"{at}: a first word belongs to a text number")
    _nothing_left(given, at)
    check_number(method, dial, shown, target, at)
    return Way(method, dial, shown, target, hours, word)


def check_number(method: str, dial: str, shown: str, target: str, at: str) -> None:
    """Compare the three spellings of a number with each other. Raises Refused when they differ."""
    if method == "web":
        if not target.startswith("https://") or dial != target:
            raise Refused(f"{at}: a page needs one address with https")
        return
    if not DIALLED.fullmatch(dial):
        raise Refused(f"{at}: {dial!r} is not dialled inside the country")
    if re.sub(r"[ ().-]", "", shown) != dial:
        raise Refused(f"{at}: shown {shown!r} is not {dial!r}")
    if target != SCHEMES[method] + dial:
        raise Refused(f"{at}: the link {target!r} does not lead to {dial!r}")


def _source(given: dict[str, Any], at: str) -> Source:
    given = dict(given)
    page = _word(given, "page", at)
    address = _word(given, "address", at, r"https?://\S+")
    dated = given.pop("dated", None)
    if not isinstance(dated, str) or not DATED.fullmatch(dated):
        raise Refused(f"{at}: the date of {page} must be given, or be empty where it has none")
    try:
        read = dt.date.fromisoformat(_word(given, "read", at))
    except ValueError as fault:
        raise Refused(f"{at}: {page} was read on no day") from fault
    _nothing_left(given, at)
    return Source(page, address, dated, read)


def _languages(given: dict[str, Any], at: str) -> tuple[str, ...]:
    languages = given.pop("languages", None)
    if not isinstance(languages, list) or not all(
        isinstance(code, str) and re.fullmatch(r"[a-z]{2,3}", code) for code in languages
    ):
        raise Refused(f"{at}: languages must be a list of codes, empty where nobody knows")
    return tuple(languages)


def _count(value: object, at: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise Refused(f"{at}: language_count must be a number")
    return value


def _word(given: dict[str, Any], key: str, at: str, form: str = "") -> str:
    value = given.pop(key, None)
    if not isinstance(value, str) or not value.strip():
        raise Refused(f"{at}: {key} is missing")
    if form and not re.fullmatch(form, value):
        raise Refused(f"{at}: {key} cannot be {value!r}")
    return value.strip()


def _one_of(given: dict[str, Any], key: str, at: str, allowed: tuple[str, ...]) -> str:
    value = _word(given, key, at)
    if value not in allowed:
        raise Refused(f"{at}: {key} cannot be {value!r}")
    return value


def _list(given: dict[str, Any], key: str, at: str) -> list[dict[str, Any]]:
    value = given.pop(key, None)
    if not isinstance(value, list) or not value or not all(isinstance(v, dict) for v in value):
        raise Refused(f"{at}: {key} is missing")
    return value


def _nothing_left(given: dict[str, Any], at: str) -> None:
    if given:
        raise Refused(f"{at}: nobody knows what {', '.join(sorted(given))} means")
