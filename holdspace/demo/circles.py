"""The groups of the story: begun, joined week by week, met in, waited for, visited."""

import datetime as dt
import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from holdspace.consent.queries import VISITING
from holdspace.demo import colleagues
from holdspace.demo.cast import somebody
from holdspace.directory.actions import ask
from holdspace.groups import actions as groups
from holdspace.groups.queries import current_agreement
from holdspace.kit import clock
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import SYSTEM
from holdspace.meetings import actions as meetings
from holdspace.meetings.queries import next_meetings, rhythm_from_rule
from holdspace.members import actions as members
from holdspace.members.queries import evenings_of, weaves_offered

if TYPE_CHECKING:
    from holdspace.demo.telling import Told
    from holdspace.groups.models import Group
    from holdspace.members.models import Member
    from holdspace.organisations.models import Organisation

# Parts of a file that are no details of the group.
APART = {"agreement", "rhythm", "people", "closed", "door"}
NOBODY = Viewer(organisation=0)
SAY_NOTHING = 0.4  # of ten who join, four read for now


@dataclass
class Plot:
    """One group's part of the story: the file it came from, and who is in it so far."""

    group: "Group"
    part: dict[str, Any]
    lead: Viewer | None
    to_join: list[str]
    here: list[tuple[Viewer, "Member"]] = field(default_factory=list)
    hellos: list[str] = field(default_factory=list)

    def hello(self, chance: random.Random) -> str:
        """What the next newcomer says, and nobody here has said; or nothing."""
        quiet = chance.random() < SAY_NOTHING or not self.hellos
        return "" if quiet else self.hellos.pop()

    def known_as(self, alias: str) -> tuple[Viewer, "Member"]:
        """Who goes by this name here. Raises StopIteration for nobody."""
        return next((viewer, member) for viewer, member in self.here if member.alias == alias)


def begin(home: "Organisation", crew: colleagues.Crew, part: dict[str, Any]) -> Plot:
    """A group with its agreement, its leaders and its meetings."""
    details = {key: value for key, value in part.items() if key not in APART}
    group = groups.begin_group(by=SYSTEM, organisation=home.id, **details)
    groups.publish_agreement(by=SYSTEM, group=group, **part["agreement"])
    names = part["people"]["staff"]
    for name in names:
        groups.name_leader(by=SYSTEM, group=group, staff=crew[name])
    groups.open_group(by=SYSTEM, group=group)
    _plan(group, part["rhythm"])
    if "closed" in part:
        groups.close_group(by=SYSTEM, group=group, words=part["closed"]["words"])
    lead = colleagues.viewer_of(crew[names[0]]) if names else None
    return Plot(group, part, lead, list(part["people"]["members"]))


def _plan(group: "Group", told: dict[str, Any]) -> None:
    """The series a group's file tells of; its words for "how" become explicit attendance."""
    first = clock.now().astimezone(ZoneInfo(group.zone)).date()
    rule = told.get("rule") or "RDATE:" + ",".join(
        (first + dt.timedelta(days=70 + int(days))).strftime("%Y%m%d") for days in told["dates"]
    )
    rhythm = rhythm_from_rule(
        rule,
        starts=first,
        at=dt.time.fromisoformat(told["start"]),
        minutes=told["minutes"],
        zone=group.zone,
    )
    meetings.plan_series(
        by=SYSTEM,
        group=group,
        rhythm=rhythm,
        attendance=group.format,
        seats=told["seats"],
        introductory=group.introductions,
        area=group.area,
        place=told.get("where", ""),
        link=told.get("link", ""),
    )


