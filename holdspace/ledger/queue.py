"""Tasks as rows: claimed under a lease, tried again with growing pauses, deleted when done.

A listener (`@after`) runs in the transaction that deletes its row: what it does to the database
happens exactly once, killed workers included. It must be short and must not touch the network;
for that it queues a `@later` task. Clock and later tasks run outside of a transaction (they may be
long, they may send) and can therefore run twice: their acts must bear it.
"""

import datetime as dt
from collections.abc import Callable
from random import SystemRandom

from django.db import transaction
from django.db.models import F, Q, QuerySet

from holdspace.kit import clock
from holdspace.ledger import schedule
from holdspace.ledger.acts import outside_act
from holdspace.ledger.events import registered
from holdspace.ledger.models import Task

LEASE = dt.timedelta(seconds=60)
FIRST_PAUSE = dt.timedelta(seconds=5)
LONGEST_PAUSE = dt.timedelta(hours=6)
SLOT_TRIES = 3  # then the next slot is soon enough
UNKNOWN_TRIES = 10  # a name no code answers to: an older version's, dropped after about a day
MOST_TRIES = 60  # about 14 days, the longest that privacy.toml allows

_chance = SystemRandom()


def _free(now: dt.datetime) -> QuerySet[Task]:
    unleased = Q(leased_until__isnull=True) | Q(leased_until__lt=now)
    return Task.objects.filter(unleased, due__lte=now)


def waiting() -> int:
    """How many tasks are due and in nobody's hands."""
    return _free(clock.now()).count()


def claim(names: list[str] | None = None) -> Task | None:
    """Take the task that has been due longest, under a lease; None when nothing is due.

    `names` are the only tasks wanted.
    """
    now = clock.now()
    free = _free(now) if names is None else _free(now).filter(name__in=names)
    if not free.exists():  # reading takes no lock: an idle worker disturbs nobody
        return None
    with outside_act("claiming a task"), transaction.atomic():
        task = free.select_for_update(skip_locked=True).order_by("due").first()
        if task:
            task.leased_until = now + LEASE
            task.tries += 1
            task.save(update_fields=["leased_until", "tries"])
    return task


def renew(task: Task) -> None:
    """Keep the lease of a task that takes long."""
    with outside_act("renewing a lease"):
        Task.objects.filter(id=task.id, tries=task.tries).update(leased_until=clock.now() + LEASE)


def in_one_transaction(task: Task) -> bool:
    """Whether the task is a listener, run in the transaction that deletes its row."""
    return any(task.name in names for names in registered()[2].values())


def perform(task: Task) -> None:
    """Run a claimed task and delete its row. Whatever the task raises comes out again."""
    call = registered()[0].get(task.name)
    if call is None:
        raise LookupError(task.name)
    if in_one_transaction(task):
        _perform_as_one(task, call)
    else:
        call(**task.facts)
        with outside_act("a task is done"), transaction.atomic():
            if _mine(task).delete()[0]:
                schedule.follow(task)


def _mine(task: Task) -> QuerySet[Task]:
    """The task's row, unless somebody else has claimed it since."""
    return Task.objects.filter(id=task.id, tries=task.tries)


def _perform_as_one(task: Task, call: Callable[..., None]) -> None:
    with transaction.atomic():
        if not _mine(task).select_for_update().exists():
            return
        call(**task.facts)
        with outside_act("a task is done"):
            _mine(task).delete()


def _most_tries(task: Task) -> int:
    if task.slot:
        return SLOT_TRIES
    return MOST_TRIES if task.name in registered()[0] else UNKNOWN_TRIES


def put_back(task: Task) -> None:
    """After a failure: again later, with a pause that grows four times each try; or given up."""
    with outside_act("a task failed"), transaction.atomic():
        if task.tries >= _most_tries(task):
            if _mine(task).delete()[0]:
                schedule.follow(task)
        else:
            _mine(task).update(due=clock.now() + pause(task.tries), leased_until=None)


def pause(tries: int) -> dt.timedelta:
    """How long to wait after so many tries, give or take a fifth."""
    times: int = 4 ** min(tries - 1, 10)
    return min(FIRST_PAUSE * times, LONGEST_PAUSE) * _chance.uniform(0.8, 1.2)


def stuck() -> list[tuple[str, int]]:
    """Name and tries of tasks that failed more than three times, worst first."""
    failing = Task.objects.filter(tries__gt=SLOT_TRIES).order_by(F("tries").desc())
    return list(failing.values_list("name", "tries"))
