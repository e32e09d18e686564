"""Every address by every role, at every time of membership, by GET and POST (N33, N34).

What each may see is written down in access.toml, by people who read the views: an address without
a line fails, and so does a line without an address. What somebody may not see answers exactly as
what never was, writes nothing, and no word from inside is ever in an answer to others.
"""

import datetime as dt
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from holdspace.groups import actions as groups
from holdspace.kit import clock, scope
from holdspace.ledger.acts import SYSTEM
from sweeps.doors import Door, answer, body, doors, outcome
from sweeps.small_world import CANARIES, World

pytestmark = pytest.mark.django_db
TABLE = tomllib.loads((Path(__file__).parent / "access.toml").read_text())
WHO: dict[str, list[str]] = TABLE["who"]
OUTCOMES = ("page", "on", "sign-in", "no", "none", "method", "503")
WRITES = ("INSERT", "UPDATE", "DELETE")
BY_LINK = "directory:asked"  # a private link, followed here by everybody


def _roles(names: list[str]) -> Iterator[str]:
    for name in names:
        yield from WHO.get(name, [name])


Table = dict[str, dict[str, str]]


def _expected(world: World, state: str = "open") -> Table:
    """Address and method, to role, to what is to happen; `else` is for all that are not named."""
    table: Table = {}
    for line in TABLE["line"]:
        row = _named(line, dict.fromkeys(world.clients, line.get("else", "none")))
        for address in line["at"]:
            assert address not in table, f"{address} has two lines in access.toml"
            table[address] = row
    for line in TABLE["then"]:
        if state in line["when"]:
            for address in line["at"]:
                before = table[address]
                table[address] = _named(
                    line, dict.fromkeys(before, line["else"]) if "else" in line else before
                )
                assert table[address] != before, f"{address} is no different when {state}"
    return table


def _named(line: dict[str, Any], row: dict[str, str]) -> dict[str, str]:
    for what in OUTCOMES:
        row = row | dict.fromkeys(_roles(line.get(what, [])), what)
    return row


def _built() -> list[Door]:
    return list(doors())


def test_every_address_has_its_line_and_its_instances(world):
    lacking = []
    for door in _built():
        try:
            door.live(world)
        except KeyError as missing:
            lacking.append(f"{door.name} needs {missing}")
    assert lacking == []
    built = {f"{door.name} {method}" for door in _built() for method in ("get", "post")}
    written = set(_expected(world))
    assert (built - written, written - built) == (set(), set())


class Written:
    """The statements that wrote something while it stood in the way."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(WRITES):
            self.said.append(sql[:80])
        return execute(sql, params, many, context)


@pytest.mark.parametrize("method", ["get", "post"])
def test_everybody_sees_what_is_theirs_and_nothing_else(world, method):
    assert _wrong(world, method, _expected(world), _built()) == []


@pytest.mark.slow
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("state", ["closed", "ended"])
def test_the_people_of_a_group_that_is_closed_or_has_ended(world, state, method):
    """Every address of that group, with what differs from an open one by the table's `then`."""
    _no_longer_open(world, state)
    here = [door for door in _built() if door.live(world).get("code") == world.here.code]
    assert _wrong(world, method, _expected(world, state), here) == []
    assert len(here) > 50


def _no_longer_open(world: World, state: str) -> None:
    said = {"words": "We rest over the winter.", "group": world.here, "by": SYSTEM}
    with scope.entered(world.home.id):
        if state == "closed":
            groups.close_group(back_on=clock.today() + dt.timedelta(days=60), **said)
        else:
            groups.end_group(**said)


