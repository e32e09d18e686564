"""The server with real sockets: nobody slow holds anybody up, and it stops when told."""

import http.client
import signal
import socket
import statistics
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from holdspace.kit.running.sockets import free_port

pytestmark = pytest.mark.process
ROOT = Path(__file__).resolve().parents[3]
STALLED = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 200000\r\n\r\nhalf a sentence"


class House:
    def __init__(self, port, process):
        self.port = port
        self.process = process

    def ask(self, path, method="GET", **more):
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            asked.request(method, path, **more)
            answer = asked.getresponse()
            return answer, answer.read().decode()
        finally:
            asked.close()

    def answers(self):
        try:
            return self.ask("/")[0].status == 200
        except OSError:
            return False

    def stalled(self):
        upload = socket.create_connection(("127.0.0.1", self.port))
        upload.sendall(STALLED)
        return upload

    def end(self):
        """Tell it to stop. Raises TimeoutExpired when it does not."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)


@pytest.fixture
def house(tmp_path):
    port = free_port()
    with (tmp_path / "log").open("wb") as log:
        command = [sys.executable, "-m", "holdspace.kit.tests.small_house", str(port)]
        process = subprocess.Popen(command, cwd=ROOT, stderr=log)
    made = House(port, process)
    made.log = tmp_path / "log"
    until = time.monotonic() + 60
    while not made.answers():
        assert process.poll() is None, made.log.read_text()
        assert time.monotonic() < until, made.log.read_text()
        time.sleep(0.05)
    yield made
    process.kill()
    process.wait()


@contextmanager
def stalled_uploads(house, count):
    with ExitStack() as stack:
        uploads = [stack.enter_context(house.stalled()) for _ in range(count)]
        time.sleep(0.2)
        yield uploads


def seconds_of(house, times=60):
    taken = []
    for _ in range(times):
        start = time.monotonic()
        house.ask("/")
        taken.append(time.monotonic() - start)
    return statistics.median(taken)


def test_four_stalled_uploads_do_not_slow_the_rest(house):
    alone = seconds_of(house)
    with stalled_uploads(house, 4):
        beside = seconds_of(house)
    assert beside < max(10 * alone, 0.5)  # frozen threads would answer never; bench measures


@pytest.mark.parametrize("which", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_cleanly_though_uploads_stall(house, which):
    """Those who were sending are told so, and nothing is said that would worry an operator."""
    with stalled_uploads(house, 4) as uploads:
        house.process.send_signal(which)
        assert house.process.wait(60) in {0, -which}
        for upload in uploads:
            assert upload.recv(1_000).startswith(b"HTTP/1.1 503 ")
    assert house.log.read_text() == ""


def test_a_page_under_way_is_finished_before_it_stops(house):
    asked = http.client.HTTPConnection("127.0.0.1", house.port, timeout=30)
    asked.request("GET", "/slow")
    until = time.monotonic() + 60
    while "a slow page begins" not in house.log.read_text():
        assert time.monotonic() < until, "it never began"
        time.sleep(0.05)
    house.process.send_signal(signal.SIGTERM)
    assert asked.getresponse().status == 200
    assert house.process.wait(30) in {0, -signal.SIGTERM}


def test_a_body_announced_too_large_is_refused(house):
    answer, _text = house.ask("/", "POST", headers={"Content-Length": "300001"})
    assert answer.status == 413


def test_a_body_that_grows_too_large_is_refused(house):
    pieces = (b"x" * 50_000 for _ in range(7))
    try:
        answer, _text = house.ask("/", "POST", body=pieces, encode_chunked=True)
        assert answer.status == 413
    except (BrokenPipeError, ConnectionResetError):
        pass  # refused while we were still sending


@pytest.mark.parametrize("size", [0, 1, 70_000, 299_999, 300_000])
def test_a_body_arrives_whole_from_memory_or_disk(house, size):
    assert house.ask("/", "POST", body=b"x" * size)[1] == str(size)


def test_a_body_in_pieces_arrives_whole(house):
    pieces = [b"x" * 1000] * 5
    headers = {"Transfer-Encoding": "chunked"}
    answer, text = house.ask("/", "POST", body=iter(pieces), encode_chunked=True, headers=headers)
    assert (answer.status, text) == (200, "5000")


def test_a_large_answer_arrives_whole(house):
    assert len(house.ask("/large")[1]) == 3_000_000


def test_every_request_has_a_fresh_context(house):
    assert {house.ask("/context")[1] for _ in range(8)} == {"nobody"}


def test_pages_never_learn_an_address_and_headers_cannot_forge_each_other(house):
    headers = {"X_Forwarded_Proto": "https", "X-Forwarded-For": "203.0.113.9"}
    answer, text = house.ask("/environ?a=1", headers=headers)
    assert "127.0.0.1" not in text.replace("HTTP_HOST=127.0.0.1", "").replace(
        "SERVER_NAME=127.0.0.1", ""
    )
    assert "REMOTE_ADDR=\n" in text
    assert "HTTP_X_FORWARDED_PROTO" not in text
    assert answer.getheader("server") is None


def test_a_fault_is_logged_without_its_words_or_its_place(house):
    answer, _text = house.ask("/secret-place?who=alias")
    assert answer.status == 500
    house.end()
    said = house.log.read_text()
    assert "ValueError at" in said
    assert "small_house.py:" in said
    assert "secret words" not in said
    assert "secret-place" not in said
    assert "alias" not in said
