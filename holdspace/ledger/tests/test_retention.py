"""Lines go after two years, and what is left still tells whether somebody tampered."""

import datetime as dt

import pytest

from holdspace.kit import clock
from holdspace.ledger import tasks
from holdspace.ledger.acts import outside_act
from holdspace.ledger.chain import record, verify
from holdspace.ledger.models import Chain, Checkpoint, Line
from holdspace.vault import scopes
from holdspace.vault.models import Erasure

pytestmark = pytest.mark.django_db
BEGAN = dt.datetime(2024, 3, 1, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def later(days):
    return clock.at(BEGAN + days * DAY)


def a_chain(*days):
    """A chain with a line on each of these days."""
    scope = scopes.open_scope()
    for day in days:
        with later(day), outside_act("a test's line"):
            record(scope, "test.done", actor="somebody")
    return scope


def numbers(chain):
    return list(
        Line.objects.filter(chain=chain).order_by("number").values_list("number", flat=True)
    )


def test_lines_of_two_years_ago_go_and_the_rest_verifies():
    chain, young = a_chain(0, 0, 400, 729), a_chain(600)
    with later(730):
        tasks.forget_old_lines()
    assert numbers(chain) == [1, 2, 3, 4]
    with later(731):
        tasks.forget_old_lines()
        tasks.forget_old_lines()
    assert numbers(chain) == [3, 4]
    assert Checkpoint.objects.get(chain=chain).number == 2
    assert numbers(young) == [1]
    assert list(verify(chain)) == []
    with later(731), outside_act("another line"):
        record(chain, "test.done", actor="somebody")
        assert list(verify(chain)) == []
        Line.objects.filter(chain=chain, number=3).delete()
    assert [found.number for found in verify(chain)] == [3, 4]


def test_a_chain_of_which_all_is_old_goes_on_from_its_checkpoint():
    chain = a_chain(0, 1)
    with later(1000):
        tasks.forget_old_lines()
        assert numbers(chain) == []
        assert list(verify(chain)) == []
        with outside_act("a new line"):
            assert record(chain, "test.done", actor="somebody").number == 3
    assert list(verify(chain)) == []
    with later(2000):
        tasks.forget_old_lines()
    assert Checkpoint.objects.get(chain=chain).number == 3


def test_a_chain_that_does_not_hold_is_left_to_be_looked_at(caplog):
    broken, whole = a_chain(0, 1), a_chain(0, 1)
    with outside_act("somebody tampers"):
        Line.objects.filter(chain=broken, number=1).update(kind="test.undone")
    with later(1000):
        tasks.forget_old_lines()
    assert numbers(broken) == [1, 2]
    assert numbers(whole) == []
    assert "does not hold" in caplog.text
    assert str(broken) not in caplog.text
    assert Chain.objects.filter(id__in=[broken, whole]).count() == 2


def test_the_list_of_what_was_erased_is_kept_for_a_year_and_not_for_ever():
    with later(0):
        scopes.shred([scopes.open_scope()])
        scopes.intend("an account")
    with later(364):
        tasks.forget_old_lines()
        assert Erasure.objects.count() == 2
    with later(380):
        scopes.shred([scopes.open_scope()])
        tasks.forget_old_lines()
        assert Erasure.objects.count() == 1
