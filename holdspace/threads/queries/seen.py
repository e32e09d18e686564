"""What queries hand to pages: posts, conversations and who speaks, ready to be shown."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from holdspace.members.queries import members_numbered
from holdspace.threads.models import Draft, Post, Talk, Thread
from holdspace.threads.reading import Reading
from holdspace.threads.voices import Voice
from holdspace.threads.words import Need, Note, Speaks
from holdspace.vault.sealing import Unopenable

if TYPE_CHECKING:
    from holdspace.members.models import Member

PAGE = 20  # posts of a page


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, as a page shows them. Without a name for unsigned words and for who is gone."""

    name: str = ""
    seed: int = 0
    part: str = ""  # a role in words, for facilitators and greeters
    works_here: bool = False
    member: int = 0

    def __bool__(self) -> bool:
        return bool(self.name)


NOBODY = Speaker()


class Quote(NamedTuple):
    """Words that are quoted, as they stand now; `brief` is empty where they are folded.

    `text` is all that muted words are looked for in, for a page that folds by itself.
    """

    number: int
    speaker: Speaker
    brief: str
    notes: tuple[str, ...] = ()
    unsigned: bool = False
    text: str = ""


class SeenPost(NamedTuple):
    """One post as one reader sees it."""

    post: Post
    speaker: Speaker
    shown: dict[str, Any]
    mine: bool = False
    new: bool = False
    folded: tuple[Any, ...] = ()  # why it is folded, in words
    quote: Quote | None = None
    supports: tuple[tuple[str, list[str]], ...] = ()  # kind, names
    my_support: str = ""

    @property
    def is_here(self) -> bool:
        """Its words can be read."""
        return bool(self.shown)

    @property
    def number(self) -> int:
        """Its number in the conversation."""
        return int(self.post.number)

    @property
    def at(self) -> dt.datetime | None:
        """When it was said, exactly."""
        at = self.shown.get("at")
        return dt.datetime.fromisoformat(at) if at else None

    @property
    def need(self) -> str:
        """What its writer wishes for, in words."""
        return label(Need, self.shown.get("need", ""))

    @property
    def picture(self) -> dict[str, Any] | None:
        """What a page is told of its picture: alt, w, h, kb, and `large` where there is more."""
        found: dict[str, Any] | None = self.shown.get("picture")
        return found

    @property
    def notes(self) -> list[str]:
        """What it speaks of, in words."""
        return [label(Note, note) for note in self.shown.get("notes", [])]


@dataclass(frozen=True, slots=True)
class SeenThread:
    """One conversation in a list."""

    thread: Thread
    speaker: Speaker
    title: str
    need: str = ""
    notes: tuple[str, ...] = ()
    folded: bool = False
    muted: bool = False
    new: bool = False
    followed: bool = False


class Waiting(NamedTuple):
    """A draft that waits: in the conversation of this number, or (0) for a new one."""

    number: int
    title: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a group's conversations."""

    voice: Voice
    talk: Talk
    reading: Reading
    threads: list[SeenThread]
    awaiting: list[SeenPost] = field(default_factory=list)
    older: int = 0
    usual_wait: float | None = None
    drafts: list[Waiting] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Conversation:
    """A page of one conversation."""

    voice: Voice
    talk: Talk
    thread: Thread
    reading: Reading
    head: dict[str, Any]
    posts: list[SeenPost]
    first: int
    last: int
    draft: Draft | None = None
    closing: dict[str, Any] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """Its title; empty when its first words were taken back."""
        return str(self.head.get("title", ""))

    @property
    def earlier(self) -> int:
        """Where the page before this one begins; 0 for none."""
        return max(1, self.first - PAGE) if self.first > 1 else 0

    @property
    def later(self) -> int:
        """Where the next page begins; 0 for none."""
        return self.first + PAGE if self.first + PAGE <= self.thread.last_number else 0


def label(choices: Any, value: str) -> str:
    """A choice in words; empty for none, or for one that is no longer among them."""
    try:
        return str(choices(value).label) if value else ""
    except ValueError:
        return ""


def opened(row: Any, column: str) -> Any:
    """A sealed value, or None when it is gone or its key was destroyed."""
    try:
        return getattr(row, column)
    except Unopenable:
        return None


class Speakers:
    """Who speaks on one page: each name is opened once, however often they speak."""

    def __init__(self) -> None:
        self._known: dict[int, Speaker] = {}

    def of(self, row: Any) -> Speaker:
        """Who a row names; nobody for unsigned words and for who is gone."""
        if getattr(row, "speaks", "") == Speaks.UNSIGNED:
            return NOBODY
        if row.staff_id is not None:
            return staff_speaker(row.staff)
        if row.member_id is None:
            return NOBODY
        if row.member_id not in self._known:
            self._known[row.member_id] = member_speaker(row.member)
        return self._known[row.member_id]


def speaker_from(voice: Voice, members: Iterable[int]) -> list[Speaker]:
    """These members of the group by name; those who are gone are left out."""
    found = members_numbered(voice.group, members, viewer=voice.viewer)
    speakers = [speaker for speaker in map(member_speaker, found.values()) if speaker]
    return sorted(speakers, key=lambda speaker: speaker.name.casefold())


def member_speaker(member: "Member") -> Speaker:
    """A member as one group knows them."""
    name = opened(member, "alias")
    part = "" if member.role == "member" else str(member.get_role_display())
    return Speaker(name, member.seed, part, member=member.pk) if name else NOBODY


def staff_speaker(staff: Any) -> Speaker:
    """A facilitator who works here, as people in the groups see them."""
    return Speaker(opened(staff, "shown_as") or "", works_here=True)
