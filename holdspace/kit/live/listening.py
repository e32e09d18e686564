"""Who listens to what, and the door at which they are let in."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from django.http import HttpRequest, HttpResponse

from holdspace.kit.guard import Unseen

DOOR = "holdspace.live"  # the key under which the server asks a page to let a listener in


@dataclass(frozen=True, slots=True)
class Listening:
    """What one listener was let in to, by the view that asked the rules.

    `topic` names the source, `place` is what they listen to, `kind` the class of readers who get
    the same words, `who` ids that the source can ask about again, `seen` the newest version
    that the open page shows. `session` is the sign-in they came by, 0 for none.
    """

    topic: str
    place: int
    kind: str
    who: tuple[int, ...]
    seen: int
    session: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """Words for each kind of readers (a text that is JSON), and the version they reach up to."""

    version: int
    words: Mapping[str, str]


class Source(Protocol):
    """What a topic can tell. Called in a thread, outside of any request, again and again."""

    def versions(self, places: Collection[int]) -> Mapping[int, int]:
        """The present version of each place; one left out is gone, and its pages end."""
        ...

    def staying(self, listeners: Collection[Listening]) -> Collection[Listening]:
        """Those who may still listen, as they were let in."""
        ...

    def say(self, place: int, after: int, kinds: Collection[str]) -> Said:
        """What came after version `after`, for each kind of readers."""
        ...


Living = Callable[[Collection[int]], Collection[int]]

_SOURCES: dict[str, Source] = {}
_SESSIONS: list[Living] = []


def source(topic: str, teller: Source) -> None:
    """Register what tells about a topic: called once, in AppConfig.ready."""
    _SOURCES[topic] = teller


def sessions_by(living: Living) -> None:
    """Register who knows which of some sessions still live: called once, in AppConfig.ready."""
    _SESSIONS.append(living)


def signed_in(listeners: Collection[Listening]) -> set[Listening]:
    """Those whose sign-in has not ended, and those who came by none."""
    asked = {one.session for one in listeners if one.session}
    if not asked:
        return set(listeners)
    living = {0}.union(*(known(asked) for known in _SESSIONS))
    return {one for one in listeners if one.session in living}


def sources() -> Mapping[str, Source]:
    """All sources by their topic."""
    return _SOURCES


def admit(request: HttpRequest, listening: Listening) -> HttpResponse:
    """Let a listener in. To a browser that merely opens the address it is not there: Unseen."""
    asked = request.META.get(DOOR)
    if asked is None:
        raise Unseen
    asked.append(replace(listening, session=getattr(request, "signed_in_by", 0)))
    return HttpResponse(status=204)
