"""Workers as processes of their own, killed without warning and two at a time."""

import os
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest
from django.conf import settings
from django.db import connections

pytestmark = pytest.mark.process
ROOT = Path(__file__).resolve().parents[3]
TASKS = 40
PATIENCE = 180  # seconds, on a machine that does much else


def address(alias):
    made = connections[alias].settings_dict
    return f"postgresql://{made['USER']}@{made['HOST']}:{made['PORT']}/{made['NAME']}"


class Outside:
    """Processes that share a database: the tests' own on PostgreSQL, a new file on SQLite."""

    def __init__(self, folder, vendor):
        self.env = {k: v for k, v in os.environ.items() if not k.startswith("HOLDSPACE_")}
        self.env["DJANGO_SETTINGS_MODULE"] = "config.settings"
        if vendor == "postgresql":
            self.env |= {
                "HOLDSPACE_DATA": str(settings.DATA),
                "DATABASE_URL": address("default"),
                "KEYS_DATABASE_URL": address("keys"),
            }
        else:
            self.env["HOLDSPACE_DATA"] = str(folder)
            self.env.pop("DATABASE_URL", None)
            self.env.pop("KEYS_DATABASE_URL", None)
            subprocess.run([sys.executable, ROOT / "manage", "prepare"], env=self.env, check=True)

    def start(self, *words):
        command = [sys.executable, "-m", "holdspace.ledger.tests.outside", *words]
        return subprocess.Popen(command, cwd=ROOT, env=self.env, stdout=subprocess.PIPE, text=True)

    def do(self, *words):
        process = self.start(*words)
        said, _none = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0
        return said

    def counts(self):
        return tuple(int(number) for number in self.do("count").split())


@pytest.fixture
def outside(transactional_db, tmp_path):
    return Outside(tmp_path, connections["default"].vendor)


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_loses_nothing_and_doubles_nothing(outside):
    outside.do("queue", str(TASKS))
    chance = Random(7)
    for _ in range(3):
        worker = outside.start("work")
        time.sleep(0.7 + chance.random() * 0.5)
        worker.kill()
        worker.wait()
    worker = outside.start("work")
    until = time.monotonic() + PATIENCE
    while (found := outside.counts())[2] and time.monotonic() < until:
        time.sleep(0.3)
    worker.terminate()
    assert found == (TASKS, 0, 0)
    worker.wait(PATIENCE)


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_a_clock_task_slot_by_slot(outside):
    outside.do("queue", "0")
    start = time.monotonic()
    workers = [outside.start("clock") for _ in range(2)]
    while outside.counts()[1] < 3 and time.monotonic() - start < PATIENCE:
        time.sleep(0.2)
    for worker in workers:
        worker.kill()
        worker.wait()
    slots = time.monotonic() - start + 2  # the first at once, and one begun at either end
    assert 3 <= outside.counts()[1] <= slots
