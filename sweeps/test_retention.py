"""What privacy.toml promises to be over is over: years go by, the clock's tasks run, all is gone.

People read these words on the page "What we keep". For every kind of row that has an end, there is
one before, and none of those is left afterwards.
"""

import datetime as dt
import math
import tomllib

import pytest
from django.apps import apps
from django.db.models import Q

from holdspace.consent.actions import intend_erasure
from holdspace.kit import clock, scope
from holdspace.ledger.acts import SYSTEM, outside_act
from holdspace.ledger.events import registered
from holdspace.meetings import actions as meetings
from holdspace.meetings.models import Meeting
from holdspace.members import actions as members
from holdspace.members.models import Recognition, Waiting
from holdspace.notices import actions as notices
from holdspace.notices import post
from holdspace.organisations.models import Beginning
from holdspace.organisations.tallies import count_one
from holdspace.people.actions import bar, lend_code, spend
from holdspace.people.actions.tries import note_try
from holdspace.staff import actions as staff
from sweeps.house import ROOT
from sweeps.small_world import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
# How long, in the very words of the file; a kind that is not named here has no end of its own.
KEPT = {
    "vault.Erasure": "1 year",
    "ledger.Line": "2 years",
    "organisations.Tally": "2 hours",
    "organisations.Beginning": "30 days",
    "people.Session": "90 days",
    "people.RecoveryKey": "90 days",
    "people.Try": "1 day",
    "people.Allowance": "14 days",
    "people.Barring": "5 years",
    "notices.Delivery": "4 days",
    "staff.StaffAccount": "2 years",
    "staff.Role": "2 years",
    "staff.StaffInvitation": "7 days",
    "members.Member": "2 years",
    "members.Application": "90 days",
    "members.Invitation": "14 days",
    "members.Waiting": "1 year",
    "members.Visit": "24 hours",
    "members.Recognition": "30 days",
    "members.Return": "14 days",
    "directory.Upload": "1 day",
    "directory.Question": "30 days",
    "meetings.Meeting": "2 years",
    "meetings.Change": "2 years",
    "meetings.Seat": "7 days",
    "threads.Thread": "365 days",
    "threads.Post": "365 days",
    "threads.Draft": "30 days",
    "consent.Erasing": "8 days",
}
LENGTH = {"hour": 1 / 24, "day": 1, "year": 365}
# The clock's tasks run once a day, and an evening is a day ahead. Meetings are made 60 days ahead;
# what was erased is kept by the week.
LATER = {"meetings.Meeting": 62, "meetings.Change": 62, "vault.Erasure": 14}
# These end with what people do, or as work is done, and not by the clock.
OTHERWISE = {
    "vault.Key": "with its scope",
    "ledger.Task": "when done; given up after so many tries (test_queue.py)",
    "ledger.Pulse": "overwritten",
    "people.Person": "with the account; unused ones within a day (members, test_unused.py)",
    "people.Passkey": "removed, or with the account",
    "people.CalendarKey": "renewed or ended, or with the account",
    "meetings.GroupCalendar": "renewed or ended, or with the membership",
    "notices.MailTest": "with the next test",
    "consent.Consent": "with the account",
    "threads.Reader": "with the membership",
}
# Of some kinds only those go which have ended.
ENDED = {
    "people.RecoveryKey": Q(kind="loan"),
    "members.Member": Q(standing__in=["left", "removed"]),
    "members.Waiting": ~Q(standing__in=Waiting.LIVE),
    "members.Recognition": Q(settled_on__isnull=False),
    "staff.StaffAccount": Q(ended_on__isnull=False),
    "staff.Role": Q(until__isnull=False),
    "vault.Erasure": Q(),
}
NOT_NOW = {"begin_a_new_epoch"}  # the root key's files are shared by every test


def _sections():
    return tomllib.loads((ROOT / "privacy.toml").read_text())


def _over(label):
    """After how many days nothing of this kind is left."""
    many, unit = KEPT[label].split()
    return math.ceil(int(many) * LENGTH[unit.removesuffix("s")]) + LATER.get(label, 2)


def _ends(label, keeps):
    """Whether rows of this kind have an end that the clock must bring."""
    return label not in OTHERWISE and (label in ENDED or not keeps.startswith("while "))


@pytest.fixture
def lived_in(world, monkeypatch):
    """The small world, with something of each kind that ends."""
    monkeypatch.setattr(post, "is_set_up", lambda: True)
    here = world.viewers["peer"].holder.account  # stays, whatever ends around it
    with scope.entered(world.home.id):
        mail = {"to_address": "a@example.org", "subject": "x", "text": "y"}
        notices.send_mail(by=SYSTEM, scope=world.home.scope, **mail)
        lend_code(by=SYSTEM, account=here)
        note_try(by=SYSTEM, organisation_scope=world.home.scope, tried="x")
        spend(by=SYSTEM, account=here, purpose="x", limit=3)
        bar(by=SYSTEM, account=here)
        count_one(by=SYSTEM, purpose="x", within=dt.timedelta(hours=1))
        with outside_act("a link nobody used"):
            Beginning.objects.create(token_tag=b"t" * 32, lapses_on=clock.today())
        for told in Recognition.objects.filter(to="facilitator"):
            members.settle_recognition(by=world.viewers["facilitator"], recognition=told)
        turn = Waiting.objects.get(group=world.here, standing__in=Waiting.LIVE)
        members.leave_waiting(by=world.viewers["waiting"], waiting=turn)
        meetings.skip_meeting(by=SYSTEM, meeting=Meeting.objects.order_by("begins").last())
        staff.end_account(by=SYSTEM, staff=world.clients["operator"].staff)
        intend_erasure(by=world.viewers["returning"], spread=True)
    return world


def _rows():
    """The ids of the rows of every kind that ends."""
    found = {}
    with scope.everywhere("the sweep looks at all rows"):
        for label, section in _sections().items():
            if _ends(label, section["keeps"]):
                rows = apps.get_model(label)._base_manager.filter(ENDED.get(label, Q()))
                found[label] = set(rows.values_list("pk", flat=True))
    return found


def test_whoever_says_how_long_is_looked_after():
    """A row that is kept "while", and then for a time, is among those that end."""
    sections = _sections()
    assert set(OTHERWISE) | set(ENDED) <= set(sections)
    timed = {
        label
        for label, section in sections.items()
        if section["keeps"].startswith("while ") and any(c.isdigit() for c in section["keeps"])
    }
    assert timed - set(ENDED) - set(OTHERWISE) == set()
    ending = {label for label, section in sections.items() if _ends(label, section["keeps"])}
    assert set(KEPT) == ending
    assert [label for label in KEPT if KEPT[label] not in sections[label]["keeps"]] == []


def _run_by_the_clock():
    tasks, rhythms, _listeners = registered()
    for name in sorted(rhythms):
        if name.rpartition(".")[2] not in NOT_NOW:
            tasks[name]()


def test_what_is_over_is_gone(lived_in):
    before = _rows()
    assert sorted(label for label, rows in before.items() if not rows) == []
    left = {}
    for days in sorted({_over(label) for label in KEPT}):
        with clock.at(NOON + dt.timedelta(days=days)):
            _run_by_the_clock()
            after = _rows()
        over = [label for label in KEPT if _over(label) == days]
        left |= {label: n for label in over if (n := len(before[label] & after[label]))}
    assert left == {}