def _wrong(world: World, method: str, expected: Table, walked: Iterable[Door]) -> list[str]:
    """What is not as the table says, told in lines."""
    wrong = []
    for door in walked:
        path = door.path(door.live(world))
        for role, client in world.clients.items():
            written = Written()
            with ExitStack() as watching:
                for alias in ("default", "keys"):
                    watching.enter_context(connections[alias].execute_wrapper(written))
                response = answer(client, method, path)
            happened, due = outcome(response), expected[f"{door.name} {method}"][role]
            where = f"{door.name} {method} as {role}"
            if happened != due:
                wrong.append(f"{where}: {happened}, not {due}")
            wrong += [f"{where} shows {word}" for word in _shown(door, role, response, path)]
            if happened in {"none", "no"} and written.said:
                wrong.append(f"{where}: refused, and yet {written.said[0]}")
            if happened == "none" and door.parameters:
                never = door.path(door.never(world))
                other = answer(client, method, never)
                same = outcome(other) == "none" and body(other, never) == body(response, path)
                wrong += [] if same else [f"{where}: not as what never was ({outcome(other)})"]
    return wrong


def _shown(door: Door, role: str, response: Any, path: str) -> Iterator[str]:
    """The planted words that this answer gives to a role that may not have them."""
    said = body(response, path).decode(errors="replace") + response.headers.get("Location", "")
    for what, word in CANARIES.items():
        if word in said and role not in set(_roles(TABLE["meets"][what])) and door.name != BY_LINK:
            yield what


def test_a_draft_is_as_if_it_never_was(world):
    wrong = []
    for door in _built():
        if door.parameters.get("code") != "code" or door.live(world)["code"] != world.here.code:
            continue
        for role in ("nobody", "visitor", "stranger", "member", "foreign person"):
            draft = door.path({**door.live(world), "code": world.draft.code})
            never = door.path({**door.live(world), "code": "zzzz0000"})
            one, two = (answer(world.clients[role], "get", path) for path in (draft, never))
            same = (outcome(one), body(one, draft)) == (outcome(two), body(two, never))
            wrong += [] if same else [f"{door.name} as {role}: {outcome(one)}, {outcome(two)}"]
    assert wrong == []


def test_after_leaving_it_is_over_at_once(world):
    client, inside = world.clients["member"], f"/g/{world.here.code}/"
    mine = f"/calendar/{world.instances['calendar token']}.ics"
    of_group = f"/calendar/group/{world.instances['group calendar token']}.ics"
    program = world.clients["nobody"]
    assert all(b"BEGIN:VEVENT" in program.get(path).content for path in (mine, of_group))
    assert CANARIES["place"].encode() in client.get(f"{inside}meetings/1/").content
    assert client.post(f"{inside}place/leave/").status_code == 303
    talk = ("talk/", "talk/1/", "talk/1/1/", "talk/1/1/picture/", "talk/1/reply/", "talk/new/")
    for page in ("people/", "meetings/", "meetings/1/", *talk):
        answered = client.get(inside + page)
        assert answered.status_code == 404, page
        assert not any(word.encode() in answered.content for word in CANARIES.values()), page
    assert client.post(f"{inside}meetings/1/take/").status_code == 404
    assert b"BEGIN:VEVENT" not in program.get(mine).content
    assert program.get(of_group).status_code == 404
    _is_outside_when_removed(world, inside)
    _keeps_what_is_its_own(world)


def _is_outside_when_removed(world: World, inside: str) -> None:
    client = world.clients["resting"]
    assert client.get(f"{inside}people/").status_code == 200
    row = world.members["resting"].id
    words = {"reason": "What we agreed", "words": "Please stay away.", "write_to": "Ines"}
    done = world.clients["facilitator"].post(f"{inside}lead/members/{row}/remove/", words)
    assert done.status_code == 303
    assert client.get(f"{inside}people/").status_code == 404
    assert client.get(f"{inside}not-here/").status_code == 200


def _keeps_what_is_its_own(world: World) -> None:
    for address in (
        f"/me/way-back/passkey/{world.instances['passkey']}/remove/",
        f"/me/sessions/{world.instances['session']}/end/",
    ):
        world.clients["stranger"].post(address)
    kept = world.clients["member"].get("/me/way-back/passkey/")
    assert b"canary" in kept.content
    named = world.clients["member"].get(f"/me/sessions/{world.instances['session']}/")
    assert named.status_code == 200
