"""The live line with real sockets: who is let in, what they hear, and who never holds it up."""

import asyncio
import json
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from holdspace.kit.live import Listening
from holdspace.kit.server.hub import OVER, Listener
from holdspace.kit.tests.test_server import House, free_port

pytestmark = pytest.mark.process
ROOT = Path(__file__).resolve().parents[3]
SOON = 10  # seconds a busy machine may take


@contextmanager
def a_house(tmp_path, *more):
    port = free_port()
    with (tmp_path / f"log{port}").open("wb") as log:
        command = [sys.executable, "-m", "holdspace.kit.tests.small_house", str(port), *more]
        process = subprocess.Popen(command, cwd=ROOT, stderr=log)
    made = House(port, process)
    made.log = tmp_path / f"log{port}"
    for _ in range(200):
        try:
            made.ask("/")
            break
        except OSError:
            time.sleep(0.05)
    try:
        yield made
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def house(tmp_path):
    with a_house(tmp_path) as made:
        yield made


def line(house, path, *, origin=None, host="127.0.0.1"):
    origin = origin or f"http://{host}:{house.port}"
    return connect(f"ws://{host}:{house.port}{path}", origin=origin, open_timeout=SOON)


def heard(line):
    return json.loads(line.recv(timeout=SOON))


def test_who_listens_hears_each_change_once_and_in_order(house):
    with line(house, "/live/member/1/0") as one:
        for words in ("hello", "again"):
            house.ask(f"/say/{words}")
        said = heard(one)[1:]
        while len(said) < 2:
            said += heard(one)[1:]
    assert said == ["hello", "again"]


def test_each_kind_of_reader_gets_its_own_words(house):
    with line(house, "/live/member/1/0") as one, line(house, "/live/leader/2/0") as two:
        house.ask("/say/hello")
        assert heard(one) == ["member", "hello"]
        assert heard(two) == ["leader", "hello"]


def test_what_came_while_the_line_was_down_is_told_at_once(house):
    for words in ("one", "two", "three"):
        house.ask(f"/say/{words}")
    with line(house, "/live/member/1/1") as late:
        assert heard(late) == ["member", "two", "three"]


def test_who_is_shown_out_hears_that_it_is_over_and_nothing_after(house):
    with line(house, "/live/member/1/0") as out, line(house, "/live/member/2/0") as stays:
        house.ask("/out/1")
        assert heard(out) == {"over": True}
        house.ask("/say/secret")
        assert heard(stays) == ["member", "secret"]
        with pytest.raises(ConnectionClosed):
            out.recv(timeout=SOON)


def test_the_pages_of_a_place_that_is_gone_end(house):
    with line(house, "/live/member/1/0") as one:
        house.ask("/say/gone")
        assert heard(one) == {"over": True}
        with pytest.raises(ConnectionClosed):
            one.recv(timeout=SOON)


def test_nobody_is_let_in_whom_the_page_does_not_let_in(house):
    with pytest.raises(InvalidStatus) as refused, line(house, "/live/nobody/1/0"):
        pass
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize("origin", ["http://elsewhere.example", "null", "http://127.0.0.1"])
def test_no_other_site_opens_a_line(house, origin):
    with pytest.raises(InvalidStatus), line(house, "/live/member/1/0", origin=origin):
        pass


def test_a_reader_who_does_not_read_holds_nobody_up(house):
    deaf = socket.create_connection(("127.0.0.1", house.port))
    deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    deaf.sendall(
        f"GET /live/member/9/0 HTTP/1.1\r\nHost: 127.0.0.1:{house.port}\r\n"
        f"Origin: http://127.0.0.1:{house.port}\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode()
    )
    with line(house, "/live/member/1/0") as one:
        for n in range(60):
            house.ask(f"/say/{n:x<60000}")
        said = heard(one)[1:]
        while len(said) < 60:
            said += heard(one)[1:]
    deaf.close()
    assert [words.rstrip("x") for words in said] == [str(n) for n in range(60)]


def test_a_fault_in_one_telling_is_said_without_its_words_and_holds_nobody_else_up(house):
    with line(house, "/live/member/1/0") as one, line(house, "/live/member/2/1") as other:
        house.ask("/say/fault")
        assert heard(one) == {"stale": True}
        house.ask("/say/well")
        assert heard(other) == ["member", "well"]
    assert "ValueError" in house.log.read_text()
    assert "secret words" not in house.log.read_text()


def test_it_stops_within_seconds_though_lines_are_open(house):
    with line(house, "/live/member/1/0"):
        house.end()


def test_nothing_more_is_made_for_a_line_that_is_being_closed():
    async def closing():
        async def send(_message):
            pass

        one = Listener(Listening("talk", 1, "member", (1,), 0), send)
        before = one.is_behind(5)
        one.tell(OVER, last=True)
        return before, one.is_behind(5)

    assert asyncio.run(closing()) == (True, False)
