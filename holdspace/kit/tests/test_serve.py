"""./serve as a newcomer starts it: a new data folder, an answer, a clean stop."""

import http.client
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from holdspace.kit.running.sockets import free_port

pytestmark = pytest.mark.process
ROOT = Path(__file__).resolve().parents[3]


class Served:
    def __init__(self, data):
        self.data = data
        self.port = free_port()
        self.start()

    def start(self, *more):
        env = {k: v for k, v in os.environ.items() if not k.startswith(("HOLDSPACE_", "DJANGO_"))}
        env.pop("DATABASE_URL", None)
        env.pop("KEYS_DATABASE_URL", None)
        words = ["--port", str(self.port), "--data", str(self.data), "--empty", *more]
        self.log = self.data.parent / "log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, ROOT / "serve", *words],
                env=env,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def health(self):
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            asked.request("GET", "/healthz")
            return asked.getresponse().status
        except OSError:
            return 0
        finally:
            asked.close()

    def wait(self, seconds=300):
        """Until it answers."""
        start = time.monotonic()
        while self.health() != 200 or "Ctrl-C" not in self.log.read_text():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() - start < seconds, self.log.read_text()
            time.sleep(0.1)

    def children(self):
        found = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return {
            Path(f"/proc/{pid}/cmdline").read_text().split("\0")[2]: int(pid)
            for pid in found.split()
        }

    def stop(self, which=signal.SIGTERM):
        """Tell it to stop. Raises TimeoutExpired when it does not."""
        self.process.send_signal(which)
        self.process.wait(60)


@pytest.fixture
def served(tmp_path):
    made = Served(tmp_path / "data")
    yield made
    if made.process.poll() is None:
        made.process.terminate()
        made.process.wait(60)


WORRYING = re.compile("error|critical|warning|Traceback|Cancel|KeyboardInterrupt")


def test_from_nothing_to_an_answer_and_again(served):
    served.wait()
    for folder in ("", "content", "keys", "keys/root"):
        assert stat.S_IMODE((served.data / folder).stat().st_mode) == 0o700
    for file in [*served.data.glob("content/*"), *served.data.glob("keys/*.*")]:
        assert not stat.S_IMODE(file.stat().st_mode) & 0o077, file
    for which in (signal.SIGTERM, signal.SIGINT):
        with stalled_uploads(served.port, 4):
            served.stop(which)  # a stalled upload would hold it for ever
        assert served.process.returncode == 0
        assert served.health() == 0
        assert not WORRYING.findall(served.log.read_text()), served.log.read_text()
        served.start()
        served.wait()
        assert f"http://localhost:{served.port}" in served.log.read_text()
    served.stop(signal.SIGINT)
    assert served.process.returncode == 0


@contextmanager
def stalled_uploads(port, count):
    with ExitStack() as stack:
        for _upload in range(count):
            one = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            one.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 90\r\n\r\nhalf")
        time.sleep(0.2)
        yield


def test_what_dies_is_started_again_and_what_is_orphaned_ends(served):
    served.wait()
    children = served.children()
    assert set(children) == {"web", "work"}
    os.kill(children["web"], signal.SIGKILL)
    served.wait()
    before = served.children()
    assert before["web"] != children["web"]
    served.process.kill()
    served.process.wait()
    until = time.monotonic() + 30
    while any(Path(f"/proc/{pid}/cmdline").exists() for pid in before.values()):
        assert time.monotonic() < until, "an orphan goes on"
        time.sleep(0.1)


def test_a_folder_is_served_once(served):
    served.wait()
    again = subprocess.run(
        [sys.executable, ROOT / "serve", "--data", served.data, "--port", str(free_port())],
        capture_output=True,
        text=True,
        check=False,
        env={k: v for k, v in os.environ.items() if not k.startswith(("HOLDSPACE_", "DJANGO_"))},
    )
    assert again.returncode == 1
    assert "is being served already" in again.stdout


def test_a_taken_port_is_said(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        served = Served(tmp_path / "data")
        served.stop()
        served.port = taken.getsockname()[1]
        served.start()
        assert served.process.wait(240) == 1
    assert "is in use; choose another with --port N." in served.log.read_text()
