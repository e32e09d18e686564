"""What was written today cannot be put in order."""

from collections import Counter

import pytest
from django.db import connection

from holdspace.kit import scope
from holdspace.ledger import stirring
from holdspace.ledger.actions import settle_stirred
from holdspace.ledger.acts import SYSTEM
from holdspace.ledger.stirring import kinds
from holdspace.ledger.tasks import lay_anew
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


def test_a_large_organisation_stirs_no_more_than_a_small_one(organisation, monkeypatch):
    monkeypatch.setattr(stirring, "MOST", 4)
    accounts = [begin_account(by=SYSTEM) for _ in range(9)]
    drawn = []
    draw = stirring._draw
    monkeypatch.setattr(stirring, "_draw", lambda *told: drawn.append(draw(*told)) or drawn[-1])
    lend_code(by=SYSTEM, account=accounts[0])
    assert len(drawn[0]) == len(set(drawn[0])) == 4
    assert accounts[0] in drawn[0]
    assert set(drawn[0]) <= set(accounts)


def test_every_other_is_drawn_alike(organisation, monkeypatch):
    monkeypatch.setattr(stirring, "MOST", 3)
    accounts = [begin_account(by=SYSTEM) for _ in range(6)]
    acted = {stirring.Touched(Person, organisation.id, accounts[0])}
    often = Counter(pk for _ in range(300) for pk in stirring._draw(Person, acted))
    assert often.pop(accounts[0]) == 300
    assert set(often) == set(accounts[1:])
    assert all(60 <= count <= 180 for count in often.values())  # 120 each, ± 60 is 7 deviations


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps no transaction ids")
@pytest.mark.django_db(transaction=True)
def test_on_postgresql_all_tables_of_who_is_drawn_share_the_transaction(organisation, monkeypatch):
    accounts = [begin_account(by=SYSTEM) for _ in range(9)]
    for account in accounts:
        lend_code(by=SYSTEM, account=account)
    monkeypatch.setattr(stirring, "MOST", 4)
    lend_code(by=SYSTEM, account=accounts[3])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.id, p.xmin::text, k.xmin::text FROM people_person p "
            "JOIN people_recoverykey k ON k.person_id = p.id"
        )
        marks = {pk: (person, paper) for pk, person, paper in cursor.fetchall()}
    assert all(person == paper for person, paper in marks.values())
    together = [pk for pk, (person, _paper) in marks.items() if person == marks[accounts[3]][0]]
    assert len(together) == 4


def test_at_night_they_settle(organisation):
    begin_account(by=SYSTEM)
    with scope.everywhere("test"):
        assert settle_stirred(by=SYSTEM) >= 1
        assert not Person.objects.filter(fresh=True).exists()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's pages are folded each time")
@pytest.mark.django_db(transaction=True)
@pytest.mark.alone
def test_on_postgresql_pages_of_the_day_are_written_anew(organisation, monkeypatch):
    for _ in range(3):
        lend_code(by=SYSTEM, account=begin_account(by=SYSTEM))
    before = _asked("SELECT pg_relation_filenode('people_person')")
    monkeypatch.setattr(stirring, "LARGEST", 0)
    lay_anew()
    assert _asked("SELECT pg_relation_filenode('people_person')") == before  # waits for the night
    monkeypatch.undo()
    lay_anew()
    assert _asked("SELECT pg_relation_filenode('people_person')") != before
    _asked("CREATE EXTENSION IF NOT EXISTS pageinspect")
    left = "SELECT count(t_xmin) FROM heap_page_items(get_raw_page('people_person', 0))"
    assert _asked(left) == 3


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps no dead versions")
@pytest.mark.django_db(transaction=True)
def test_on_postgresql_a_busy_table_is_asked_for_again(organisation, monkeypatch):
    begin_account(by=SYSTEM)
    laid = []

    def busy_at_first(model, *, patience):
        laid.append(model)
        return laid.count(model) > 2

    monkeypatch.setattr(stirring, "PAUSE", 0)
    monkeypatch.setattr(stirring, "_lay", busy_at_first)
    with scope.everywhere("a test"):
        assert stirring.lay_anew() == 0
    assert laid.count(Person) == 3
    monkeypatch.setattr(stirring, "_lay", lambda model, *, patience: False)
    with scope.everywhere("a test"):
        assert stirring.lay_anew() > 0


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps no dead versions")
@pytest.mark.django_db(transaction=True)
@pytest.mark.alone
def test_on_postgresql_versions_that_somebody_could_still_see_are_no_clean_table(organisation):
    account = begin_account(by=SYSTEM)
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as looking:
            looking.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            looking.execute("SELECT 1")
            lend_code(by=SYSTEM, account=account)
            assert not stirring._lay(Person, patience="2s")
    finally:
        other.close()
    assert stirring._lay(Person, patience="2s")


def _asked(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.fetchone()[0]) if cursor.description else 0
