"""The days of a rhythm, by arithmetic on day numbers for the usual shapes.

Nothing is unfolded from the beginning: a weekly rhythm of ten years jumps to the week asked for.
Dates before the year 1 or after 9999 do not come up: `last` bounds every walk.
"""

from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice

from dateutil.rrule import rrulestr

from holdspace.meetings.rhythm.shapes import Chosen, Monthly, Nth, Other, Rhythm, Weekly

WEEK = 7
MONTHS = 12
DECEMBER = 12


def days_of(rhythm: Rhythm, first: date, last: date) -> Iterator[date]:
    """The rhythm's days from `first` to `last`, both included, in order, pauses left out."""
    if rhythm.until is not None:
        last = min(last, rhythm.until)
    first = max(first, rhythm.starts)
    if first > last:
        return iter(())
    days = _counted(rhythm, first, last)
    return (day for day in days if not rhythm.is_paused(day)) if rhythm.pauses else days


def _counted(rhythm: Rhythm, first: date, last: date) -> Iterator[date]:
    """Dates of the rule, stopped after `times`, before pauses are taken out."""
    if isinstance(rhythm.shape, Weekly):
        return _weekly(rhythm.shape, rhythm, first, last)
    if rhythm.times is None:
        return _uncounted(rhythm, first, last)
    counted = islice(_uncounted(rhythm, rhythm.starts, last), rhythm.times)
    return (day for day in counted if day >= first)


def _uncounted(rhythm: Rhythm, first: date, last: date) -> Iterator[date]:
    """Every date of the rule in the span; weekly ones are counted where they are made."""
    shape = rhythm.shape
    if isinstance(shape, Monthly):
        return _monthly(shape, rhythm.starts, first, last)
    if isinstance(shape, Chosen):
        return (day for day in shape.days if first <= day <= last)
    if isinstance(shape, Other):
        return _other(shape, rhythm.starts, first, last)
    return _weekly(shape, rhythm, first, last)


def _weekly(shape: Weekly, rhythm: Rhythm, first: date, last: date) -> Iterator[date]:
    """Jump to the first week that counts; the number of dates before it is arithmetic too."""
    start = rhythm.starts.toordinal()
    monday = start - rhythm.starts.weekday()
    step = WEEK * shape.every
    rounds = max(0, (first.toordinal() - monday) // step)
    number = len(shape.days) * rounds
    number -= sum(day < start - monday for day in shape.days)
    most = rhythm.times
    begin, end = first.toordinal(), last.toordinal()
    week = monday + rounds * step
    while week <= end:
        for day in shape.days:
            ordinal = week + day
            if ordinal < start:
                number += 1
                continue
            if ordinal > end or (most is not None and number >= most):
                return
            number += 1
            if ordinal >= begin:
                yield date.fromordinal(ordinal)
        week += step


def _monthly(shape: Monthly, starts: date, first: date, last: date) -> Iterator[date]:
    begin = starts.year * MONTHS + starts.month - 1
    month = first.year * MONTHS + first.month - 1
    month += -(month - begin) % shape.every
    while month <= last.year * MONTHS + last.month - 1:
        year, index = divmod(month, MONTHS)
        found = {day for nth in shape.days if (day := nth_weekday(year, index + 1, nth))}
        for day in sorted(found):
            if first <= day <= last:
                yield day
        month += shape.every


def nth_weekday(year: int, month: int, nth: Nth) -> date | None:
    """The nth such weekday of a month, counted from its end when negative; none if it has none."""
    if nth.nth > 0:
        head = date(year, month, 1)
        number = (nth.weekday - head.weekday()) % WEEK + WEEK * (nth.nth - 1) + 1
    else:
        number = month_length(year, month)
        tail = date(year, month, number)
        number -= (tail.weekday() - nth.weekday) % WEEK + WEEK * (-nth.nth - 1)
    return date(year, month, number) if 1 <= number <= month_length(year, month) else None


def month_length(year: int, month: int) -> int:
    """Days in the month."""
    head = date(year, month, 1)
    after = date(year + month // DECEMBER, month % DECEMBER + 1, 1)
    return (after - head).days


def _other(shape: Other, starts: date, first: date, last: date) -> Iterator[date]:
    """By dateutil, on days alone; a rule that falls several times a day counts once."""
    rule = rrulestr(shape.rule, dtstart=datetime.combine(starts, time()))
    bounded = rule.replace(until=datetime.combine(last, time.max))  # type: ignore[union-attr]
    before = None
    for moment in bounded:
        day = moment.date()
        if day >= first and day != before:
            yield day
        before = day
