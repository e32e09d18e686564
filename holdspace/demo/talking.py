"""The story's talk, done as it was told: each thing somebody did is one act at its moment."""

import datetime as dt
from contextlib import suppress
from typing import Any
from zoneinfo import ZoneInfo

from holdspace.demo import colleagues, drawing
from holdspace.demo.circles import Plot
from holdspace.demo.conversations import Conversation, Deed, Draft, Post, conversations
from holdspace.demo.happenings import Happening, happenings
from holdspace.kit import clock
from holdspace.kit.guard import Unseen
from holdspace.kit.pictures import anew
from holdspace.kit.viewer import Viewer
from holdspace.members.actions import appoint
from holdspace.threads import actions as threads
from holdspace.threads.actions.picturing import Pictured
from holdspace.threads.queries import conversation_at, post_at, thread_at


class Talking:
    """What is still to happen in one group's conversation, in the order of time."""

    def __init__(
        self, plot: Plot, told: Conversation, crew: colleagues.Crew, begins: dt.date
    ) -> None:
        self.plot, self.told, self.crew = plot, told, crew
        zone = ZoneInfo(plot.group.zone)
        self.coming = happenings(told, begins=begins, zone=zone)
        self.numbers: dict[str, int] = {}  # of a thread in its group, by its key in the story
        self.greeters = list(told.talk.get("greeters", ()))
        if plot.lead is not None:
            threads.change_talk(by=plot.lead, group=plot.group, **self._ways())

    def until(self, moment: dt.datetime) -> None:
        """Let everything happen that comes before `moment`."""
        self._greet()
        while self.coming and self.coming[0].moment < moment:
            happening = self.coming.pop(0)
            with clock.at(happening.moment):
                getattr(self, f"_{happening.kind}")(happening, self._viewer(happening.by))

    def _ways(self) -> dict[str, Any]:
        talk = self.told.talk
        late = "from-joining" if talk.get("late_joiners") == "from joining" else "all"
        ways: dict[str, Any] = {"late": late, "folded": tuple(talk.get("folds", ()))}
        ways["pictures_allowed"] = bool(talk.get("pictures_allowed", True))
        flags = ("need_asked", "unsigned_allowed", "visitors_read")
        return ways | {name: bool(talk.get(name)) for name in flags}

    def _greet(self) -> None:
        """Members who greet newcomers are given the part once they are there."""
        for _viewer, member in self.plot.here:
            if member.alias in self.greeters and self.plot.lead is not None:
                appoint(by=self.plot.lead, member=member, role="greeter")
                self.greeters.remove(member.alias)

    def _viewer(self, name: str) -> Viewer:
        for viewer, member in self.plot.here:
            if member.alias == name:
                return viewer
        return colleagues.viewer_of(self.crew[name])

    def _thread(self, one: Happening, by: Viewer) -> Any:
        assert one.thread is not None  # noqa: S101 -- every deed but a draft has its thread
        return thread_at(self.plot.group, self.numbers[one.thread.key], viewer=by)

    def _post(self, one: Happening, by: Viewer, number: int = 1) -> Any:
        thread = self._thread(one, by)
        number = one.post.number if one.post is not None else number
        return post_at(self.plot.group, thread.number, number, viewer=by).posts[0].post

    def _opened(self, one: Happening, by: Viewer) -> None:
        assert one.thread is not None  # noqa: S101
        assert one.post is not None  # noqa: S101
        made = threads.open_thread(
            by=by,
            group=self.plot.group,
            title=one.thread.title,
            words=one.post.body,
            need=one.thread.need,
            notes=one.thread.notes,
            seen_by=one.post.seen_by,
            unsigned=one.post.unsigned,
            picture=_pictured(one.post),
        )
        self.numbers[one.thread.key] = made.number

    def _replied(self, one: Happening, by: Viewer) -> None:
        assert one.post is not None  # noqa: S101
        thread = self._thread(one, by)
        narrow = thread.seen_by == "facilitators"
        threads.post_reply(
            by=by,
            thread=thread,
            words=one.post.body,
            seen_by=thread.seen_by if narrow else one.post.seen_by,
            quotes=one.post.quotes or 0,
            unsigned=one.post.unsigned,
            picture=_pictured(one.post),
        )

    def _supported(self, one: Happening, by: Viewer) -> None:
        threads.support(by=by, post=self._post(one, by), kind=one.support)

    def _edited(self, one: Happening, by: Viewer) -> None:
        post, part = self._post(one, by), _deed(one)
        shown: dict[str, Any] = post.shown or {}
        threads.edit_post(
            by=by,
            post=post,
            words=part.body,
            edition=post.edition,
            need=shown.get("need", ""),
            notes=tuple(shown.get("notes", ())),
        )

    def _taken_back(self, one: Happening, by: Viewer) -> None:
        post, part = self._post(one, by), _deed(one)
        if part.by:
            threads.put_away(by=by, post=post, why=part.reason)
        else:
            threads.take_back(by=by, post=post)

    def _noted(self, one: Happening, by: Viewer) -> None:
        threads.note_content(by=by, post=self._post(one, by), notes=_deed(one).notes)

    def _pinned(self, one: Happening, by: Viewer) -> None:
        threads.pin(by=by, thread=self._thread(one, by), there=True)

    def _closed(self, one: Happening, by: Viewer) -> None:
        threads.close(by=by, thread=self._thread(one, by), why=_deed(one).reason)

    def _drafted(self, one: Happening, by: Viewer) -> None:
        draft = one.part
        assert isinstance(draft, Draft)  # noqa: S101
        number = self.numbers.get(draft.thread, 0)
        threads.keep_draft(
            by=by,
            group=self.plot.group,
            thread=thread_at(self.plot.group, number, viewer=by) if number else None,
            title=draft.title,
            words=draft.body,
            need=draft.need,
            notes=draft.notes,
            seen_by=draft.seen_by,
        )


def _pictured(post: Post) -> Pictured | None:
    return Pictured(post.alt, anew(drawing.as_sent(post.picture))) if post.picture else None


def _deed(one: Happening) -> Deed:
    assert isinstance(one.part, Deed)  # noqa: S101 -- of these kinds every part is a deed
    return one.part


def begin(plots: list[Plot], crew: colleagues.Crew, begins: dt.date) -> list[Talking]:
    """The talk of every group that the story has one for."""
    by_name = {plot.group.name: plot for plot in plots}
    return [Talking(by_name[told.group], told, crew, begins) for told in conversations()]


def catch_up(talks: list[Talking], alias: str) -> None:
    """Everything said so far counts as read by one member, as if they had just been here."""
    for talk in talks:
        for viewer, member in talk.plot.here:
            if member.alias == alias:
                for number in talk.numbers.values():
                    with suppress(Unseen):
                        seen = conversation_at(talk.plot.group, number, viewer=viewer)
                        last = seen.thread.last_number
                        threads.note_read(by=seen.voice, thread=seen.thread, last=last)
