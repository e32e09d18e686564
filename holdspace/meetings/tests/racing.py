"""Fifty people reach for the last seats at once, each on a connection of their own.

`main`, in a process of its own, does so on a SQLite file and prints what came of it.
"""

import json
import threading
from collections import Counter
from copy import copy
from functools import partial
from typing import Any

from django.db import connections

from holdspace.kit import clock, scope
from holdspace.kit.guard import Refused
from holdspace.meetings import actions
from holdspace.meetings.models import Meeting, Seat

RUNNERS = 50


def race(meeting: Meeting, members: list[Any], presses: int = 1) -> Counter[str]:
    """Everybody takes a seat at the same moment, `presses` times; counts what they were told."""
    told: Counter[str] = Counter()
    lock, line = threading.Lock(), threading.Barrier(len(members) * presses)
    now = clock.now()

    def run(member: Any) -> None:
        with scope.entered(meeting.organisation_id), clock.at(now):
            line.wait(30)
            try:
                actions.take_seat(by=member, meeting=meeting)
                word = "seat"
            except Refused:
                word = "full"
            except Exception as fault:  # noqa: BLE001 -- counted and shown
                word = type(fault).__name__
            finally:
                connections.close_all()
        with lock:
            told[word] += 1

    threads = [threading.Thread(target=run, args=(m,)) for m in members for _ in range(presses)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return told


def leave_while_taking(meeting: Meeting, members: list[Any]) -> Counter[str]:
    """Everybody leaves, or is let go of, in the moment they take a seat; counts what came of it."""
    from holdspace.ledger.acts import SYSTEM
    from holdspace.members.actions import leave_group
    from holdspace.members.tests.racing import together

    def go(member: Any) -> None:
        leave_group(by=member)
        actions.release_seats(by=SYSTEM, member=member.pk)  # as the task does, at once

    def take(member: Any) -> None:
        actions.take_seat(by=member, meeting=meeting)

    runs = [partial(do, copy(member)) for member in members for do in (go, take)]
    return together(meeting.organisation, runs)


def main() -> None:
    """The race on whatever database the environment leads to; prints what came of it."""
    from django.core.management import call_command

    from holdspace.ledger.acts import SYSTEM, outside_act
    from holdspace.organisations.actions import open_demonstration
    from holdspace.organisations.tests.factories import an_organisation
    from holdspace.vault import rootkey
    from holdspace.vault.scopes import ensure_installation

    rootkey.ensure()
    for alias in ("default", "keys"):
        call_command("migrate", database=alias, verbosity=0)
    with outside_act("a race"):
        ensure_installation()
    organisation = an_organisation()
    with scope.entered(organisation.id), clock.at(clock.now()):
        open_demonstration(by=SYSTEM, organisation=organisation)
        meeting, members = runners()
        told = race(meeting, members)
        print(json.dumps({**told, "rows": Seat.objects.count()}))  # noqa: T201 -- its answer


def runners(seats: int = 12) -> tuple[Meeting, list[Any]]:
    """A meeting with too few seats, and fifty members of its group."""
    import datetime as dt

    from holdspace.groups.tests.factories import a_group
    from holdspace.meetings.rhythm import Weekly
    from holdspace.meetings.tests.factories import a_member, a_series, first_meeting, tuesdays

    group = a_group("Crowded", ceiling=60)
    rhythm = tuesdays(starts=clock.today() + dt.timedelta(days=1), shape=Weekly(tuple(range(7))))
    meeting = first_meeting(a_series(group, rhythm, seats=seats))
    return meeting, [a_member(group)[1] for _ in range(RUNNERS)]
