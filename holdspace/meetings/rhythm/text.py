"""Rhythms as RFC 5545 writes them, both ways.

The usual RRULEs become shapes of ours; every other valid one is kept as `Other`. Rules that fall
more often than daily are refused: no group meets by the minute.
"""

import re
from datetime import UTC, date, datetime, time, timedelta

from dateutil.rrule import rrulestr
from django.utils.translation import gettext_lazy as _
from whenever import Instant

from holdspace.meetings.rhythm.days import days_of
from holdspace.meetings.rhythm.shapes import (
    LATEST,
    MOST_EVERY,
    Chosen,
    Monthly,
    NotARhythm,
    Nth,
    Other,
    Rhythm,
    Shape,
    Weekly,
    pauses_of,
)
from holdspace.meetings.rhythm.times import instant_of

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
BYDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
DURATION = re.compile(r"P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
EVENING = time(23, 59, 59)
COMPACT_DAY = 8


def shape_text(shape: Shape) -> str:
    """The shape alone: an RRULE value without UNTIL and COUNT, or "RDATE:" and its days."""
    if isinstance(shape, Chosen):
        return "RDATE:" + ",".join(f"{day:%Y%m%d}" for day in shape.days)
    if isinstance(shape, Other):
        return shape.rule
    every = f";INTERVAL={shape.every}" if shape.every > 1 else ""
    if isinstance(shape, Weekly):
        return f"FREQ=WEEKLY{every};BYDAY=" + ",".join(CODES[day] for day in shape.days)
    days = ",".join(f"{nth.nth}{CODES[nth.weekday]}" for nth in shape.days)
    return f"FREQ=MONTHLY{every};BYDAY={days}"


def rule_of(rhythm: Rhythm) -> str:
    """The RRULE value with UNTIL (UTC, as RFC 5545 asks beside a zone) or COUNT; or RDATE."""
    text = shape_text(rhythm.shape)
    if isinstance(rhythm.shape, Chosen):
        return text
    if rhythm.times is not None:
        text += f";COUNT={rhythm.times}"
    elif rhythm.until is not None:
        text += f";UNTIL={instant_of(rhythm.until, EVENING, rhythm.zone):%Y%m%dT%H%M%SZ}"
    return text


def shape_from_rule(text: str, starts: date) -> Shape:
    """The shape of an RRULE value or "RDATE:…"; `starts` fills what the rule leaves open.

    Raises NotARhythm with words for people.
    """
    text = text.strip().upper()
    if text.startswith("RDATE:"):
        return Chosen(tuple(_day(part) for part in text[6:].split(",")))
    parts = _parts(text)
    rest = {k: v for k, v in parts.items() if k not in {"UNTIL", "COUNT"}}
    every = _number(rest.get("INTERVAL", "1"))
    if not 1 <= every <= MOST_EVERY:  # dateutil would turn for ever on 0
        raise NotARhythm(_("We cannot read that rule."))
    plain = {k: v for k, v in rest.items() if k not in {"INTERVAL", "FREQ"}}
    alone = plain.get("BYDAY", CODES[starts.weekday()]) == CODES[starts.weekday()]
    if every == 1 or alone or plain.get("WKST") == "MO":
        plain.pop("WKST", None)  # where weeks begin makes no difference
    usual = _usual(rest["FREQ"], plain, every, starts)
    return usual or _other(rest, starts)


def _usual(freq: str, plain: dict[str, str], every: int, starts: date) -> Shape | None:
    """Weekly and nth weekday of the month, in the ways calendars write them."""
    keys = set(plain)
    if keys <= {"BYDAY"} and (freq == "WEEKLY" or (freq == "DAILY" and every == 1)):
        default = CODES[starts.weekday()] if freq == "WEEKLY" else ",".join(CODES)
        days = _weekdays(plain.get("BYDAY", default))
        if all(nth == 0 for nth, _day in days):
            return Weekly(tuple(day for _nth, day in days), every)
    if freq == "MONTHLY" and keys in ({"BYDAY"}, {"BYDAY", "BYSETPOS"}):
        return _monthly(_weekdays(plain["BYDAY"]), plain.get("BYSETPOS"), every)
    return None


def _monthly(days: list[tuple[int, int]], position: str | None, every: int) -> Monthly | None:
    if position is not None:
        if len(days) != 1 or days[0][0]:
            return None
        days = [(_number(part), days[0][1]) for part in position.split(",")]
    if all(1 <= abs(nth) <= 5 for nth, _day in days):  # noqa: PLR2004 -- weeks of a month
        return Monthly(tuple(Nth(nth, day) for nth, day in days), every)
    return None


def _other(parts: dict[str, str], starts: date) -> Other:
    if parts["FREQ"] not in {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}:
        raise NotARhythm(_("Meetings more often than daily are not possible here."))
    if {"BYHOUR", "BYMINUTE", "BYSECOND"} & set(parts):
        raise NotARhythm(_("A rhythm has one time of the day."))
    rule = ";".join(f"{key}={value}" for key, value in parts.items())
    try:
        rrulestr(rule, dtstart=datetime.combine(starts, time()))
    except (ValueError, TypeError, IndexError, KeyError, AttributeError) as error:
        raise NotARhythm(_("We cannot read that rule.")) from error
    return Other(rule)


def rhythm_from_rule(
    text: str, *, starts: date, at: time, minutes: int, zone: str, left_out: tuple[date, ...] = ()
) -> Rhythm:
    """A rhythm from an RRULE value; `left_out` are EXDATEs as days. Raises NotARhythm."""
    shape = shape_from_rule(text, starts)
    parts = {} if isinstance(shape, Chosen) else _parts(text.strip().upper())
    until = _until(parts["UNTIL"], at, zone) if "UNTIL" in parts else None
    if until is not None and until > LATEST:
        until = None  # calendars write 9999 for "never"
    times = _number(parts["COUNT"]) if "COUNT" in parts else None
    return Rhythm(shape, starts, at, minutes, zone, until, times, pauses_of(left_out))


def _until(text: str, at: time, zone: str) -> date:
    """UNTIL as our last day: a meeting of that day counts if it begins at or before it."""
    day = _day(text)
    if len(text) == COMPACT_DAY:
        return day
    try:
        end = datetime.strptime(text.rstrip("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007 -- zone below
    except ValueError as error:
        raise NotARhythm(_("We cannot read that rule.")) from error
    if text.endswith("Z"):
        local = Instant(end.replace(tzinfo=UTC)).to_tz(zone)
        day = local.date().to_stdlib()
        reached = instant_of(day, at, zone) <= end.replace(tzinfo=UTC)
    else:
        reached = at <= end.time()
    return day if reached else day - timedelta(days=1)


def lines_of(rhythm: Rhythm) -> list[str]:
    """The unfolded content lines of a VEVENT: DTSTART, DURATION, RRULE or RDATE, EXDATE.

    DTSTART is the first date of the rule, as RFC 5545 wants it. Empty if the rule has none.
    """
    unpaused = Rhythm(
        rhythm.shape, rhythm.starts, rhythm.at, rhythm.minutes, rhythm.zone, rhythm.until,
        rhythm.times,
    )  # fmt: skip
    begin = next(days_of(unpaused, rhythm.starts, date(9990, 1, 1)), None)
    if begin is None:
        return []
    stamp = f";TZID={rhythm.zone}:"
    lines = [f"DTSTART{stamp}{_stamp(begin, rhythm)}", f"DURATION:PT{rhythm.minutes}M"]
    if isinstance(rhythm.shape, Chosen):
        days = list(days_of(unpaused, begin, rhythm.shape.days[-1]))
        lines.append(f"RDATE{stamp}" + ",".join(_stamp(day, rhythm) for day in days))
    else:
        lines.append("RRULE:" + rule_of(rhythm))
    paused = [day for pause in rhythm.pauses for day in days_of(unpaused, pause.first, pause.last)]
    if paused:
        gone = ",".join(_stamp(day, rhythm) for day in sorted(set(paused)))
        lines.append(f"EXDATE{stamp}{gone}")
    return lines


def rhythm_from_lines(lines: list[str]) -> Rhythm:
    """A rhythm from content lines as `lines_of` and calendars write them. Raises NotARhythm."""
    found: dict[str, list[str]] = {}
    zone = "UTC"
    for line in lines:
        head, _colon, value = line.strip().partition(":")
        name, *parameters = head.split(";")
        found.setdefault(name.upper(), []).append(value)
        if name.upper() == "DTSTART":
            named = [p[5:] for p in parameters if p.upper().startswith("TZID=")]
            zone = named[0].strip('"') if named else zone
    start = found.get("DTSTART", [""])[0]
    if not re.fullmatch(r"\d{8}T\d{6}Z?", start):
        raise NotARhythm(_("A rhythm needs a first day and a time."))
    starts, at = _day(start), _time(start)
    gone = tuple(_day(part) for value in found.get("EXDATE", []) for part in value.split(","))
    extra = [_day(part) for value in found.get("RDATE", []) for part in value.split(",")]
    if "RRULE" in found:
        rule = found["RRULE"][0]
    else:
        rule = "RDATE:" + ",".join(f"{day:%Y%m%d}" for day in {starts, *extra})
    minutes = _minutes(found.get("DURATION", ["PT60M"])[0])
    return rhythm_from_rule(rule, starts=starts, at=at, minutes=minutes, zone=zone, left_out=gone)


def _stamp(day: date, rhythm: Rhythm) -> str:
    return f"{day:%Y%m%d}T{rhythm.at:%H%M%S}"


def _parts(text: str) -> dict[str, str]:
    text = text.removeprefix("RRULE:")
    parts = dict(part.split("=", 1) for part in text.split(";") if "=" in part)
    if "FREQ" not in parts or (parts.keys() >= {"UNTIL", "COUNT"}):
        raise NotARhythm(_("We cannot read that rule."))
    return parts


def _weekdays(text: str) -> list[tuple[int, int]]:
    """(nth or 0, weekday) of each part of BYDAY."""
    found = [BYDAY.fullmatch(part) for part in text.split(",")]
    if not all(found):
        raise NotARhythm(_("We cannot read that rule."))
    return [(int(m[1] or 0), CODES.index(m[2])) for m in found if m]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip()[:COMPACT_DAY])
    except ValueError as error:
        raise NotARhythm(_("We cannot read that date.")) from error


def _time(stamp: str) -> time:
    try:
        return time.fromisoformat(stamp[9:15])
    except ValueError as error:
        raise NotARhythm(_("That is no time of the day.")) from error


def _minutes(text: str) -> int:
    match = DURATION.fullmatch(text.strip().upper())
    if not match:
        raise NotARhythm(_("We cannot read how long it lasts."))
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return ((weeks * 7 + days) * 24 + hours) * 60 + minutes + seconds // 60


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise NotARhythm(_("We cannot read that rule.")) from error