def live(plots: list[Plot], chance: random.Random, moment: dt.datetime, end: dt.datetime) -> None:
    """One week: newcomers join until all are there in time, and people take seats."""
    weeks_left = max(1, (end - moment).days // 7)
    for plot in plots:
        share = -(-len(plot.to_join) // weeks_left)
        for alias in plot.to_join[:share]:
            plot.here.append(join(plot, alias, chance))
        del plot.to_join[:share]
        _take_seats(plot, chance)


def join(plot: Plot, alias: str, chance: random.Random) -> tuple[Viewer, "Member"]:
    """Somebody new joins under `alias`, by the way that this group has."""
    group, lead = plot.group, plot.lead or NOBODY
    viewer = somebody(group.organisation, young=group.is_for_minors)
    agreement = current_agreement(group, viewer=viewer)
    number = agreement.number if agreement else 0
    seed = weaves_offered(group, viewer=viewer, n=1)[0]
    invitation = ""
    if group.way_in == "approval":
        draft = {"alias": alias, "seed": seed, "agreement": number}
        answers = [[question, "I would like to try."] for question in group.questions]
        asked = members.apply(by=viewer, group=group, answers=answers, draft=draft)
        members.approve_application(by=lead, application=asked)
    elif group.way_in == "invitation":
        invitation = members.invite(by=lead, group=group)
    hello = plot.hello(chance)
    member = members.join_group(
        by=viewer,
        group=group,
        alias=alias,
        seed=seed,
        agreement=number,
        affirmed="18 or over",
        about={"hello": hello, "reads": not hello},
        invitation=invitation,
        sure=True,
    )
    return viewer, member


def _take_seats(plot: Plot, chance: random.Random) -> None:
    viewer = plot.here[0][0] if plot.here else None
    if viewer is None:
        return
    for one in next_meetings(plot.group, viewer=viewer, many=2):
        free = one.free - 2  # a newcomer finds a seat
        for _viewer, member in plot.here:
            if one.meeting.is_open and free > 0 and chance.random() < 0.7:  # noqa: PLR2004
                meetings.take_seat(by=member, meeting=one.meeting)
                free -= 1


def end(plots: list[Plot], told: "Told") -> None:
    """The last day: somebody waits, somebody asked, somebody means to visit tonight."""
    for plot in plots:
        group, people = plot.group, plot.part["people"]
        if "closed" not in plot.part:
            groups.confirm_listing(by=SYSTEM, group=group)
        for alias in people.get("waiting", []):
            _ask(plot, alias, [])
        for alias, *answers in people.get("applications", []):
            _ask(plot, alias, answers)
        _at_the_door(plot)
    first = next(plot for plot in plots if plot.group.name == "Tuesday Light")
    told.accounts["member"] = first.here[0][0].holder.account if first.here[0][0].holder else 0
    told.visited = first.group.code
    visit_soon(first.group, "Quiet Visitor")
    visit_soon(first.group, "First Time")
    for viewer, _member in first.here[:1]:
        _second_place(plots, viewer)


def _at_the_door(plot: Plot) -> None:
    """What waits for a facilitator: somebody who helps, a visit, a question, a private word."""
    group, people, door = plot.group, plot.part["people"], plot.part.get("door")
    if plot.lead and "co_facilitator" in people:
        _viewer, helps = plot.known_as(people["co_facilitator"])
        members.appoint(by=plot.lead, member=helps, role="co-facilitator")
    if door is None:
        return
    visit_soon(group, door["visitor"])
    ask(by=Viewer(organisation=group.organisation_id), words=door["question"], group=group)
    name, words = door["word"]
    viewer, writer = plot.known_as(name)
    told = {"wish": "tell", "to": "facilitator", "words": words}
    members.tell_someone_is_here(by=viewer, group=group, writer=writer, **told)


def _ask(plot: Plot, alias: str, answers: list[str]) -> None:
    group = plot.group
    viewer = somebody(group.organisation, young=False)
    agreement = current_agreement(group, viewer=viewer)
    seed = weaves_offered(group, viewer=viewer, n=1)[0]
    draft = {"alias": alias, "seed": seed, "agreement": agreement.number if agreement else 0}
    words = answers or ["I can wait."] * len(group.questions)
    said = [[question, words[number]] for number, question in enumerate(group.questions)]
    asked = members.apply(by=viewer, group=group, answers=said, draft=draft)
    if not answers and plot.lead:
        members.approve_application(by=plot.lead, application=asked)


def visit_soon(group: "Group", alias: str) -> str:
    """Somebody asks to come to the next evening with a seat; returns the private token.

    Empty when visitors have taken all they may.
    """
    nobody = Viewer(organisation=group.organisation_id)
    one = next(iter(evenings_of(group, viewer=nobody)), None)
    agreement = current_agreement(group, viewer=nobody)
    if one is None or agreement is None:
        return ""
    _visit, token = members.ask_to_visit(
        by=nobody,
        group=group,
        alias=alias,
        seed=weaves_offered(group, viewer=nobody, n=1)[0],
        greeted=True,
        listens=True,
        agreement=agreement.number,
        agreed=VISITING.version,
        meeting=one.meeting,
        ends=one.ends,
        evening=one.words,
        sure=True,
    )
    return token


def _second_place(plots: list[Plot], viewer: Viewer) -> None:
    """The member of the bar has another name in another group, so that both can be seen."""
    other = next(plot for plot in plots if plot.group.name == "Prism")
    agreement = current_agreement(other.group, viewer=viewer)
    members.join_group(
        by=viewer,
        group=other.group,
        alias="Rainfly",
        seed=weaves_offered(other.group, viewer=viewer, n=1)[0],
        agreement=agreement.number if agreement else 0,
        affirmed="18 or over",
        about={"reads": True},
        sure=True,
    )
