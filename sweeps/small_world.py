"""A small world made by acts: somebody in every role, one instance of every converter, canaries.

Two organisations. In the first, one group in which somebody stands at every time of membership,
a second group with people of its own, and a draft that only those who work here may find.
"""

import datetime as dt
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from django.test import Client

from holdspace.consent.actions import carry_on, intend_erasure
from holdspace.consent.queries import VISITING
from holdspace.directory.actions import ask, hold_upload
from holdspace.directory.bringing import Said, bring_in
from holdspace.directory.models import Listing
from holdspace.groups import actions as groups
from holdspace.groups.tests.factories import a_group
from holdspace.kit import scope
from holdspace.kit.pictures import anew
from holdspace.kit.tests.pictures import drawn, from_a_camera
from holdspace.kit.viewer import Viewer
from holdspace.kit.weave import offer
from holdspace.ledger.acts import SYSTEM
from holdspace.meetings import actions as meetings
from holdspace.meetings.queries import Chosen
from holdspace.meetings.tests.factories import a_series, first_meeting
from holdspace.members import actions as members
from holdspace.members.models import Application, Invitation, Recognition
from holdspace.members.tests.factories import a_person
from holdspace.organisations.actions import open_demonstration
from holdspace.organisations.tests.factories import an_organisation
from holdspace.people.actions import affirm_age, begin_calendar, begin_session
from holdspace.people.actions.passkeys import add_passkey
from holdspace.people.sessions import cookie_name
from holdspace.staff import actions as staff
from holdspace.staff.models import StaffInvitation
from holdspace.staff.tests.factories import a_client, viewer_for
from holdspace.threads import actions as threads
from holdspace.threads.actions.picturing import Pictured
from holdspace.threads.queries import conversation_at

NOON = dt.datetime(2026, 11, 16, 12, 0, tzinfo=dt.UTC)  # a Monday
FEED = b"""[{"slug": "calm", "name": "Calm Evenings", "day": 2, "time": "19:00",
"timezone": "Europe/London", "city": "Leeds", "country": "GB",
"formatted_address": "1 High St, Leeds, LS1, UK"}]"""
SAID = Said(name="Open Doors", audience="lived")

# Every word planted inside, and who may meet it. "inside" stands for the people of the group.
PLACE, LINK = "Loft 7, 12 Canary Row", "https://meet.example.org/canary-loft"
CANARIES = {
    "alias": "Canary Wren",
    "alias of who rests": "Canary Plover",
    "alias of who left": "Canary Heron",
    "alias of who was removed": "Canary Otter",
    "alias of who erased all": "Canary Marten",
    "hello": "canary-hello",
    "needs": "canary-needs",
    "hope": "canary-hope",
    "place": PLACE,
    "link": LINK,
    "answers": "canary-answers",
    "name of the visit": "Canary Guest",
    "visitor's own answers": "canary-after",
    "word to the facilitator": "canary-word-facilitator",
    "word to the coordinator": "canary-word-coordinator",
    "farewell": "canary-farewell",
    "question": "canary-question",
    "alias elsewhere": "Canary Linnet",
    "colleague's own name": "Okafor Canary",
    "place elsewhere": "Cellar 9, Canary Lane",
    "title": "canary-title",
    "said": "canary-said",
    "what the picture shows": "canary-alt",
    "said to facilitators": "canary-said-to-facilitators",
    "draft": "canary-draft",
    "said elsewhere": "canary-said-elsewhere",
}


@dataclass
class World:
    """What the sweeps walk through."""

    home: Any
    other: Any
    here: Any
    there: Any
    draft: Any
    clients: dict[str, Client] = field(default_factory=dict)
    viewers: dict[str, Viewer] = field(default_factory=dict)
    members: dict[str, Any] = field(default_factory=dict)
    instances: dict[str, Any] = field(default_factory=dict)


def a_world() -> World:
    """The whole of it. The caller sets the clock to NOON."""
    home = an_organisation("Harbour Circle", "harbour")
    other = an_organisation("Elsewhere Circle", "elsewhere")
    with scope.entered(other.id):
        open_demonstration(by=SYSTEM, organisation=other)
        foreign = a_group("Elsewhere Group")
    with scope.entered(home.id):
        open_demonstration(by=SYSTEM, organisation=home)
        asks = {"way_in": "approval", "questions": ["What brings you?"], "introductions": True}
        here = a_group("Tuesday Circle", ceiling=40, **asks)
        there = a_group("Thursday Circle", ceiling=40)
        draft = a_group("Not Yet Circle", opened=False)
        world = World(home, other, here, there, draft)
        _colleagues(world)
        _people(world)
        _what_they_do(world)
        _what_they_say(world)
        _found_by(world)
    world.instances["foreign"] = foreign.code
    _from_elsewhere(world)
    return world


def _deleted(world: World) -> None:
    """Somebody who had a place and erased their account; the browser still sends its cookie."""
    _joined(world, "deleted", CANARIES["alias of who erased all"])
    carry_on(intend_erasure(by=world.viewers["deleted"], spread=False))


