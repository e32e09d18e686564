"""The wire between processes: with REDIS_URL a nudge in one of them is felt in all.

It says "look" and nothing else, no id, no word. When Redis is away every process looks by itself
every two seconds, and the wire is tried again with growing pauses.
"""

import logging
import secrets
import time
from collections.abc import Callable
from threading import Event, Thread

import redis

from holdspace.kit.live.nudging import when_moved

log = logging.getLogger("holdspace.live")

CHANNEL = "holdspace:look"
APART = 0.05  # seconds between two nudges at most as often
FIRST_PAUSE, LONGEST_PAUSE = 0.25, 30.0  # seconds


class Wire:
    """One process's end. `heard` is called, in a thread, when another process nudges."""

    def __init__(self, url: str, heard: Callable[[], None] | None = None) -> None:
        self.client = redis.Redis.from_url(url, socket_connect_timeout=2, health_check_interval=15)
        self.heard = heard
        self.me = secrets.token_bytes(8)
        self.due, self.ended = Event(), Event()
        self.deafen = when_moved(self.due.set)
        ways = [self._say] if heard is None else [self._say, self._listen]
        for way in ways:
            Thread(target=self._keep, args=[way], daemon=True, name="wire").start()

    def end(self) -> None:
        """The process stops."""
        self.deafen()
        self.ended.set()
        self.due.set()

    def _keep(self, way: Callable[[], None]) -> None:
        pause = FIRST_PAUSE
        while not self.ended.is_set():
            began = time.monotonic()
            try:
                way()
            except (redis.RedisError, OSError) as fault:
                if not self.ended.is_set():
                    log.warning("the wire is down: %s", type(fault).__name__)
                worked = time.monotonic() - began > LONGEST_PAUSE
                pause = FIRST_PAUSE if worked else min(pause * 2, LONGEST_PAUSE)
                self.ended.wait(pause)

    def _say(self) -> None:
        while self.due.wait() and not self.ended.wait(APART):
            self.due.clear()
            self.client.publish(CHANNEL, self.me)

    def _listen(self) -> None:
        with self.client.pubsub(ignore_subscribe_messages=True) as line:  # type: ignore[no-untyped-call]
            line.subscribe(CHANNEL)
            while not self.ended.is_set():
                told = line.get_message(timeout=1.0)
                if told and told["data"] != self.me and self.heard:
                    self.heard()
