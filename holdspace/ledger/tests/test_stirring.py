"""What was written today cannot be put in order."""

import pytest
from django.db import connection

from holdspace.kit import scope
from holdspace.ledger.actions import settle_stirred
from holdspace.ledger.acts import SYSTEM
from holdspace.ledger.stirring import kinds
from holdspace.people.actions import begin_account, lend_code, spend
from holdspace.people.models import Person

pytestmark = pytest.mark.django_db


def test_people_are_stirred():
    assert Person in set(kinds())


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps no transaction ids")
@pytest.mark.django_db(transaction=True)
def test_on_postgresql_the_day_shares_one_transaction(organisation):
    for _ in range(5):
        begin_account(by=SYSTEM)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM people_person")
        assert cursor.fetchone() == (1,)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps no transaction ids")
@pytest.mark.django_db(transaction=True)
def test_on_postgresql_no_lock_stays_on_the_row_of_who_acted(organisation):
    accounts = [begin_account(by=SYSTEM) for _ in range(5)]
    spend(by=SYSTEM, account=accounts[1], purpose="test", limit=3)
    assert _marks() == 1
    lend_code(by=SYSTEM, account=accounts[2])
    assert _marks() == 1


def _marks() -> int:
    """How many kinds of marks of transactions the rows of people bear."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin::text, xmax::text FROM people_person")
        return len(set(cursor.fetchall()))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="pages of PostgreSQL are looked at above")
def test_on_sqlite_the_rows_come_back_whole(organisation):
    accounts = {begin_account(by=SYSTEM) for _ in range(5)}
    assert {p.id for p in Person.objects.all()} == accounts
    assert all(p.secrets["log"] for p in Person.objects.all())


def test_at_night_they_settle(organisation):
    begin_account(by=SYSTEM)
    with scope.everywhere("test"):
        assert settle_stirred(by=SYSTEM) >= 1
        assert not Person.objects.filter(fresh=True).exists()