def _colleagues(world: World) -> None:
    """Those who work here: of this group, of the other, of none."""
    names = {
        "facilitator": "Okafor Canary",
        "facilitator elsewhere": "Ada Brook",
        "coordinator": "Ines Marsh",
        "operator": "Tom Reed",
    }
    for role, name in names.items():
        part = role.split()[0]
        client = a_client(part, name=name)
        world.clients[role] = client
        world.viewers[role] = viewer_for(client.staff, part)
    groups.name_leader(by=SYSTEM, group=world.here, staff=world.clients["facilitator"].staff)
    elsewhere = world.clients["facilitator elsewhere"].staff
    groups.name_leader(by=SYSTEM, group=world.there, staff=elsewhere)


def _somebody(world: World, role: str) -> Viewer:
    viewer = a_person(world.home)
    account = viewer.holder.account
    affirm_age(by=SYSTEM, account=account, band="adult")
    cookie, _session = begin_session(by=SYSTEM, account=account, stay=True)
    client = browser(world.home)
    client.cookies[cookie_name()] = cookie
    world.clients[role], world.viewers[role] = client, viewer
    return viewer


def browser(organisation: Any) -> Client:
    """Nobody's, at this organisation's address."""
    return Client(headers={"host": f"{organisation.slug}.localhost"}, raise_request_exception=False)


def _joined(world: World, role: str, alias: str, **about: Any) -> Any:
    viewer, group = _somebody(world, role), world.here
    draft = {"alias": alias, "seed": offer(1)[0], "agreement": 1, "affirmed": "18 or over"}
    asked = members.apply(by=viewer, group=group, answers=[["Why?", "To try."]], draft=draft)
    members.approve_application(by=world.viewers["facilitator"], application=asked)
    member = members.join_group(by=viewer, group=group, about=about, sure=True, **draft)
    world.members[role] = member
    return member


def _people(world: World) -> None:
    """One at every time of membership; 'unread' has not accepted what was agreed since."""
    world.clients["nobody"] = browser(world.home)
    _somebody(world, "stranger")
    says = {"hello": CANARIES["hello"], "needs": CANARIES["needs"], "hope": CANARIES["hope"]}
    _joined(world, "member", CANARIES["alias"], **says)
    _joined(world, "unread", "Bird Unread")
    members.rest(by=_joined(world, "resting", CANARIES["alias of who rests"]))
    members.leave_group(by=_joined(world, "left", CANARIES["alias of who left"]))
    members.remove_member(
        by=world.viewers["facilitator"],
        member=_joined(world, "removed", CANARIES["alias of who was removed"]),
        reason="What we agreed",
        words=CANARIES["farewell"],
        write_to="Ines",
    )
    _deleted(world)
    peer = _joined(world, "peer", "Bird Peer")
    members.appoint(by=world.viewers["facilitator"], member=peer, role="co-facilitator")
    viewer = _somebody(world, "member elsewhere")
    words = {"seed": offer(1)[0], "agreement": 1, "affirmed": "18 or over", "sure": True}
    members.join_group(by=viewer, group=world.there, alias=CANARIES["alias elsewhere"], **words)
    _agree_anew(world)


def _agree_anew(world: World) -> None:
    groups.publish_agreement(
        by=SYSTEM, group=world.here, clauses=["We come sober."], limits="As before.", change="Less."
    )
    for role in ("member", "resting", "peer"):
        members.accept_agreement(by=world.members[role], number=2)
        world.members[role].refresh_from_db()


def _what_they_do(world: World) -> None:
    """Seats, a visit, applications, turns, private words."""
    series = a_series(world.here, introductory=True, place=PLACE, link=LINK)
    a_series(world.there, place=CANARIES["place elsewhere"], link="")
    meeting = first_meeting(series)
    meetings.take_seat(by=world.members["member"], meeting=meeting)
    for role, answers in (("applicant", CANARIES["answers"]), ("waiting", "canary-waiting")):
        asked = members.apply(
            by=_somebody(world, role),
            group=world.here,
            answers=[["What brings you?", answers]],
            draft={"alias": f"Bird {role}", "seed": offer(1)[0], "agreement": 2},
        )
        world.instances[role] = asked.id
    groups.change_group(by=SYSTEM, group=world.here, ceiling=4)
    turn = Application.objects.get(id=world.instances["waiting"])
    members.approve_application(by=world.viewers["facilitator"], application=turn)
    _visit(world, meeting)
    for to, writer in (("facilitator", "member"), ("coordinator", "resting")):
        told = members.tell_someone_is_here(
            by=world.viewers[writer],
            group=world.here,
            writer=world.members[writer],
            wish=Recognition.Wish.TELL,
            words=CANARIES[f"word to the {to}"],
            to=to,
        )
        world.instances[f"recognition {to}"] = told.id
    world.instances |= {"meeting": meeting.number, "series": series.id}


