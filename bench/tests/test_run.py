"""The command runs through, prints its one table, and leaves nothing behind."""

import os
import subprocess
from pathlib import Path

import pytest

from bench.table import Row, lines

RUN = Path(__file__).resolve().parents[1] / "run"


@pytest.mark.process
def test_it_runs_through_and_leaves_nothing(tmp_path):
    env = {**os.environ, "TMPDIR": str(tmp_path)}
    done = subprocess.run(
        [RUN, "--smoke"], capture_output=True, text=True, timeout=600, env=env, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.count("| what ") == 1
    for part in (
        "start on", "first view", "/my-groups/", "stalled", "memory", "import", "search",
        "thread page", "list of threads", "a reply", "django-spirit", "live", "sealing", "in bulk",
        "a calendar of", "series over",
    ):  # fmt: skip
        assert part in done.stdout
    assert not list(tmp_path.iterdir())


def test_a_miss_is_said():
    rows = [
        Row("a", "1", "2", 2.3, 2.2),
        Row("b", "1", "2", 2.1, 2.2),
        Row("c", "3"),
        Row("d", "1", "2", 2.3, 3, times=True),
        Row("e", "1", "2", 3.1, 3, times=True),
    ]
    said = lines(rows)
    assert ["MISSED" in line for line in said[2:]] == [True, False, False, True, False]
    assert "held" in said[3]
    assert "≥ 3" in said[5]
