"""kill -9 of an operator's command, at step after step: no key is lost, and again finishes it.

On the database that the tests run on, in databases of its own.
"""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

from holdspace.ledger.rehearsal import empty_databases
from holdspace.vault import rootkey
from sweeps.killed.operator import MOST

pytestmark = pytest.mark.process


def surroundings():
    ours = ("HOLDSPACE_", "DJANGO_", "DATABASE_URL", "KEYS_DATABASE_URL")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    place = tmp_path_factory.mktemp("operator")
    with empty_databases() as urls:
        env = {**surroundings(), **urls, "HOLDSPACE_DATA": str(place / "var")}
        commands = (["-W", "ignore", "manage", "prepare"],
                    ["-m", "sweeps.killed.operator", str(place)])  # fmt: skip
        for words in commands:
            done = subprocess.run(
                [sys.executable, *words],
                cwd=settings.ROOT,
                env=env,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stderr[-3000:]
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return {line["command"]: line for line in lines}


@pytest.mark.parametrize("command", MOST)
def test_a_command_killed_anywhere_loses_nothing_and_is_finished_by_giving_it_again(told, command):
    line = told[command]
    assert line["killed"] >= line["aims"] - 2 >= 8  # a run may have a step less than the one before
    assert line["wrong"] == []


def test_a_key_that_was_just_named_is_never_written_over(tmp_path, settings):
    settings.KEYS = tmp_path
    rootkey.write_epoch(1)
    named = tmp_path / "root" / "epoch-1.key"
    before = named.read_text()
    os.link(named, tmp_path / "root" / f"{rootkey.GROWING}cut-short")
    rootkey.sweep_up()
    assert named.read_text() == before
    assert [file.name for file in (tmp_path / "root").iterdir()] == ["epoch-1.key"]


def test_an_installation_whose_restore_was_cut_short_does_not_start(tmp_path):
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "restore-under-way.json").write_text("{}")
    done = subprocess.run(
        [sys.executable, str(settings.ROOT / "manage"), "prepare"],
        env={**surroundings(), "HOLDSPACE_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Finish it: ./manage restore" in done.stderr
