"""Many people reach for the last places at once, each on a connection of their own.

`main`, in a process of its own, does so on a SQLite file and prints what came of it.
"""

import json
import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.db import connections

from holdspace.groups.tests.factories import a_group
from holdspace.kit import clock, scope
from holdspace.kit.guard import Refused
from holdspace.members import actions
from holdspace.members.models import Member, Ring, Waiting
from holdspace.members.tests.factories import a_person, joined

RUNNERS, PLACES = 50, 12


def together(organisation: Any, runs: list[Callable[[], Any]]) -> Counter[str]:
    """Run all at the same moment; counts what each was told."""
    told: Counter[str] = Counter()
    lock, line = threading.Lock(), threading.Barrier(len(runs))
    now = clock.now()

    def go(run: Callable[[], Any]) -> None:
        with scope.entered(organisation.id), clock.at(now):
            line.wait(30)
            try:
                run()
                word = "done"
            except Refused:
                word = "refused"
            except Exception as fault:  # noqa: BLE001 -- counted and shown
                word = f"{type(fault).__name__}: {fault}"[:120]
            finally:
                connections.close_all()
        with lock:
            told[word] += 1

    threads = [threading.Thread(target=go, args=(run,)) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(90)
    return told


def reach_for_places(organisation: Any) -> dict[str, Any]:
    """Fifty people join a group of twelve at once; those refused wait; eight leave at once."""
    group = a_group("Crowded", ceiling=PLACES)
    people = [a_person(organisation) for _ in range(RUNNERS)]
    fresh = type(group).objects
    joins = together(organisation, [lambda p=p: joined(p, fresh.get(id=group.id)) for p in people])
    inside = list(Member.objects.filter(group=group).select_related("group"))
    outside = [p for p in people if p.holder.tag(group.id) not in {m.holder for m in inside}]
    waits = together(
        organisation,
        [lambda p=p: actions.wait(by=p, group=fresh.get(id=group.id)) for p in outside],
    )
    leaves = together(organisation, [lambda m=m: actions.leave_group(by=m) for m in inside[:8]])
    ring = Ring.objects.get(group=group)
    line = Waiting.objects.filter(group=group).order_by("number")
    offered = [w.number for w in line if w.standing == "offered"]
    return {
        "joins": dict(joins),
        "waits": dict(waits),
        "leaves": dict(leaves),
        "taken": ring.taken,
        "kept": ring.kept,
        "here": Member.objects.filter(group=group, standing="joined").count(),
        "numbers": [w.number for w in line] == list(range(1, len(outside) + 1)),
        "offered": offered,
    }


WHAT_MUST_COME_OF_IT = {
    "joins": {"done": PLACES, "refused": RUNNERS - PLACES},
    "waits": {"done": RUNNERS - PLACES},
    "leaves": {"done": 8},
    "taken": PLACES - 8,
    "kept": 8,
    "here": PLACES - 8,
    "numbers": True,
    "offered": list(range(1, 9)),
}


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
        print(json.dumps(reach_for_places(organisation)))  # noqa: T201 -- its answer
