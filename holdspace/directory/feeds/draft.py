"""What every feed comes down to: a draft of a listing, or a record refused with its reason."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Mode(StrEnum):
    """How people meet. Always said, never guessed later from an address."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    HYBRID = "hybrid"
    UNSTATED = "unstated"


class Standing(StrEnum):
    """Whether it takes place at all."""

    ACTIVE = "active"
    PAUSED = "paused"  # temporarily closed
    INACTIVE = "inactive"


@dataclass(frozen=True, slots=True)
class Slot:
    """One weekly time, by the wall clock of the listing's zone."""

    day: int  # Monday is 0
    start: int  # minutes after midnight
    minutes: int


@dataclass(frozen=True, slots=True)
class Rule:
    """A repeating time of another shape (RFC 5545), by the wall clock of the listing's zone."""

    first: date
    start: int  # minutes after midnight
    minutes: int
    rrule: str = ""  # empty: this one day only
    skip: tuple[date, ...] = ()
    also: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A group as a feed describes it, without anybody's name, address, number or passcode."""

    source_id: str
    name: str
    text: str = ""
    kind: str = ""  # peer, professional, or not stated
    audience: str = ""  # lived, family, both, or not stated
    topics: tuple[str, ...] = ()
    identities: tuple[str, ...] = ()
    mode: Mode = Mode.UNSTATED
    standing: Standing = Standing.ACTIVE
    open_to_all: bool = False
    place: str = ""
    town: str = ""
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    approximate: bool = False
    zone: str = ""  # IANA name; empty: the importer finds it from the place
    times: tuple[Slot, ...] = ()
    rules: tuple[Rule, ...] = ()
    languages: tuple[str, ...] = ()  # ISO 639-1
    access: tuple[str, ...] = ()
    cost: str = ""
    run_by: str = ""
    url: str = ""
    updated: date | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A record that was not taken, and why, in words a coordinator can act on."""

    reason: "_StrPromise | str"
    record: int  # counted from 1; 0 is the file as a whole
    stops: bool = False  # nothing after this could be read


class NotTaken(Exception):
    """Raised by a format's reader for one record; becomes a Refused."""

    def __init__(self, reason: "_StrPromise | str") -> None:
        super().__init__(str(reason))
        self.reason = reason


Outcome = Draft | Refused
