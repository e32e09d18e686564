"""The clock's tasks: from a rhythm in words to slots, each a row that exists once.

There is always one row per clock task. When its slot is done, the same transaction deletes it and
puts the next one in, so two workers can neither both run a slot nor begin it again.
"""

import datetime as dt
import re

from django.db import transaction

from holdspace.kit import clock
from holdspace.ledger.acts import outside_act
from holdspace.ledger.events import registered
from holdspace.ledger.models import Task

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_EVERY = re.compile(r"(?P<count>[1-9]\d*)(?P<unit>[smhd])")
_AT = re.compile(r"(?:day|week (?P<day>[a-z]{3})) (?P<hour>\d\d):(?P<minute>\d\d)")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_EPOCH = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)  # a Monday


def next_slot(rhythm: str, after: dt.datetime) -> dt.datetime:
    """The first slot later than `after`: "10m" on whole tens, "day 03:00", "week mon 03:00".

    All in UTC. Raises ValueError for a rhythm we do not know.
    """
    period, offset = _period(rhythm)
    done = (after - _EPOCH - offset) // period
    return _EPOCH + offset + (done + 1) * period


def _period(rhythm: str) -> tuple[dt.timedelta, dt.timedelta]:
    if found := _EVERY.fullmatch(rhythm):
        seconds = int(found["count"]) * _SECONDS[found["unit"]]
        return dt.timedelta(seconds=seconds), dt.timedelta()
    if found := _AT.fullmatch(rhythm):
        at = dt.timedelta(hours=int(found["hour"]), minutes=int(found["minute"]))
        if at >= dt.timedelta(days=1) or int(found["minute"]) > 59:  # noqa: PLR2004
            raise ValueError(f"no such time of day: {rhythm!r}")
        if not found["day"]:
            return dt.timedelta(days=1), at
        return dt.timedelta(days=7), dt.timedelta(days=DAYS.index(found["day"])) + at
    raise ValueError(f"no such rhythm: {rhythm!r}")


def _row(name: str, due: dt.datetime, slot: str = "") -> Task:
    return Task(name=name, slot=slot or due.strftime("%Y-%m-%dT%H:%M:%SZ"), due=due)


def follow(task: Task) -> None:
    """Put the slot after a finished one in its place; missed slots are passed over."""
    rhythm = registered()[1].get(task.name)
    if rhythm:
        due = next_slot(rhythm, max(clock.now(), task.due))
        Task.objects.bulk_create([_row(task.name, due)], ignore_conflicts=True)


def plant() -> None:
    """When a worker starts: every clock task has its row, and no row is without its task.

    A task seen for the first time is due at its next slot, one with an interval at once.
    """
    now = clock.now()
    rhythms = registered()[1]
    with outside_act("the schedule"), transaction.atomic():
        slots = Task.objects.filter(slot__isnull=False)
        slots.exclude(name__in=rhythms).delete()
        known = set(slots.values_list("name", flat=True))
        for name, rhythm in rhythms.items():
            due = next_slot(rhythm, now)
            if name in known:
                slots.filter(name=name, due__gt=due).update(due=due)
            else:
                first = now if _EVERY.fullmatch(rhythm) else due
                Task.objects.bulk_create([_row(name, first, "first")], ignore_conflicts=True)