def _what_they_say(world: World) -> None:
    """A conversation with an answer and one for facilitators alone, a draft, and one elsewhere."""
    member = world.viewers["member"]
    picture = Pictured(CANARIES["what the picture shows"], anew(from_a_camera(drawn((320, 240)))))
    begun = {"group": world.here, "title": CANARIES["title"], "picture": picture}
    thread = threads.open_thread(by=member, words=CANARIES["said"], notes=("loss",), **begun)
    threads.post_reply(by=world.viewers["facilitator"], thread=thread, words="I read it", quotes=1)
    to_lead = CANARIES["said to facilitators"]
    threads.post_reply(by=member, thread=thread, words=to_lead, seen_by="facilitators")
    threads.keep_draft(by=member, group=world.here, thread=thread, words=CANARIES["draft"])
    threads.keep_draft(by=member, group=world.here, words=CANARIES["draft"], title="Draft")
    other = {"group": world.there, "title": "There", "words": CANARIES["said elsewhere"]}
    threads.open_thread(by=world.viewers["member elsewhere"], **other)
    for role in ("member", "facilitator"):
        reads(world, role, thread.number)
    world.instances |= {"thread": thread.number, "post": 1}


def reads(world: World, role: str, number: int) -> None:
    """They open a conversation of the group, and what it holds is read."""
    seen = conversation_at(world.here, number, viewer=world.viewers[role])
    threads.note_read(by=seen.voice, thread=seen.thread, last=seen.last)


def _visit(world: World, meeting: Any) -> None:
    nobody = Viewer(organisation=world.home.id)
    visit, token = members.ask_to_visit(
        by=nobody,
        group=world.here,
        alias=CANARIES["name of the visit"],
        seed=offer(1)[0],
        greeted=True,
        listens=True,
        agreement=2,
        agreed=VISITING.version,
        meeting=meeting.id,
        ends=meeting.ends,
        evening="Tuesday",
        sure=True,
    )
    viewer = Viewer(organisation=world.home.id, visit=visit.id)
    members.confirm_visit(by=world.viewers["facilitator"], visit=visit)
    members.answer_visit(
        by=viewer, visit=visit, shared=False, heard=CANARIES["visitor's own answers"]
    )
    client = browser(world.home)
    assert client.get(f"/v/{token}/").status_code == 303
    world.clients["visitor"], world.viewers["visitor"] = client, viewer
    world.instances |= {"visit": visit.id, "visit token": token}


def _found_by(world: World) -> None:
    """What the other converters find: links, files, listings, sessions, colleagues."""
    found, coordinator = world.instances, world.viewers["coordinator"]
    found["invite token"] = members.invite(by=world.viewers["facilitator"], group=world.here)
    found["invitation"] = Invitation.objects.get(group=world.here).id
    found["return code"] = members.ask_back(by=_somebody(world, "returning"), group=world.here)
    asked = members.vouch(
        by=coordinator, group=world.here, code=found["return code"], member=world.members["left"]
    )
    found["return"] = asked.id
    question, token = ask(
        by=world.viewers["stranger"], words=CANARIES["question"], group=world.here
    )
    found |= {"question": question.code, "question token": token}
    choices = {"name": "Open Doors", "format": "auto", "audience": "", "topics": []}
    found["upload"] = hold_upload(by=coordinator, name="f.json", content=FEED, choices=choices).code
    bring_in(BytesIO(FEED), SAID, by=SYSTEM, organisation=world.home.id, zone="Europe/London")
    found["listing"] = Listing.objects.get(group=None).code
    found["topic"] = groups.add_topic(by=SYSTEM, organisation=world.home.id, name="Tides").id
    led = world.here.leaderships.get()
    found |= {"leadership": led.id, "colleague": world.clients["operator"].staff.account}
    said = {"name": "New One", "shown_as": "New", "roles": ["operator"]}
    found["staff token"] = staff.invite_staff(by=coordinator, organisation=world.home.id, **said)
    found["staff invitation"] = StaffInvitation.objects.get().id
    mine = world.viewers["member"].holder.account
    _cookie, session = begin_session(by=SYSTEM, account=mine, stay=True)
    kept = {"credential": b"c" * 16, "public_key": b"p", "count": 0, "name": "canary"}
    passkey = add_passkey(by=SYSTEM, account=mine, **kept)
    found |= {"session": session.id, "passkey": passkey.id}
    chosen, scope_of = Chosen(called="name", place=False).kept(), world.home.scope
    found["calendar token"] = begin_calendar(by=SYSTEM, account=mine, chosen=chosen)
    found["group calendar token"] = meetings.begin_group_calendar(
        by=world.members["member"], scope=scope_of, chosen=chosen
    )


def _from_elsewhere(world: World) -> None:
    """A person and a coordinator of the other organisation, at their own door and at ours."""
    with scope.entered(world.other.id):
        person = a_person(world.other)
        cookie, _session = begin_session(by=SYSTEM, account=person.holder.account, stay=True)
        coordinator = a_client("coordinator", name="Olga Elsewhere")
    for role, worn in (
        ("foreign person", cookie),
        ("foreign coordinator", coordinator.cookies[cookie_name()].value),
    ):
        for where, organisation in ((role, world.other), (f"{role} at our door", world.home)):
            client = browser(organisation)
            client.cookies[cookie_name()] = worn
            world.clients[where] = client
