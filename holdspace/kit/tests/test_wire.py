"""The wire with a real Redis: a nudge is felt in other processes, and losing it is borne."""

import signal
import subprocess
import time
from contextlib import contextmanager
from threading import Event

import pytest
import redis

from holdspace.kit.live import moved
from holdspace.kit.live.wire import CHANNEL, Wire
from holdspace.kit.tests.test_live import SOON, a_house, heard, line
from holdspace.kit.tests.test_server import free_port

pytestmark = pytest.mark.redis


@contextmanager
def a_redis(port):
    quiet = ["--save", "", "--appendonly", "no", "--bind", "127.0.0.1", "--loglevel", "warning"]
    server = subprocess.Popen(["redis-server", "--port", str(port), *quiet])
    try:
        for _ in range(100):
            if not subprocess.run(["redis-cli", "-p", str(port), "ping"], check=False).returncode:
                break
            time.sleep(0.05)
        yield
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(SOON)


@contextmanager
def a_wire(port, heard=None):
    wire = Wire(f"redis://127.0.0.1:{port}", heard)
    try:
        yield wire
    finally:
        wire.end()


def until(event, again=lambda: None):
    for _ in range(100):
        again()
        if event.wait(0.1):
            return True
    return False


def test_a_nudge_in_one_process_is_felt_in_another_and_not_in_itself():
    port, felt, own = free_port(), Event(), Event()
    with a_redis(port), a_wire(port, own.set) as one:
        one.deafen()  # both ends are in this process: only the third one hears `moved`
        with a_wire(port, felt.set) as two, a_wire(port):
            two.deafen()
            assert until(felt, moved)
            assert until(own, moved)


def test_a_process_does_not_feel_its_own_nudges():
    port, own = free_port(), Event()
    with a_redis(port), a_wire(port, own.set), redis.Redis(port=port) as client:
        with client.pubsub(ignore_subscribe_messages=True) as witness:
            witness.subscribe(CHANNEL)
            for _ in range(100):
                moved()
                if witness.get_message(timeout=0.1):
                    break
            else:
                raise AssertionError("nothing was said on the wire")
        assert not own.wait(0.5)


def test_a_redis_that_goes_away_and_comes_back_is_found_again():
    port, felt = free_port(), Event()
    with a_wire(port, felt.set) as one:
        one.deafen()
        with a_wire(port):
            moved()
            with a_redis(port):
                assert until(felt, moved)
            felt.clear()
            with a_redis(port):
                assert until(felt, moved)


def test_without_redis_lines_hear_all_the_same(tmp_path):
    with (
        a_house(tmp_path, f"redis://127.0.0.1:{free_port()}") as house,
        line(house, "/live/member/1/0") as one,
    ):
        house.ask("/say/hello")
        assert heard(one) == ["member", "hello"]
