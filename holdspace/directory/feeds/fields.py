"""Making sense of single values: days, times, zones, places, addresses of pages."""

import math
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from zoneinfo import available_timezones

from holdspace.directory.feeds.scrub import plain, scrubbed, traces, without_numbers

TEXT_LIMIT, NAME_LIMIT, ID_LIMIT, URL_LIMIT = 2_000, 160, 120, 500
DAY_MINUTES = 24 * 60
USUAL_MINUTES, LONGEST_MINUTES = 60, 12 * 60
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MANY_DAYS = {"daily": range(7), "every day": range(7), "everyday": range(7),
              "weekdays": range(5), "every weekday": range(5)}  # fmt: skip
_CLOCK = re.compile(
    r"\s*(\d{1,2})(?:\s*[:.h]\s*(\d{2}))?(?::\d{2}(?:\.\d+)?)?\s*"
    r"(a\.?m\.?|p\.?m\.?)?\s*(?:Z|[+-]\d{2}:?\d{2})?\s*",
    re.IGNORECASE,
)
# Rooms, payments and messengers: addresses that let strangers in or name a person.
_CLOSED_HOSTS = re.compile(
    r"(?:^|\.)(?:zoom\.us|zoom\.com|zoomgov\.com|meet\.google\.com|teams\.microsoft\.com|"
    r"teams\.live\.com|webex\.com|meet\.jit\.si|gotomeeting\.com|gotomeet\.me|gotomeet\.com|"
    r"bluejeans\.com|skype\.com|discord\.gg|discord\.com|whereby\.com|freeconferencecall\.com|"
    r"fccdl\.in|signal\.group|wa\.me|whatsapp\.com|t\.me|venmo\.com|paypal\.com|paypal\.me|"
    r"cash\.app|squareup\.com|square\.link|zellepay\.com)$"
)
_SECRET_KEYS = re.compile(r"pwd|pass|pin|token|key|secret|mail|phone|tel|name|user", re.IGNORECASE)


def words(value: object, limit: int = NAME_LIMIT) -> str:
    """One line of text from a string or number; anything else is nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return ""
    raw = value if isinstance(value, str) else format(value, "g")
    line = without_numbers(" ".join(plain(raw).split()))
    return cut(re.sub(r"\s*\[left out\]\s*", " ", line).strip(), limit)


def title(value: object) -> str:
    """A group's name: a registration number in front of it tells nobody anything."""
    raw = re.sub(r"^\s*\d{5,12}\s+(?=\S)", "", value) if isinstance(value, str) else value
    return words(raw).strip(" -\u2013:,;#")


def prose(*values: object) -> str:
    """Free text of several fields as paragraphs, scrubbed, each said once."""
    parts: list[str] = []
    for value in values:
        if isinstance(value, str) and (text := scrubbed(value)) and text not in parts:
            parts.append(text)
    return cut("\n\n".join(parts), TEXT_LIMIT)


def cut(text: str, limit: int) -> str:
    """At most `limit` characters, ending at a word where there is one."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    return (head.rsplit(None, 1)[0] if " " in head[limit // 2 :] else head) + "…"


def identity(value: object) -> str:
    """The source's own key of a record; kept as given, within limits, without spaces or tricks."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return ""
    raw = value if isinstance(value, str) else format(value, ".17g")
    return re.sub(r"\s+", "-", plain(raw))[:ID_LIMIT]


def minute(value: object) -> int | None:
    """Minutes after midnight from `18:30`, `6:30 pm`, `09:00:00Z`, noon, a time; else None."""
    if isinstance(value, datetime | time):
        return value.hour * 60 + value.minute
    if not isinstance(value, str):
        return None
    named = {"noon": 12 * 60, "midday": 12 * 60, "midnight": 0}.get(value.strip().lower())
    match = _CLOCK.fullmatch(value[:40])
    if named is not None or not match or not (match[2] or match[3]):
        return named
    hour, minutes, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return hour * 60 + minutes if hour < 24 and minutes < 60 else None  # noqa: PLR2004 -- a clock


def length(start: int, end: int | None) -> int:
    """Minutes from start to end, over midnight if need be; an hour when it makes no sense."""
    span = (end - start) % DAY_MINUTES if end is not None else 0
    return span if 0 < span <= LONGEST_MINUTES else USUAL_MINUTES


