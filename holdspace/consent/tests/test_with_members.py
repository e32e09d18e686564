"""An account with places in groups: all of it in one file, and all of it gone, place by place."""

import datetime as dt
import io
import json
import re
import zipfile

import pytest

from holdspace.consent.actions import carry_on, give_consent, intend_erasure
from holdspace.consent.bundle import packed
from holdspace.consent.models import Erasing
from holdspace.consent.queries import everything_of
from holdspace.consent.tasks import carry_on_erasing
from holdspace.groups.tests.factories import a_group
from holdspace.kit import clock, holdings
from holdspace.kit.weave import weave_name, weave_svg
from holdspace.ledger.acts import SYSTEM
from holdspace.meetings.actions import take_seat
from holdspace.meetings.tests.factories import a_series, first_meeting
from holdspace.members.actions import wait
from holdspace.members.models import Member
from holdspace.members.tests.factories import a_member, a_person
from holdspace.people.actions import give_recovery_key
from holdspace.people.actions.passkeys import add_passkey
from holdspace.people.models import Person
from holdspace.threads import actions as threads
from holdspace.threads.tests.factories import a_reply, a_thread
from holdspace.vault.scopes import is_open

pytestmark = pytest.mark.django_db

START = dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize("spread", [False, True])
def test_every_place_goes_and_nobody_elses(organisation, group, spread):
    _neighbour, other = a_member(organisation, group)
    viewer, mine = a_member(organisation, group)
    assert a_person(organisation)
    with clock.at(START):
        row = intend_erasure(by=viewer, spread=spread)
        carry_on(row)
    assert not Person.objects.filter(id=viewer.holder.account).exists()
    with clock.at(START + dt.timedelta(days=7, minutes=1)):
        carry_on_erasing()
    assert not Erasing.objects.exists()
    assert list(Member.objects.values_list("id", flat=True)) == [other.id]
    assert not is_open(mine.scope)
    assert is_open(other.scope)


def _talk(group, viewer):
    """Words, a draft, a response and ways of reading."""
    talk = {"by": viewer, "group": group}
    a_thread(**talk, need="listening", notes=("loss",))
    other, _member = a_member(group.organisation, group)
    threads.support(by=viewer, post=a_reply(other, a_thread(other, group)), kind="me-too")
    threads.keep_draft(**talk, title="Mornings", words="They are short.")
    threads.change_reading(**talk, folds=("loss",), words=("hospital",), unsigned=True)


@pytest.fixture
def file(organisation, group):
    """What somebody gets who has a place, a seat, a turn, consents and a passkey: JSON and page."""
    viewer, member = a_member(organisation, group, "Wren", about={"hello": "left", "hope": "Sleep"})
    _talk(group, viewer)
    take_seat(by=member, meeting=first_meeting(a_series(group)))
    full = a_group("Full Circle", ceiling=2)
    a_member(organisation, full)
    a_member(organisation, full)
    wait(by=viewer, group=full)
    give_consent(by=viewer, purpose="messages")
    kept = {"credential": b"c" * 16, "public_key": b"p", "count": 0, "name": ""}
    add_passkey(by=SYSTEM, account=viewer.holder.account, **kept)
    give_recovery_key(by=SYSTEM, account=viewer.holder.account)
    held = everything_of(viewer=viewer)
    with zipfile.ZipFile(io.BytesIO(packed(held, "Harbour"))) as bundle:
        page = bundle.read("everything.html").decode()
        return json.loads(bundle.read("everything.json")), page, member


def _unsaid(value, within=""):
    """Every key for which its package gave no words."""
    if isinstance(value, list):
        for inner in value:
            yield from _unsaid(inner, within)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if not any(map(holdings.said, (key, f"{within}.{key}"))) and not key.isdigit():
                yield f"{within}.{key}"
            yield from _unsaid(inner, key)


def test_every_key_in_it_is_said_in_words(file):
    told, page, _member = file
    assert sorted(set(_unsaid(told))) == []
    assert "_" not in re.sub(r"<[^>]+>", "", page[page.index("<main") :])
    assert "A passkey was added" in page
    assert "Death and loss" in page
    assert "Me too" in page
    assert "You agreed to something" in page


def test_the_picture_is_drawn_and_named(file):
    told, page, member = file
    assert told["members"]["memberships"][0]["members"]["picture"] == member.seed
    assert f"{weave_svg(member.seed, 72)} {weave_name(member.seed)}" in page
    assert str(member.seed) not in page


def test_nothing_empty_has_a_heading_on_the_page_and_words_of_ones_own_stay(file):
    told, page, _member = file
    assert told["members"]["applications"] == []
    assert "Applications" not in page
    assert not re.search(r"<(dd|li|ul|dl|section)>\s*</\1>", page)
    assert "<dt>Hello</dt><dd>left</dd>" in re.sub(r"\s*\n\s*", "", page)
    assert "<dt>How it stands</dt><dd>here</dd>" in re.sub(r"\s*\n\s*", "", page)
