"""Pages with lists cost the same whether the lists are short or long, and at most eight queries."""

from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from holdspace.directory.actions import ask
from holdspace.groups import actions as groups
from holdspace.groups.tests.factories import a_group
from holdspace.kit import scope
from holdspace.kit.weave import offer
from holdspace.ledger.acts import SYSTEM
from holdspace.meetings import actions as meetings
from holdspace.meetings.models import Meeting
from holdspace.meetings.tests.factories import a_series
from holdspace.members import actions as members
from holdspace.members.tests.factories import a_person, a_visit
from holdspace.staff.tests.factories import a_staff_account
from holdspace.threads import actions as threads
from holdspace.threads.queries import post_at, thread_at
from sweeps.doors import answer, doors
from sweeps.small_world import World, reads

pytestmark = pytest.mark.django_db
MOST = 8
# Pages that cost more, with what they cost and why; nothing else may.
MORE: dict[str, tuple[int, str]] = {
    "members:visit_ask": (9, "dates, visits to each, names, who leads, and what is agreed"),
    "members:unused": (9, "members, their seats and words, and whether accounts keep a way back"),
    "members:rename": (9, "names and pictures of those here, one's own, who leads"),
    "web:work": (11, "every group led with its door, next meeting and longest wait; lines of help"),
    "organisations:opening": (10, "every check of the gate asks its own room"),
    "web:calendar": (9, "with a sign-in and its roles, which programs that fetch it do not bring"),
    "directory:group": (12, "neighbours, meetings, ring, agreement, leaders; may one come"),
}
LOOKERS = ("nobody", "visitor", "member", "facilitator", "coordinator")


def _longer(world: World) -> None:
    """Two more of everything that stands in a list."""
    with scope.entered(world.home.id):
        groups.change_group(by=SYSTEM, group=world.here, ceiling=40)
        for number in range(2):
            _one_more(world, number)


def _one_more(world: World, number: int) -> None:
    lead, member = world.viewers["facilitator"], world.viewers["member"]
    draft = {"alias": f"Moth {'ab'[number]}{'ab'[number]}", "seed": offer(1)[0], "agreement": 2}
    viewer = a_person(world.home)
    asked = members.apply(by=viewer, group=world.here, answers=[["Why?", "So."]], draft=draft)
    members.approve_application(by=lead, application=asked)
    joined = members.join_group(
        by=viewer, group=world.here, affirmed="18 or over", sure=True, **draft
    )
    first = Meeting.objects.filter(group=world.here, number=world.instances["meeting"]).get()
    meetings.take_seat(by=joined, meeting=first)
    more = {**draft, "alias": f"Newt {'ab'[number]}{'ab'[number]}"}
    members.apply(by=a_person(world.home), group=world.here, answers=[["Why?", "So."]], draft=more)
    a_visit(world.here)
    members.invite(by=lead, group=world.here)
    ask(by=member, words="Is there a lift?", group=world.here)
    groups.add_topic(by=SYSTEM, organisation=world.home.id, name=f"Topic {number}")
    a_staff_account("facilitator", name=f"Colleague {number}")
    a_series(world.here, introductory=True)
    group = a_group(f"One More {number}")
    a_series(group)
    _say_more(world, viewer, number)
    members.join_group(
        by=member, group=group, alias=f"Elm {number}", seed=offer(1)[0], agreement=1,
        affirmed="18 or over", sure=True,
    )  # fmt: skip
    staff = world.clients["facilitator"].staff
    groups.name_leader(by=SYSTEM, group=group, staff=staff)
    groups.name_leader(by=SYSTEM, group=world.here, staff=a_staff_account("facilitator"))


def _say_more(world: World, viewer: Any, number: int) -> None:
    """Another conversation, and an answer with a quote and a support in the one that is opened."""
    threads.open_thread(by=viewer, group=world.here, title=f"Another {number}", words="Words")
    first = thread_at(world.here, world.instances["thread"], viewer=viewer)
    threads.post_reply(by=viewer, thread=first, words="I know it", quotes=1)
    said = post_at(world.here, first.number, 1, viewer=viewer).posts[0].post
    threads.support(by=viewer, post=said, kind="with-you")
    for role in ("member", "facilitator"):
        reads(world, role, first.number)


def _costs(world: World) -> dict[str, int]:
    """Queries of each page that is shown, session and keys included."""
    costs = {}
    for door in doors():
        for role in LOOKERS:
            path = door.path(door.live(world))
            answer(world.clients[role], "get", path)  # what a process remembers is warm
            with (
                CaptureQueriesContext(connections["default"]) as content,
                CaptureQueriesContext(connections["keys"]) as keys,
            ):
                response: Any = answer(world.clients[role], "get", path)
            if response.status_code == 200:
                costs[f"{door.name} as {role}"] = _asked(content) + _asked(keys)
    return costs


def _asked(captured: CaptureQueriesContext) -> int:
    return sum(1 for query in captured.captured_queries if "SAVEPOINT" not in query["sql"])


@pytest.mark.slow
def test_a_longer_list_costs_no_more(world):
    before = _costs(world)
    _longer(world)
    after = _costs(world)
    grown = {k: (before[k], after[k]) for k in before if k in after and after[k] > before[k]}
    dear = {
        page: cost
        for page, cost in after.items()
        if cost > max(MOST, MORE.get(page.split(" as ")[0], (0, ""))[0])
    }
    assert (grown, dear) == ({}, {})
