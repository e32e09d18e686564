"""A server like ours in front of a few plain pages, started by the tests as its own process."""

import json
import sys
import time
from contextvars import ContextVar
from typing import ClassVar

from holdspace.kit.live import DOOR, Listening, Said, moved, source
from holdspace.kit.logs import configure, cover_faults
from holdspace.kit.running.sockets import loopback
from holdspace.kit.server import process
from holdspace.kit.server.body import UNREAD
from holdspace.kit.server.pages import Pages

LIMIT = 300_000
ROOM = 7
seen = ContextVar("seen", default="nobody")


class Talk:
    """One room in this process: what was said in it, and who was shown out."""

    said: ClassVar[list[str]] = []
    out: ClassVar[set[int]] = set()

    def versions(self, places):
        gone = "gone" in self.said
        return {place: len(self.said) for place in places if place == ROOM and not gone}

    def staying(self, listeners):
        return [one for one in listeners if one.who[0] not in self.out]

    def say(self, _place, after, kinds):
        new = self.said[after:]
        if "fault" in new:
            raise ValueError("secret words")
        return Said(after + len(new), {kind: json.dumps([kind, *new]) for kind in kinds})


def _live(env):
    """/live/KIND/WHO/SEEN lets in; /say/WORDS and /out/WHO change what is told."""
    _empty, act, *words = env["PATH_INFO"].split("/")
    if act == "live" and words[0] != "nobody":
        env[DOOR].append(Listening("talk", ROOM, words[0], (int(words[1]),), int(words[2])))
    if act == "say":
        Talk.said.append(words[0])
        moved()
    if act == "out":
        Talk.out.add(int(words[0]))
        moved()


def _page(env):
    _live(env)
    if env["PATH_INFO"] == "/slow":
        sys.stderr.write("a slow page begins\n")
        sys.stderr.flush()
        time.sleep(1)
    if env["PATH_INFO"] == "/secret-place":
        raise ValueError("secret words")
    if env["PATH_INFO"] == "/context":
        before = seen.get()
        seen.set("somebody")
        return before
    if env["PATH_INFO"] == "/environ":
        return "\n".join(f"{key}={env[key]}" for key in sorted(env) if key.isupper())
    if env["PATH_INFO"] == "/large":
        return "x" * 3_000_000
    return str(len(env["wsgi.input"].read()))


def pages(env, start):
    refused = env.get(UNREAD)
    text = b"" if refused else _page(env).encode()
    start(
        f"{refused or 200} Said",
        [("Content-Type", "text/plain"), ("Content-Length", str(len(text)))],
    )
    return [text]


if __name__ == "__main__":
    configure()
    cover_faults()
    source("talk", Talk())
    process.run(loopback(int(sys.argv[1])), Pages(pages, LIMIT, *sys.argv[2:]))
