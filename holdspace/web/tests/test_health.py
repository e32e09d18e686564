import pytest
from django.db import OperationalError
from django.test import Client

from holdspace.ledger import worker
from holdspace.web import health, preparation

pytestmark = pytest.mark.django_db


def asked():
    answer = Client().get("/healthz")
    return answer.status_code, answer.content.decode()


def test_ready_when_databases_tables_and_worker_are_there():
    worker.beat()
    assert asked() == (200, "ready\n")


def test_without_a_worker_it_is_not_ready():
    assert asked() == (503, "waiting for: worker\n")


def test_a_database_behind_is_named(monkeypatch):
    health._tables_there.cache_clear()
    monkeypatch.setattr(health, "is_behind", lambda alias: True)
    assert asked() == (503, "waiting for: migrations\n")


def test_a_database_that_is_away_is_named(monkeypatch):
    def away():
        raise OperationalError

    monkeypatch.setattr(health, "_tables_there", away)
    assert asked() == (503, "waiting for: database\n")


def test_static_files_are_collected_once(settings, tmp_path):
    settings.DATA = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    assert preparation.collect_static()
    assert not preparation.collect_static()
    (tmp_path / "static.sha256").write_text("older")
    assert preparation.collect_static()
