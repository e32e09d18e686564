"""The private environment and the children, without installing anything."""

import ipaddress
import sys
import time

import pytest

from holdspace.kit.running import environment
from holdspace.kit.running.children import Child, Children
from holdspace.kit.running.environment import Environment
from holdspace.kit.running.sockets import free_port, loopback
from holdspace.kit.running.start import BARE, DEMONSTRATION, Installation
from holdspace.kit.running.terminal import Stopped


def test_debians_python_without_ensurepip_is_said_in_one_line(tmp_path, monkeypatch):
    (tmp_path / "requirements.txt").write_text("")
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(environment.shutil, "which", lambda name: None)
    monkeypatch.setattr(environment.os, "geteuid", lambda: 1000)
    with pytest.raises(Stopped) as said:
        Environment(tmp_path).ensure("requirements.txt")
    assert str(said.value).endswith(f"apt install python3.{sys.version_info.minor}-venv")
    assert "\n" not in str(said.value)


def test_as_root_it_is_installed(tmp_path, monkeypatch):
    ran = []
    monkeypatch.setattr(environment, "run_quietly", lambda words, *rest: ran.append(words))
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None)
    apt = {"apt-get": "/usr/bin/apt-get"}
    monkeypatch.setattr(environment.shutil, "which", apt.get)
    monkeypatch.setattr(environment.os, "geteuid", lambda: 0)
    (tmp_path / "requirements.txt").write_text("")
    (tmp_path / ".venv").mkdir()
    Environment(tmp_path).ensure("requirements.txt")
    assert [words[0] for words in ran[:2]] == ["apt-get", "apt-get"]
    assert "--require-hashes" in ran[-1]


def test_an_environment_that_holds_the_pins_is_left_alone(tmp_path, monkeypatch):
    here = Environment(tmp_path)
    here.python.parent.mkdir(parents=True)
    here.python.touch()
    (tmp_path / "requirements.txt").write_text("one==1")
    here._stamp("requirements.txt").write_text(here._digest("requirements.txt"))
    monkeypatch.setattr(environment, "run_quietly", pytest.fail)
    here.ensure("requirements.txt")


def test_what_is_bound_can_be_reached_from_this_machine_alone():
    bound = loopback(free_port())
    assert {ipaddress.ip_address(one.getsockname()[0]).is_loopback for one in bound} == {True}
    for one in bound:
        one.close()


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return Installation(tmp_path, tmp_path, 8000)


def test_a_new_folder_gets_the_demonstration_and_stays_so(here):
    assert here.settle_kind(empty=False) == DEMONSTRATION
    assert here.settle_kind(empty=False) == DEMONSTRATION
    with pytest.raises(Stopped):
        here.settle_kind(empty=True)


def test_a_bare_one_stays_bare(here):
    assert here.settle_kind(empty=True) == BARE
    assert here.settle_kind(empty=False) == BARE
    assert here.env()["HOLDSPACE_DEMONSTRATION"] == "0"


def test_a_folder_that_was_in_use_or_a_database_given_is_never_made_a_demonstration(
    here, monkeypatch
):
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/else")
    assert here.settle_kind(empty=False) == BARE


def test_a_demonstration_cut_short_is_begun_anew(here, monkeypatch):
    said = []
    monkeypatch.setattr(here, "manage", lambda *words: said.append(words[0]))
    here.making.touch()
    (here.data / "content").mkdir()
    here.begin_demonstration()
    assert said == ["prepare", "demonstrate"]
    assert not (here.data / "content").exists()
    assert not here.making.exists()


def test_a_child_that_ends_is_started_again_after_a_growing_pause(tmp_path, capfd):
    child = Child("web", [sys.executable, "-c", "raise SystemExit(3)"], {})
    child.start()
    pauses = []
    until = time.monotonic() + 60
    while len(pauses) < 3 and time.monotonic() < until:
        child.keep_up()
        if child.again_at and child.pause not in pauses:
            pauses.append(child.pause)
        time.sleep(0.01)
    Children([child]).end()
    assert pauses == [0.2, 0.4, 0.8]
    assert "web ended (3)" in capfd.readouterr().err
