"""The opening gate, at every address: while the doors are closed no group of ours is to be found.

Before they first open, by nobody who does not work here. After they were closed again, by nobody
without a place or an account; whoever has one still finds their group, and nobody comes in.
"""

import pytest

from holdspace.groups.rules import is_taking_people
from holdspace.kit import scope
from holdspace.ledger.acts import SYSTEM, outside_act
from holdspace.organisations.actions import close_doors
from holdspace.organisations.models import Organisation
from sweeps.doors import answer, body, doors

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
OUTSIDE = ["nobody", "foreign person", "foreign person at our door"]
# By a link of one's own: which group one asked; which one was asked into, and that leads nowhere;
# calendars at their secret addresses, of groups that one has a place in.
BY_LINK = {"directory:asked", "members:invitation", "meetings:group_feed", "web:calendar"}


def _found(world, roles):
    """Where somebody meets a group's name, or an address of one."""
    named = [world.here.name, world.there.name, f"groups/{world.here.code}"]
    found = []
    for door in doors():
        path = door.path(door.live(world))
        for role in roles:
            for method in ("get", "post"):
                response = answer(world.clients[role], method, path)
                said = body(response, path).decode(errors="replace")
                said += response.headers.get("Location", "").replace(path, "")
                found += [f"{door.name} {method} as {role}: {n}" for n in named if n in said]
    return sorted({one for one in found if one.split()[0] not in BY_LINK})


def test_before_the_doors_first_open_nobody_finds_a_group(world):
    assert _found(world, ["nobody"]) != []
    with outside_act("the gate was never passed"):
        Organisation.objects.filter(id=world.home.id).update(opened_on=None)
    assert "\n".join(_found(world, [*OUTSIDE, "stranger"])) == ""


def test_after_they_were_closed_again_nobody_comes_in(world):
    with scope.entered(world.home.id):
        close_doors(by=SYSTEM, organisation=world.home, reason="the safety lead left")
        world.here.refresh_from_db()
        assert not is_taking_people(world.here)
    assert "\n".join(_found(world, OUTSIDE)) == ""
