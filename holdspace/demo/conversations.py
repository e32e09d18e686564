"""The story's talk between meetings, read from its files: who wrote what, when, and what followed.

Days are counted from the day the story begins and times are the clock on the wall, so that the same
files tell the story whenever it is told.
"""

import datetime as dt
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Self

FOLDER = Path(__file__).parent / "story" / "talk"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

SeenBy = Literal["everyone", "members", "facilitators"]


@dataclass(frozen=True)
class When:
    """A time of day, so many days after the thread was opened."""

    days: int
    time: dt.time

    @classmethod
    def read(cls, words: str) -> Self:
        """From "21:40", or "+3 07:15" for the third day after."""
        days, _gap, time = words.rpartition(" ")
        return cls(int(days or 0), dt.time.fromisoformat(time))


@dataclass(frozen=True, kw_only=True)
class Deed:
    """Something done to a post or thread later on; what it holds depends on what was done."""

    at: When
    by: str = ""
    body: str = ""
    reason: str = ""
    notes: tuple[str, ...] = ()

    @classmethod
    def read(cls, part: dict[str, Any]) -> Self:
        """From an inline table with `at` and whatever else belongs to the deed."""
        notes = tuple(part.get("notes", ()))
        return cls(**part | {"at": When.read(part["at"]), "notes": notes})


@dataclass(frozen=True, kw_only=True)
class Post:
    """One post as it was first written, and what happened to it; numbers begin at 1."""

    number: int
    writer: str
    at: When
    body: str
    quotes: int | None = None
    unsigned: bool = False
    seen_by: SeenBy = "members"
    picture: str = ""  # its name in drawing.py
    alt: str = ""
    supports: tuple[tuple[str, str], ...] = ()
    edits: tuple[Deed, ...] = ()
    taken_back: Deed | None = None

    @classmethod
    def read(cls, number: int, part: dict[str, Any]) -> Self:
        """From one `[[threads.replies]]`, or the part of a thread that is its first post."""
        read: dict[str, Any] = part | {
            "number": number,
            "at": When.read(part["at"]),
            "body": part["body"].strip(),
            "supports": tuple(
                (who, kind) for kind, people in part.get("supports", {}).items() for who in people
            ),
            "edits": tuple(Deed.read(one) for one in part.get("edits", ())),
            "taken_back": _deed(part, "taken_back"),
        }
        return cls(**read)


@dataclass(frozen=True, kw_only=True)
class Thread:
    """One thread: its head, and its posts in the order of their numbers."""

    key: str
    title: str
    need: str
    day: int
    posts: tuple[Post, ...]
    weekday: str = ""
    notes: tuple[str, ...] = ()
    noted: tuple[Deed, ...] = ()
    pinned: Deed | None = None
    closed: Deed | None = None

    @classmethod
    def read(cls, part: dict[str, Any]) -> Self:
        """From one `[[threads]]`: what is no head of a thread is its first post."""
        head = {name: part[name] for name in ("key", "title", "need", "day")}
        apart = {*cls.__dataclass_fields__, "replies"}
        first = {name: value for name, value in part.items() if name not in apart}
        posts = [first, *part.get("replies", ())]
        return cls(
            **head,
            posts=tuple(Post.read(number, one) for number, one in enumerate(posts, 1)),
            weekday=part.get("weekday", ""),
            notes=tuple(part.get("notes", ())),
            noted=tuple(Deed.read(one) for one in part.get("noted", ())),
            pinned=_deed(part, "pinned"),
            closed=_deed(part, "closed"),
        )

    def begins(self, story_begins: dt.date) -> dt.date:
        """The day it was opened; what speaks of a meeting waits for the weekday it follows."""
        day = story_begins + dt.timedelta(days=self.day)
        if not self.weekday:
            return day
        return day + dt.timedelta(days=(WEEKDAYS.index(self.weekday) - day.weekday()) % 7)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """Words somebody has not sent: an answer where `thread` is given, else a thread to be."""

    writer: str
    day: int
    at: When
    body: str
    thread: str = ""
    title: str = ""
    need: str = ""
    notes: tuple[str, ...] = ()
    seen_by: SeenBy = "members"

    @classmethod
    def read(cls, part: dict[str, Any]) -> Self:
        """From one `[[drafts]]`."""
        notes = tuple(part.get("notes", ()))
        return cls(**part | {"at": When.read(part["at"]), "notes": notes})


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """What one group talked about, and how it talks."""

    group: str
    talk: dict[str, Any] = field(default_factory=dict)
    threads: tuple[Thread, ...] = ()
    drafts: tuple[Draft, ...] = ()

    @classmethod
    def read(cls, file: Path) -> Self:
        """From one file. Raises TypeError for a word that means nothing here."""
        part = tomllib.loads(file.read_text())
        threads = tuple(Thread.read(one) for one in part.pop("threads"))
        drafts = tuple(Draft.read(one) for one in part.pop("drafts", ()))
        return cls(**part, threads=threads, drafts=drafts)


def conversations() -> list[Conversation]:
    """What was said in each group."""
    return [Conversation.read(file) for file in sorted(FOLDER.glob("*.toml"))]


def _deed(part: dict[str, Any], name: str) -> Deed | None:
    return Deed.read(part[name]) if name in part else None
