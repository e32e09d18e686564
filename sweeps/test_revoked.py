"""What ends is over at the very next request, in every process: nothing is remembered too long."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

from holdspace.ledger.rehearsal import empty_databases

pytestmark = pytest.mark.process

SHOWN, GONE, ELSEWHERE = [200, True], [404, True], [303, True]
WORD_GONE = [200, False]
AFTER = {
    "leaving": GONE,
    "removal": ELSEWHERE,  # led to why: the words that were written to them
    "leaving a conversation": [404, False],
    "taking words back": WORD_GONE,
    "a new agreement": [303, False],
    "signing out": ELSEWHERE,
    "signing out everywhere": GONE,
    "erasing": WORD_GONE,
    "a new name": WORD_GONE,
    "an account at work": ELSEWHERE,
    "closed doors": GONE,
}


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("HOLDSPACE_", "DJANGO_"))}
    data = str(tmp_path_factory.mktemp("revoked") / "var")
    with empty_databases() as urls:
        env = {**kept, **urls, "HOLDSPACE_DATA": data, "DJANGO_SETTINGS_MODULE": "config.settings"}
        run = [sys.executable, "-W", "ignore"]
        subprocess.run([*run, "manage", "prepare"], cwd=settings.ROOT, env=env, check=True)
        done = subprocess.run(
            [*run, "-m", "sweeps.revoked.acting"], cwd=settings.ROOT, env=env, check=True,
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
    return json.loads(done.stdout)


@pytest.mark.parametrize("what", AFTER)
def test_it_is_over_at_the_next_request(told, what):
    assert told[what] == [SHOWN, SHOWN, AFTER[what]]


def test_who_stays_stays(told):
    assert told["who stays"] == [WORD_GONE, WORD_GONE, SHOWN]
