"""A conversation as the moments it is made of, so that the telling can do one after another."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from holdspace.demo.conversations import Conversation, Deed, Draft, Post, Thread, When

BETWEEN_SUPPORTS = dt.timedelta(minutes=7)  # people read one after another

Kind = Literal[
    "opened", "replied", "supported", "edited", "taken_back", "noted", "pinned", "closed", "drafted"
]


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One thing that somebody did, at its moment: what the telling turns into an act."""

    moment: dt.datetime
    kind: Kind
    by: str
    thread: Thread | None = None
    post: Post | None = None
    part: Deed | Draft | None = None
    support: str = ""


def happenings(told: Conversation, *, begins: dt.date, zone: ZoneInfo) -> list[Happening]:
    """All that happened in one group's talk when the story `begins`, in the order of time."""
    found = [_drafted(draft, begins, zone) for draft in told.drafts]
    for thread in told.threads:
        day = thread.begins(begins)
        for post in thread.posts:
            found += _of_post(thread, post, day, zone)
        found += _of_leading(thread, day, zone)
    return sorted(found, key=lambda one: one.moment)


def _moment(day: dt.date, at: When, zone: ZoneInfo) -> dt.datetime:
    return dt.datetime.combine(day + dt.timedelta(days=at.days), at.time, zone)


def _drafted(draft: Draft, begins: dt.date, zone: ZoneInfo) -> Happening:
    moment = _moment(begins + dt.timedelta(days=draft.day), draft.at, zone)
    return Happening(moment=moment, kind="drafted", by=draft.writer, part=draft)


def _of_post(thread: Thread, post: Post, day: dt.date, zone: ZoneInfo) -> Iterator[Happening]:
    written = _moment(day, post.at, zone)
    yield Happening(
        moment=written,
        kind="opened" if post.number == 1 else "replied",
        by=post.writer,
        thread=thread,
        post=post,
    )
    for number, (who, kind) in enumerate(post.supports, 1):
        yield Happening(
            moment=written + number * BETWEEN_SUPPORTS,
            kind="supported",
            by=who,
            thread=thread,
            post=post,
            support=kind,
        )
    later: list[tuple[Kind, Deed]] = [("edited", edit) for edit in post.edits]
    later += [("taken_back", post.taken_back)] if post.taken_back else []
    for what, deed in later:
        yield Happening(
            moment=_moment(day, deed.at, zone),
            kind=what,
            by=deed.by or post.writer,
            thread=thread,
            post=post,
            part=deed,
        )


def _of_leading(thread: Thread, day: dt.date, zone: ZoneInfo) -> Iterator[Happening]:
    deeds: list[tuple[Kind, Deed]] = [("noted", deed) for deed in thread.noted]
    deeds += [("pinned", thread.pinned)] if thread.pinned else []
    deeds += [("closed", thread.closed)] if thread.closed else []
    for kind, deed in deeds:
        moment = _moment(day, deed.at, zone)
        yield Happening(moment=moment, kind=kind, by=deed.by, thread=thread, part=deed)
