"""The worker: takes task after task, keeps its lease and its pulse, stops when told."""

import contextvars
import logging
import time
from threading import Event, Thread

from django.db import Error, close_old_connections, connections

from holdspace.kit import clock
from holdspace.ledger import queue, schedule
from holdspace.ledger.acts import outside_act
from holdspace.ledger.events import registered
from holdspace.ledger.models import Pulse, Task

log = logging.getLogger("holdspace.worker")

IDLE = 0.5  # seconds between looks when nothing is due
BEAT = 15.0  # seconds between two beats; a lease outlives three missed ones
RECENT = 60.0  # seconds after which the pulse counts as gone
LONGEST = 3600.0  # seconds after which a task is taken to hang and its lease is let go


def run_one() -> bool:
    """Do one task if one is due; whether there was one. A task's fault is logged, not raised."""
    task = queue.claim()
    if task is None:
        return False
    _run(task)
    return True


def _run(task: Task) -> None:
    try:
        contextvars.copy_context().run(queue.perform, task)
    except Exception:
        log.exception("task %s failed, try %d", task.name, task.tries)
        queue.put_back(task)


def run_due(most: int = 10_000) -> int:
    """Do everything that is due now, for tests and the demonstration; how many there were."""
    done = 0
    while done < most and run_one():
        done += 1
    return done


def hear_now(event: str) -> int:
    """Do what listens to an event and is due, in this process; how much there was.

    What fails stays for the worker, which tries it again.
    """
    names, done = registered()[2].get(event, []), 0
    while task := queue.claim(names):
        _run(task)
        done += 1
    return done


class Worker:
    """One process's loop. `stop` may be set from a signal or another thread."""

    def __init__(self) -> None:
        self.stop = Event()
        self.task: Task | None = None
        self.since = 0.0

    def run(self) -> None:
        """Until told to stop; a database that is away is waited for."""
        beating = Thread(target=self._beat, daemon=True, name="pulse")
        planted = False
        while not self.stop.is_set():
            try:
                if not planted:
                    schedule.plant()
                    beating.start()
                    planted = True
                if not self._one():
                    self.stop.wait(IDLE)
            except Error:
                log.exception("the database is away")
                close_old_connections()
                self.stop.wait(BEAT / 3)
        connections.close_all()

    def _one(self) -> bool:
        task = queue.claim()
        if task is None:
            return False
        self.task, self.since = task, time.monotonic()
        try:
            _run(task)
        finally:
            self.task = None
        return True

    def _beat(self) -> None:
        while True:
            try:
                beat()
                task = self.task
                if task and time.monotonic() - self.since < LONGEST:
                    self._renew(task)
            except Error:
                close_old_connections()
            if self.stop.wait(BEAT):
                connections.close_all()
                return

    def _renew(self, task: Task) -> None:
        if not queue.in_one_transaction(task):  # a listener's row is locked, not only leased
            queue.renew(task)


def beat() -> None:
    """Say that a worker is alive."""
    with outside_act("the worker's pulse"):
        Pulse.objects.update_or_create(name="worker", defaults={"at": clock.now()})


def alive() -> bool:
    """Whether some worker beat recently."""
    at = Pulse.objects.filter(name="worker").values_list("at", flat=True).first()
    return at is not None and (clock.now() - at).total_seconds() < RECENT
