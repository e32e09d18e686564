"""An account begun in a dialog that was left goes within a day; who goes on loses nothing."""

import datetime as dt

import pytest

from holdspace.consent.actions import give_consent
from holdspace.consent.models import Consent, Erasing
from holdspace.groups.tests.factories import a_group
from holdspace.kit import clock
from holdspace.kit.guard import Refused
from holdspace.ledger.acts import SYSTEM
from holdspace.members import actions
from holdspace.members.models import Member
from holdspace.members.tasks import LEFT_FOR, clear_unused_accounts
from holdspace.members.tests.browser import nobody
from holdspace.members.tests.factories import a_member, a_name, a_person, joined
from holdspace.members.tests.test_dialog import walk
from holdspace.people.actions import begin_session, give_recovery_key, keep_passphrase
from holdspace.people.models import Person, RecoveryKey, Session
from holdspace.vault.models import Key
from holdspace.vault.scopes import is_open

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _noon():
    with clock.at(NOON):
        yield


def within_a_day():
    """The task as the clock runs it, until a day has passed."""
    for hours in range(0, 25, 2):
        with clock.at(NOON + hours * HOUR):
            clear_unused_accounts()


def test_a_dialog_that_was_left_leaves_nothing_behind(organisation):
    group, browser = a_group(), nobody(organisation)
    keys = Key.objects.count()
    walk(browser, group, "Quiet Wren")
    person = Person.objects.get()
    assert Consent.objects.exists()
    assert RecoveryKey.objects.exists()
    within_a_day()
    for kind in (Person, Session, Consent, RecoveryKey, Erasing, Member):
        assert not kind.objects.exists(), kind
    assert not is_open(person.scope)
    assert Key.objects.count() == keys


def test_nothing_goes_before_twenty_hours(organisation):
    browser = nobody(organisation)
    walk(browser, a_group(), "Quiet Wren")
    with clock.at(NOON + LEFT_FOR):
        clear_unused_accounts()
        assert Person.objects.count() == 1


def test_who_goes_on_after_a_day_goes_on_where_they_were(organisation):
    group, browser = a_group(), nobody(organisation)
    join = f"/groups/{group.code}/join/"
    walk(browser, group, "Quiet Wren")
    browser.post(join + "hello/", {"way": "say", "hello": "Hello, all"})
    within_a_day()
    assert not Person.objects.exists()
    with clock.at(NOON + 30 * HOUR):
        page = browser.post(join + "needs/", {"needs": "A chair near the door"}, follow=True)
        assert b"What you hope for" in page.content
        last = browser.post(join + "hope/", {"hope": "To sleep"})
        assert last.headers["Location"] == join + "way-back/"
        member = Member.objects.get()
        assert (member.alias, member.said["hello"]) == ("Quiet Wren", "Hello, all")
        assert browser.get(f"/g/{group.code}/place/").status_code == 200


def test_answers_typed_before_and_sent_after_a_day_are_sent(organisation):
    group = a_group(way_in="approval", questions=["What brings you?"])
    browser = nobody(organisation)
    walk(browser, group, "Quiet Wren")
    within_a_day()
    with clock.at(NOON + 30 * HOUR):
        answers = f"/groups/{group.code}/join/questions/"
        sent = browser.post(answers, {"q0": "Something typed with care"}, follow=True)
    assert b"Something typed with care" in sent.content


def test_everything_that_is_used_stays(organisation):
    full = a_group("Full", ceiling=2)
    asks = a_group("Asks", way_in="approval", questions=["Why?"])
    other = a_group("Other")
    people = {
        "member": a_member(organisation, full)[0],
        "left": (left := a_member(organisation, full))[0],
        "waiting": a_person(organisation),
        "applicant": a_person(organisation),
        "returning": a_person(organisation),
        "passphrase": a_person(organisation),
        "paper": a_person(organisation),
        "came again": a_person(organisation),
    }
    actions.wait(by=people["waiting"], group=full)
    actions.leave_group(by=left[1])
    actions.apply(by=people["applicant"], group=asks, answers=[["Why?", "So."]], draft={})
    actions.ask_back(by=people["returning"], group=other)
    of = {who: viewer.holder.account for who, viewer in people.items()}
    keep_passphrase(by=SYSTEM, account=of["passphrase"], passphrase="kettle on the stove")
    give_recovery_key(by=SYSTEM, account=of["paper"])
    unused = a_person(organisation).holder.account
    with clock.at(NOON + 19 * HOUR):
        begin_session(by=SYSTEM, account=of["came again"], stay=True)
    within_a_day()
    assert set(Person.objects.values_list("id", flat=True)) == set(of.values())
    assert unused not in of.values()


def test_a_joining_under_way_is_seen_or_finds_the_account_gone(organisation):
    group, viewer = a_group(), a_person(organisation)
    account = viewer.holder.account
    assert actions.clear_unused(by=SYSTEM, account=account) is not None
    with pytest.raises(Refused, match="refused"):
        joined(viewer, group)
    assert not Member.objects.exists()
    used = a_person(organisation)
    joined(used, group, a_name())
    assert actions.clear_unused(by=SYSTEM, account=used.holder.account) is None
    assert Person.objects.filter(id=used.holder.account).exists()


def test_an_erased_account_joins_nothing_from_another_tab(organisation):
    from holdspace.consent.actions import carry_on, intend_erasure

    group, viewer = a_group(), a_person(organisation)
    give_consent(by=viewer, purpose="taking_part")
    carry_on(intend_erasure(by=viewer, spread=False))
    for act in (
        lambda: joined(viewer, group),
        lambda: actions.wait(by=viewer, group=group),
        lambda: actions.ask_back(by=viewer, group=group),
    ):
        with pytest.raises(Refused):
            act()
    assert not Member.objects.exists()
