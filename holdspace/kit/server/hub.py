"""The hub of one process: rooms with their listeners, and the loop that looks what moved.

All of it runs on the event loop; only the sources are asked in a thread of their own, so that a
busy page never stands before a reply. What a source says is encoded once for each kind of readers.
"""

import asyncio
import contextvars
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from django.db import connections

from holdspace.kit.live.listening import Listening, Said, Source, signed_in, sources

log = logging.getLogger("holdspace.live")

LOOK_EVERY = 2.0  # seconds between looks when nobody nudges
MOST_BEHIND = 40  # messages that may wait for one slow reader; then their line is closed
OVER = '{"over":true}'  # you may not listen any more
STALE = '{"stale":true}'  # it cannot be told on this line: ask for the page anew

Send = Callable[[dict[str, Any]], Awaitable[None]]
T = TypeVar("T")
Room = tuple[str, int]


class Listener:
    """One open line. Words wait in order; a slow one never holds up the others."""

    def __init__(self, listening: Listening, send: Send) -> None:
        self.listening = listening
        self.seen = listening.seen
        self.send = send
        self.waiting: list[str] = []
        self.sending: asyncio.Task[None] | None = None
        self.over = False

    def tell(self, words: str, *, last: bool = False) -> None:
        """Send when the line is free. `last` closes it afterwards."""
        self.over = self.over or last or len(self.waiting) > MOST_BEHIND
        self.waiting.append(words)
        if self.sending is None:
            self.sending = asyncio.get_running_loop().create_task(self._empty())

    def is_behind(self, version: int) -> bool:
        """Whether there is something to tell; nothing more to one whose line is being closed."""
        return self.seen < version and not self.over

    async def _empty(self) -> None:
        try:
            while self.waiting:
                words, self.waiting = self.waiting, []
                for one in words:
                    await self.send({"type": "websocket.send", "text": one})
            if self.over:
                await self.send({"type": "websocket.close", "code": 1000})
        except (OSError, RuntimeError):
            self.over = True  # they hung up meanwhile; the socket's own loop ends
        finally:
            self.sending = None


class Hub:
    """Who listens in this process. `nudge` may be called from any thread."""

    def __init__(self) -> None:
        self.rooms: dict[Room, set[Listener]] = defaultdict(set)
        self.thread = ThreadPoolExecutor(1, "live")
        self.woken = asyncio.Event()
        self.loop = asyncio.get_running_loop()
        self.watching = self.loop.create_task(self._watch())

    def enter(self, listener: Listener) -> None:
        """Listen from now on; what came since the page was made is told at once."""
        self.rooms[listener.listening.topic, listener.listening.place].add(listener)
        self.woken.set()

    def leave(self, listener: Listener) -> None:
        """Listen no more."""
        room = listener.listening.topic, listener.listening.place
        self.rooms[room].discard(listener)
        if not self.rooms[room]:
            del self.rooms[room]

    def nudge(self) -> None:
        """Look now."""
        self.loop.call_soon_threadsafe(self.woken.set)

    def end(self) -> None:
        """The process stops."""
        self.watching.cancel()
        self.thread.shutdown(wait=False, cancel_futures=True)

    async def _watch(self) -> None:
        while True:
            try:
                async with asyncio.timeout(LOOK_EVERY):
                    await self.woken.wait()
            except TimeoutError:
                pass
            self.woken.clear()
            for topic in {topic for topic, _place in self.rooms}:
                try:
                    await self._look(topic, sources()[topic])
                except Exception:
                    log.exception("could not look at %s", topic)
                    await self._ask(connections.close_all)

    async def _ask(self, what: Callable[..., T], *words: Any) -> T:
        run = contextvars.Context().run
        return await self.loop.run_in_executor(self.thread, run, what, *words)

    async def _look(self, topic: str, teller: Source) -> None:
        """Show out who may not stay, and only then tell the rest what moved."""
        here = [one for (t, _p), room in self.rooms.items() if t == topic for one in room]
        asked = frozenset(one.listening for one in here)
        here_still = await self._ask(signed_in, asked)
        stays = set(await self._ask(teller.staying, here_still))
        for one in here:
            if one.listening not in stays and not one.over:
                one.tell(OVER, last=True)
        versions = await self._ask(teller.versions, {one.place for one in stays})
        for one in here:
            if one.listening.place not in versions and not one.over:  # it is not there any more
                one.tell(OVER, last=True)
        for place, version in versions.items():
            room = self.rooms.get((topic, place), set())
            behind = [one for one in room if one.listening in stays and one.is_behind(version)]
            await self._tell(teller, place, behind)

    async def _tell(self, teller: Source, place: int, behind: Iterable[Listener]) -> None:
        """Ask once for each version that readers stand at, and write the same words to a kind."""
        by_seen: dict[int, list[Listener]] = defaultdict(list)
        for one in behind:
            by_seen[one.seen].append(one)
        for seen, readers in by_seen.items():
            kinds = {one.listening.kind for one in readers}
            try:
                said = await self._ask(teller.say, place, seen, kinds)
            except Exception:  # one telling's fault keeps no other reader waiting
                log.exception("could not tell what moved")
                said = Said(seen, dict.fromkeys(kinds, STALE))
            for one in readers:
                if words := said.words.get(one.listening.kind):
                    one.tell(words, last=words == STALE)
                one.seen = said.version
