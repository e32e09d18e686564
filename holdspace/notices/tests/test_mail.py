import datetime as dt
import email
import socketserver
import threading
from email import policy

import pytest
from django.db import connection

from holdspace.kit import clock
from holdspace.ledger.acts import SYSTEM
from holdspace.ledger.models import Task
from holdspace.ledger.worker import run_due
from holdspace.notices import actions, post, queries
from holdspace.notices.models import Delivery
from holdspace.vault.scopes import open_scope

pytestmark = pytest.mark.django_db


class OneMail(socketserver.StreamRequestHandler):
    """Just enough of SMTP to take a mail, refuse one, or hang up."""

    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self):
        self.say("220 here")
        while line := self.rfile.readline().decode().strip():
            word = line.split(" ")[0].upper()
            if word == "QUIT":
                return
            if word == "RCPT" and self.server.refuse:
                self.say(self.server.refuse)
            elif word == "DATA":
                if self.server.hang_up:
                    return
                self.say("354 go on")
                lines = []
                while (data := self.rfile.readline()) != b".\r\n":
                    lines.append(data)
                self.server.taken.append(b"".join(lines))
                self.say("250 taken")
            else:
                self.say("250 fine")


@pytest.fixture
def mail_server(settings):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), OneMail) as server:
        server.taken, server.refuse, server.hang_up = [], "", False
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.MAIL_URL = f"smtp://127.0.0.1:{server.server_address[1]}"
        settings.MAIL_FROM = "no-reply@example.org"
        yield server
        server.shutdown()


def queue(**more):
    return actions.send_mail(
        by=SYSTEM,
        scope=open_scope(),
        to_address="canary@example.net",
        subject="Your\nappointment",
        text="Tuesday, 19:00.",
        **more,
    )


def test_a_mail_arrives_once_and_is_forgotten(mail_server):
    assert queue(sender="Harbour")
    run_due()
    run_due()
    (taken,) = mail_server.taken
    mail = email.message_from_bytes(taken, policy=policy.default)
    assert mail["To"] == "canary@example.net"
    assert mail["From"] == "Harbour <no-reply@example.org>"
    assert mail["Subject"] == "Your appointment"
    assert mail["Message-ID"].endswith("@example.org>")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content().strip() == "Tuesday, 19:00."
    assert set(mail.keys()) == {
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted",
        "Content-Type", "Content-Transfer-Encoding", "MIME-Version",
    }  # fmt: skip
    assert not Delivery.objects.exists()
    assert not Task.objects.exists()


def test_a_stolen_copy_shows_no_address_and_no_words(mail_server):
    queue()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM notices_delivery")
        shown = repr(cursor.fetchall()) + repr(list(Task.objects.values_list("facts")))
    assert "canary" not in shown
    assert "19:00" not in shown


def test_a_server_that_is_away_is_tried_again(mail_server, settings):
    there, settings.MAIL_URL = settings.MAIL_URL, "smtp://127.0.0.1:1"
    queue()
    run_due()
    assert Delivery.objects.filter(claimed_on=None).count() == 1
    settings.MAIL_URL = there
    with clock.at(clock.now() + dt.timedelta(hours=7)):
        run_due()
    assert len(mail_server.taken) == 1


@pytest.mark.parametrize(("answer", "kept"), [("550 nobody here", 0), ("450 later", 1)])
def test_refused_for_good_is_forgotten_and_refused_for_now_is_kept(mail_server, answer, kept):
    mail_server.refuse = answer
    queue()
    run_due()
    assert Delivery.objects.count() == kept
    assert mail_server.taken == []


def test_when_nobody_knows_whether_it_went_it_is_not_sent_twice_unless_urgent(mail_server):
    mail_server.hang_up = True
    queue()
    queue(urgent=True)
    run_due()
    mail_server.hang_up = False
    with clock.at(clock.now() + dt.timedelta(hours=7)):
        run_due()
    assert len(mail_server.taken) == 1
    with clock.at(clock.now() + dt.timedelta(days=4)):
        assert actions.forget_old_deliveries(by=SYSTEM) == 1


def test_without_a_mail_server_nothing_is_kept(settings):
    settings.MAIL_URL, settings.DEMONSTRATION = "", False
    assert not queue()
    assert not Delivery.objects.exists()
    with pytest.raises(post.NotSent):
        post.send(post.write(token="t", to="a@b.c", sender="x", subject="x", text="x"))


def test_only_the_demonstration_writes_files(settings, tmp_path):
    settings.MAIL_URL, settings.DEMONSTRATION, settings.DATA = "", True, tmp_path
    queue()
    run_due()
    (file,) = (tmp_path / "mail").iterdir()
    assert b"19:00" in file.read_bytes()
    assert dt.datetime.fromtimestamp(file.stat().st_mtime, dt.UTC).time() == dt.time(0)


def test_mail_is_proved_by_entering_its_code(mail_server, settings):
    scope = open_scope()
    assert queries.mail_state(scope) == queries.MailState(waits=False, arrived=False)
    actions.test_mail(by=SYSTEM, scope=scope, to_address="me@example.org")
    run_due()
    code = mail_server.taken[0].decode().split("code is ")[1][:6]
    assert queries.mail_state(scope).waits
    assert not actions.enter_test_code(by=SYSTEM, scope=scope, typed="x")
    assert actions.enter_test_code(by=SYSTEM, scope=scope, typed=f" {code[:3]} {code[3:]} ")
    assert queries.mail_state(scope).arrived
    settings.MAIL_FROM = "other@example.org"
    assert not queries.mail_state(scope).arrived


def test_guessing_the_code_ends_after_five_tries(mail_server):
    scope = open_scope()
    actions.test_mail(by=SYSTEM, scope=scope, to_address="me@example.org")
    run_due()
    code = mail_server.taken[0].decode().split("code is ")[1][:6]
    for _try in range(5):
        actions.enter_test_code(by=SYSTEM, scope=scope, typed="x")
    assert not actions.enter_test_code(by=SYSTEM, scope=scope, typed=code)
    assert not queries.mail_state(scope).waits
