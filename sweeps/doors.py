"""Every address of the house, filled with a live instance of each converter, and its answers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.test.client import ClientHandler
from django.urls import URLPattern, URLResolver, get_resolver

from sweeps.small_world import World

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')
NEVER = {
    "code": "zzzz0000",
    "id": 4_611_686_018_427_387_905,
    "token": "A" * 43,
    "int": 987,
    "number": 987,
    "slug": "never-was",
    "country": "zz",
}
# What stands for a converter: by the name of the parameter, or of the URL and the parameter.
LIVE = {
    "code": "here",
    "members:invitation token": "invite token",
    "members:visit token": "visit token",
    "meetings:group_feed token": "group calendar token",
    "web:calendar token": "calendar token",
    "directory:asked token": "question token",
    "staff:begin_link token": "staff token",
    "staff:begin_house_link token": "staff token",
    "directory:answer code": "question",
    "directory:look code": "upload",
    "directory:confirm code": "upload",
    "directory:drop code": "upload",
    "directory:take_over code": "listing",
    "directory:choose_question number": "first question",
    "care:line code": "help line",
    "care:line_change code": "help line",
    "care:line_withdraw code": "help line",
    "staff:invitation_withdraw invitation": "staff invitation",
    "recognition": "recognition facilitator",
    "application": "applicant",
    "number": "meeting",
    "thread": "thread",
    "post": "post",
    "asked": "return",
    "account": "colleague",
    "invitation": "invitation",
    "leadership": "leadership",
    "topic": "topic",
    "series": "series",
    "visit": "visit",
    "member": "member",
    "passkey": "passkey",
    "session": "session",
    "country": "country",
    "purpose": "purpose",
    "role": "role",
}


@dataclass(frozen=True, slots=True)
class Door:
    """One named address and its parameters: name to kind of converter."""

    name: str
    route: str
    parameters: dict[str, str]

    def path(self, values: dict[str, Any]) -> str:
        """The address with these values."""
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda m: str(values[m.group(1)]), self.route)

    def live(self, world: World) -> dict[str, Any]:
        """A live instance of each converter. Raises KeyError for one that has none."""
        return {
            name: found(world, LIVE.get(f"{self.name} {name}") or LIVE[name])
            for name in self.parameters
        }

    def never(self, world: World) -> dict[str, Any]:
        """The same address with the last parameter that never was."""
        last = list(self.parameters)[-1]
        return {**self.live(world), last: NEVER[self.parameters[last]]}


def found(world: World, what: str) -> Any:
    """The value of one instance."""
    fixed = {
        "here": world.here.code,
        "first question": 1,
        "help line": "samaritans",
        "country": "at",
        "purpose": "messages",
        "role": "member",
    }
    if what in fixed:
        return fixed[what]
    return world.members[what].id if what == "member" else world.instances[what]


def doors(
    resolver: URLResolver | None = None, before: str = "/", space: str = ""
) -> Iterator[Door]:
    """Every address that the resolver knows."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = pattern.namespace or space
            yield from doors(pattern, before + str(pattern.pattern), inner)
            continue
        yield _door(pattern, before, space)


def _door(pattern: URLPattern, before: str, space: str) -> Door:
    route = before + str(pattern.pattern)
    kinds = {name: kind or "str" for kind, name in re.findall(r"<(?:(\w+):)?(\w+)>", route)}
    return Door(f"{space}:{pattern.name}", route, kinds)


@cache
def _handler() -> ClientHandler:
    """One for all: a handler of its own would load every middleware for every request."""
    return ClientHandler(enforce_csrf_checks=False)


def answer(client: Client, method: str, path: str, sent: Any = None) -> HttpResponse:
    """What this browser is answered, without leaving a trace in world or browser."""
    asking = Client(raise_request_exception=False)
    asking.handler = _handler()
    asking.defaults.update(client.defaults)
    asking.cookies.load(client.cookies.output(header="", sep=";"))
    with transaction.atomic(), transaction.atomic(using="keys"):
        made: HttpResponse = getattr(asking, method)(path, sent or {})
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="keys")
    return made


def body(response: HttpResponse, path: str) -> bytes:
    """What it says, without the form tokens and its own address."""
    said = b"".join(response) if response.streaming else response.content
    return TOKEN.sub(b"", said).replace(path.encode(), b"")


OUTCOMES = {404: "none", 403: "no", 405: "method", 200: "page", 422: "page", 400: "page"}


def outcome(response: HttpResponse) -> str:
    """One word for an answer: page, on, sign-in, no, none, method, or its number."""
    if response.status_code in {301, 302, 303}:
        return "sign-in" if response.headers["Location"] == "/sign-in/" else "on"
    return OUTCOMES.get(response.status_code, str(response.status_code))