def weekdays(value: object) -> tuple[int, ...]:
    """Days of the week, Monday 0, from 0 to 7 (Sunday 0 or 7), names, lists, `Mon-Fri`, `daily`."""
    found: list[int] = []
    for part in _parts(value):
        found += _days_of(part)
    return tuple(sorted(set(found)))


def _parts(value: object) -> Iterable[object]:
    if isinstance(value, list | tuple):
        return value[:14]
    if isinstance(value, str):
        return re.split(r"[,;/&+]|\band\b", value[:200])
    return (value,)


def _days_of(part: object) -> list[int]:
    if isinstance(part, bool):
        return []
    if isinstance(part, int | float | Decimal) or (
        isinstance(part, str) and part.strip().isdigit()
    ):
        number = figure(part)
        return [(int(number) - 1) % 7] if number is not None and 0 <= number <= 7 else []  # noqa: PLR2004 -- a week
    text = part.strip().lower() if isinstance(part, str) else ""
    if text in _MANY_DAYS:
        return list(_MANY_DAYS[text])
    ends = [_day(word) for word in re.split(r"\s*(?:-|\u2013|\bto\b)\s*", text)]
    if len(ends) == 2 and None not in ends:  # noqa: PLR2004 -- from, to
        first, last = ends
        return [(first + n) % 7 for n in range((last - first) % 7 + 1)]  # type: ignore[operator]
    return [day for day in ends if day is not None]


def _day(word: str) -> int | None:
    stem = word.strip(" .s")
    least = 2
    return next(
        (n for n, name in enumerate(_DAYS) if len(stem) >= least and name.startswith(stem)), None
    )


def figure(value: object) -> float | None:
    """A finite number from a number or its text, else None."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return None
    try:
        number = float(value if not isinstance(value, str) else value.strip()[:40])
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def position(latitude: object, longitude: object) -> tuple[float, float] | None:
    """Degrees north and east when both are on the globe and not the empty 0, 0."""
    north, east = figure(latitude), figure(longitude)
    if north is None or east is None or (north == 0 and east == 0):
        return None
    if abs(north) > 90 or abs(east) > 180:  # noqa: PLR2004 -- the globe
        return None
    return round(north, 5), round(east, 5)


@cache
def _zones() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones() if "/" in name or name == "UTC"}


def zone(value: object) -> str:
    """A known IANA zone's name, or nothing. `custom_America/New_York` is read as what it says."""
    if not isinstance(value, str):
        return ""
    wanted = value.strip().strip('"').lower()[:80].replace(" ", "_")
    known = _zones()
    if wanted in known:
        return known[wanted]
    pieces = wanted.removeprefix("/").replace("custom_", "").split("/")
    for size in (3, 2):
        if (tail := "/".join(pieces[-size:])) in known:
            return known[tail]
    return ""


def page(value: object) -> str:
    """An http(s) address that can be shown: no video room, payment, person or secret in it."""
    if (
        not isinstance(value, str)
        or len(value) > URL_LIMIT
        or re.search(r"\s|[\x00-\x1f<>\"]", value)
    ):
        return ""
    try:
        parts = urlsplit(value)
        host, strange = (parts.hostname or "").lower(), parts.username or parts.password
    except ValueError:
        return ""
    named = re.fullmatch(r"(?:[a-z0-9-]{1,63}\.)+[a-z][a-z0-9-]{1,62}", host)
    if parts.scheme not in {"http", "https"} or strange or not named or _CLOSED_HOSTS.search(host):
        return ""
    kept = [(k, v) for k, v in parse_qsl(parts.query) if not _SECRET_KEYS.search(k)]
    if any(traces(v) for _, v in kept) or "@" in parts.path:
        return ""
    return urlunsplit((parts.scheme, parts.netloc.lower(), parts.path, urlencode(kept), ""))


def day(value: object) -> date | None:
    """A date from `2023-08-22…`, `20230822`, or a date; else None."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        return None
    match = re.match(r"\s*(\d{4})-?(\d{2})-?(\d{2})", value)
    try:
        return date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        return None


def first(record: Mapping[str, Any], *keys: str) -> object:
    """The first of these keys that holds something."""
    return next((record[k] for k in keys if record.get(k) not in (None, "", [], {})), None)


def mappings(value: object) -> list[Mapping[str, Any]]:
    """The objects in a list (or a single one), and nothing else: feeds put anything anywhere."""
    many = value if isinstance(value, list) else [value]
    return [item for item in many[:200] if isinstance(item, Mapping)]
