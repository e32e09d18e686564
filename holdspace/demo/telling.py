"""Telling the demonstration: an invented organisation lives ten weeks, by its own acts.

The clock is set week by week and the chance comes from a seed, so that the same story is told each
time, and telling it is a test of every act it uses.
"""

import datetime as dt
import random
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from holdspace.demo import circles, colleagues, talking
from holdspace.kit import clock, scope
from holdspace.ledger.acts import SYSTEM
from holdspace.ledger.events import registered
from holdspace.organisations.actions import (
    change_settings,
    open_demonstration,
    open_organisation,
    set_cover,
)

if TYPE_CHECKING:
    from holdspace.organisations.models import Organisation

STORY = Path(__file__).parent / "story"
WEEKS = 10
SEED = 20260301
READER, LATELY = "Wren", dt.timedelta(days=4)  # the bar's member, and when they last read
Say = Callable[[str], None]


@dataclass
class Told:
    """What the story left behind that the bar of roles needs: accounts and a group's code."""

    accounts: dict[str, int] = field(default_factory=dict)
    signs: list[tuple[str, str, str, str]] = field(default_factory=list)
    visited: str = ""


def read(file: Path) -> dict[str, Any]:
    """One file of the story."""
    return tomllib.loads(file.read_text())


def tell(say: Say) -> Told:
    """Tell the whole story up to now; returns what the bar of roles needs."""
    chance, told, end = random.Random(SEED), Told(), clock.now()  # noqa: S311 -- a story
    start = end - dt.timedelta(weeks=WEEKS)
    with clock.at(start):
        home = _begin()
    with scope.entered(home.id):
        with clock.at(start + dt.timedelta(hours=1)):
            crew = colleagues.take_on(home, read(STORY / "organisation.toml"), told)
            open_demonstration(by=SYSTEM, organisation=home)
            parts = [read(file) for file in sorted((STORY / "groups").glob("*.toml"))]
            plots = [circles.begin(home, crew, part) for part in parts]
            talks = talking.begin(plots, crew, start.date())
            hellos = read(STORY / "hellos.toml")["hellos"]
            for plot in plots:
                plot.hellos = chance.sample(hellos, len(hellos))
        say("Groups are begun, their meetings planned.")
        for moment in _moments(start, end):
            _talk_until(talks, moment)
            with clock.at(moment):
                circles.live(plots, chance, moment, end)
                _tick()
        _talk_until(talks, end - LATELY)
        talking.catch_up(talks, READER)
        _talk_until(talks, end)
        with clock.at(end):
            circles.end(plots, told)
            _tick()
    say("Ten weeks have passed.")
    return told


def _talk_until(talks: list[talking.Talking], moment: dt.datetime) -> None:
    for talk in talks:
        talk.until(moment)


def _begin() -> "Organisation":
    story = read(STORY / "organisation.toml")
    home = open_organisation(
        by=SYSTEM,
        name=story["name"],
        slug=story["slug"],
        country=story["country"],
        zone=story["zone"],
    )
    with scope.entered(home.id):
        change_settings(
            by=SYSTEM,
            organisation=home,
            sentence=story["sentence"],
            contact=story["contact"],
            mail_name=story["mail_name"],
            age_rule=story["age_rule"],
        )
        set_cover(by=SYSTEM, organisation=home, hours=story["cover"])
    return home


def _moments(start: dt.datetime, end: dt.datetime) -> Iterator[dt.datetime]:
    """A moment in every week, the first a day after everything began."""
    moment = start + dt.timedelta(days=1)
    while moment < end:
        yield moment
        moment += dt.timedelta(days=7)


def _tick() -> None:
    """What the clock would have done by now: meetings made ahead and ended, offers lapsed."""
    tasks, rhythms, _listeners = registered()
    for name in sorted(rhythms):
        if ".meetings." in name or ".members." in name or ".directory." in name:
            tasks[name]()
