"""People who come, take a seat and go again, and who ask once more when there is no answer."""

import http.client
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from holdspace.kit.tests.pictures import drawn, written
from sweeps.killed.house import House, Killer
from sweeps.stolen.browser import Browser, Forms, Page, in_parts

JOIN, SEAT, SAY, ERASE = "join", "seat", "say", "erase"
ANSWER, SHOW, CHANGE = "answer", "show", "change"
PATIENCE = 60  # seconds without any answer
ROOF = written(drawn((64, 48)), "JPEG")


class NoAnswer(Exception):
    """Nothing came back, and this person does not ask again."""


class Visitor(Browser):
    """A browser whose owner presses the same button again when no answer came."""

    def __init__(self, port: int) -> None:
        super().__init__(port, "harbour.localhost")
        self.again = True
        self.unanswered = 0

    def ask(self, method: str, path: str, body: str | bytes = "", **headers: str) -> Page:
        """One request until it is answered. Raises NoAnswer at once for whoever walks away."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return super().ask(method, path, body, **headers)
            except (OSError, http.client.HTTPException) as lost:
                self.unanswered += 1
                if not self.again or time.monotonic() > until:
                    raise NoAnswer(path) from lost
                time.sleep(0.05)

    def form(self, path: str, *, to: str = "", **typed: str) -> tuple[str, str]:
        """The form of a page that has these fields (or goes `to`), filled: address and body."""
        action, said = self.fields(path, to=to, **typed)
        return action, urlencode(said)

    def fields(self, path: str, *, to: str = "", **typed: str) -> tuple[str, list[tuple[str, str]]]:
        """The same with the fields one by one."""
        page = self.get(path)
        every = Forms(page.text).found
        wanted = set(typed) - {"sure", "age"}  # stand there only where they are asked
        fits = (f for f in every if (f.action == to if to else wanted <= f.names))
        form = next(fits, None)
        assert form is not None, (path, page.path)
        kept = [(name, value) for name, value in form.fields if name not in typed]
        return form.action or page.path, [*kept, *typed.items()]


@dataclass
class Person:
    """One person: what they mean to do, and what they were told."""

    alias: str
    erases: bool
    known: bool  # has an account beforehand; strangers in one group come at a pace
    told: set[str] = field(default_factory=set)  # steps whose answer came
    lost: set[str] = field(default_factory=set)  # steps of which they were told nothing
    unanswered: set[str] = field(default_factory=set)  # steps they asked for more than once
    session: str = ""
    scopes: dict[str, int] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """What they say, and nobody else does."""
        return f"Hello from {self.alias}, who came today"

    @property
    def answer(self) -> str:
        """What they answer to all."""
        return f"I read it, {self.alias}"

    @property
    def better(self) -> str:
        """What they make of that afterwards."""
        return f"I read all of it, {self.alias}"

    @property
    def seen(self) -> str:
        """What they say beside a picture."""
        return f"The view of {self.alias}"


class Walk:
    """What one person does from the group's page on, until all is done or they walk away."""

    def __init__(self, house: House, killer: Killer, place: dict[str, Any], one: Person) -> None:
        self.house, self.killer, self.one = house, killer, one
        self.browser = Visitor(house.port)
        self.code, self.number = place["code"], place["number"]

    def go(self) -> None:
        """All of it. A step that got no answer ends it for those who walk away."""
        if self.killer.is_over():
            return
        try:
            if self.one.known:
                self._sign_up()
            self._join()
            self._sit()
            self._say()
            number = self._answer()
            self._show()
            self._change(number)
            if self.one.erases:
                self._erase()
        except NoAnswer:
            if not self.one.lost:
                raise

    def _sign_up(self) -> None:
        _action, body = self.browser.form("/sign-up/", age="adult")
        self.browser.ask("POST", "/sign-up/passkey/", body)

    def _join(self) -> None:
        join = f"/groups/{self.code}/join/"
        inside = {f"/g/{self.code}/", join + "way-back/"}
        for _time in range(5):
            self._fill(join, name="own", own=self.one.alias, sure="on")
            self._fill(join + "agreement/", agree="on", age="on", taking_part="on")
            self._fill(join + "hello/", way="say", hello=f"Hello from {self.one.alias}")
            self._fill(join + "needs/", needs="A chair near the door")
            last = self.browser.form(join + "hope/", hope="To sleep")
            if self._press(JOIN, *last).path in inside:
                self.one.told.add(JOIN)
                return
        raise AssertionError(f"{self.one.alias} never came in")

    def _sit(self) -> None:
        self.one.session = self.browser.cookies["here"]
        meeting = f"/g/{self.code}/meetings/{self.number}/"
        page = self._press(SEAT, *self.browser.form(meeting, to=meeting + "take/"))
        assert "You have a seat" in page.text, page.path
        self.one.told.add(SEAT)

    def _say(self) -> None:
        begin = f"/g/{self.code}/talk/new/"
        form = self.browser.form(begin, title="A hello", words=self.one.words)
        page = self._press(SAY, *form)
        assert self.one.words in page.text, page.path
        self.one.told.add(SAY)

    def _answer(self) -> str:
        """An answer in the first conversation of all; its number there."""
        form = self.browser.form(f"/g/{self.code}/talk/1/reply/", words=self.one.answer)
        page = self._press(ANSWER, *form)
        assert self.one.answer in page.text, page.path
        self.one.told.add(ANSWER)
        return page.path.partition("?from=")[2]

    def _show(self) -> None:
        """Another, with a picture; pressed again where others are just sending theirs."""
        said = {"words": self.one.seen, "alt": "A roof"}
        action, every = self.browser.fields(f"/g/{self.code}/talk/1/reply/", **said)
        body, how = in_parts([pair for pair in every if pair[0] != "picture"], {"picture": ROOF})
        for _time in range(40):
            page = self._press(SHOW, action, body, **{"Content-Type": how})
            if page.status == 200:
                break
            time.sleep(0.25)
        assert self.one.seen in page.text, page.path
        self.one.told.add(SHOW)

    def _change(self, number: str) -> None:
        """Their answer said better."""
        edit = f"/g/{self.code}/talk/1/{number}/edit/"
        page = self._press(CHANGE, *self.browser.form(edit, words=self.one.better, edition="1"))
        assert self.one.better in page.text, page.path
        self.one.told.add(CHANGE)

    def _erase(self) -> None:
        self.one.scopes = self.house.ask("who", alias=self.one.alias)
        form = self.browser.form("/me/erase/", how="at-once", sure="on")
        page = self._press(ERASE, *form)
        (self.one.told if page.path == "/erased/" else self.one.lost).add(ERASE)

    def _fill(self, path: str, **typed: str) -> None:
        self.browser.ask("POST", *self.browser.form(path, **typed))

    def _press(self, step: str, path: str, body: str | bytes, **headers: str) -> Page:
        """Send a form that matters, perhaps while the server is killed."""
        struck = self.killer.aims_at(step)
        strike = self.killer.strike(step) if struck else None
        self.browser.again = not (struck and self.killer.kills % 3 == 0)
        before, began = self.browser.unanswered, time.monotonic()
        try:
            page = self.browser.ask("POST", path, body, **headers)
        except NoAnswer:
            self.one.lost.add(step)
            raise
        finally:
            if strike is not None:
                strike.join()
        if self.browser.unanswered > before:
            self.one.unanswered.add(step)
        elif not struck:
            self.killer.took(step, time.monotonic() - began)
        self.browser.again = True
        fine = page.status == 200 or (step == SHOW and "Others are sending" in page.text)
        assert fine, (step, page.status, page.path)
        return page
