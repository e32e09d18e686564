"""A stolen copy names nobody: what was typed into our pages lies nowhere that a thief could read.

Words are planted through the pages of a real server process; then everything but the keys is
taken: the content database, its backup, logs at their loudest, mails. The cache is none (there is
no Redis by default and nothing of ours writes to one). The task table is part of the database.
"""

import json
import os
import re
import signal
import socketserver
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from holdspace.kit.ids import new_token
from holdspace.kit.running.sockets import free_port
from holdspace.kit.tests.pictures import CANARY, drawn, from_a_camera
from holdspace.ledger.rehearsal import empty_databases
from sweeps.stolen.browser import FILENAME, Browser
from sweeps.stolen.mail import OneMail
from sweeps.stolen.searching import forms_of, where_found

pytestmark = pytest.mark.process
ON_POSTGRESQL = connection.vendor == "postgresql"
CONTROL = "Marmalade Lighthouse Circle"
PLANTED = {
    "alias": "Quixwren Tarn",
    "hello": "My kestrelquartz hello to you all",
    "needs": "A velvetgorse chair near the door",
    "hope": "To sleep like an amberlichen stone",
    "alias of an applicant": "Fennelbrook",
    "answer of an application": "Since the marrowfrost spring I am awake",
    "kind words of a no": "The sandmartincircle may suit you better",
    "why somebody was asked to stay away": "A goldcrestgrief was told in detail",
    "words to whom was asked to stay away": "Take care of your pipistrellenights",
    "name of a visitor": "Zephyrmoth",
    "private word": "My saltmarsh neighbour Ruprecht sits there",
    "title": "The waxwingdusk before breakfast",
    "said": "I lay awake like a driftheather rope",
    "said first": "This was a gloamsparrow mistake",
    "said without a name": "Nobody knows of my corncrakecellar",
    "what a picture shows": "Our fieldfareporch under snow",
    "what a kept picture shows": "The redstartkettle boils",
    "draft": "An unfinished pebblefrost thought",
    "muted word": "bramblingdeep",
    "words looked for": "whinchatledger",
    "why it was closed": "It found a plainsong-ottermere ending",
    "question": "May I bring my thistledown knitting?",
    "answer to it": "Bring the cloudberry wool as well",
    "place": "Flat 9, 31 Wolfsbane Mews, buzzer Gallowglass",
    "join link": "https://meet.example.org/opaline-pangolin-room",
    "staff name": "Ottilie Brandwyck",
    "coordinator": "Isidore Vantongeren",
    "address": "quillfeather@lapwing.example",
    "what a calendar calls it": "Dunnockrehearsal",
    "what a group's calendar calls it": "Siskinrehearsal",
    "passphrase": "lantern marzipan bicycle thunder",
    "sign-in name": "sablethicket",
    "device": "Periwinkle tablet",
}
CALENDARS = []  # the secret parts of addresses that were shown while the words were planted
WRITTEN_BY_A_CAMERA = [CANARY.decode(), "Canary Camera", FILENAME]
TYPED_IN_A_FAULT = ["faultpathcanary", "faultquerycanary", "faultbodycanary", "faultheadercanary"]


class House:
    """A server and a worker of our own with databases of their own, from outside."""

    def __init__(self, folder, urls):
        self.folder, self.port = folder, free_port()
        self.logs = folder / "logs"
        self.mails = []
        self.env = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("HOLDSPACE_", "DJANGO_"))},
            **urls,
            "HOLDSPACE_DATA": str(folder / "var"),
            "HOLDSPACE_ADDRESS": f"http://localhost:{self.port}",
            "HOLDSPACE_MAIL_FROM": "no-reply@example.org",
        }
        self.running = []

    def manage(self, *words, said=""):
        return self.run(["-W", "ignore", "manage", *words], said)

    def run(self, words, said=""):
        done = subprocess.run(
            [sys.executable, *words], cwd=settings.ROOT, env=self.env, input=said,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def start(self):
        for words in (["web", "--port", str(self.port)], ["work"]):
            with self.logs.open("ab") as log:
                command = [sys.executable, "-m", "sweeps.stolen.loud", *words]
                self.running.append(
                    subprocess.Popen(
                        command, cwd=settings.ROOT, env=self.env, stdout=log, stderr=log
                    )
                )
        until = time.monotonic() + 90
        while not self.is_ready():
            assert time.monotonic() < until, self.logs.read_text()[-2000:]
            time.sleep(0.2)

    def is_ready(self):
        try:
            return Browser(self.port, "localhost").ask("GET", "/healthz").status == 200
        except OSError:
            return False

    def stop(self):
        for process in self.running:
            process.send_signal(signal.SIGTERM)
        for process in self.running:
            process.wait(30)

    def browser(self, **cookies):
        made = Browser(self.port, "harbour.localhost")
        made.cookies.update(cookies)
        return made


@contextmanager
def mail_sink():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), OneMail) as server:
        server.taken, server.daemon_threads = [], True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="module")
def stolen(tmp_path_factory):
    """Everything a thief gets, by name, after a day at a house into which all was typed."""
    folder = tmp_path_factory.mktemp("stolen")
    with empty_databases() as urls, mail_sink() as sink:
        house = House(folder, urls)
        house.env["HOLDSPACE_MAIL_URL"] = f"smtp://127.0.0.1:{sink.server_address[1]}"
        house.manage("prepare")
        names = {"control": CONTROL, "staff": PLANTED["staff name"]}
        names["coordinator"] = PLANTED["coordinator"]
        told = json.loads(house.run(["-m", "sweeps.stolen.house"], json.dumps(names)))
        house.start()
        try:
            plant(house, told)
            wait_for(lambda: sink.taken)
            house.manage("backup", str(folder / "backup"))
            taken = {**database(house), **backups(folder / "backup")}
            fault(house, told)
        finally:
            house.stop()
        taken["logs"] = house.logs.read_bytes()
        taken["mails"] = b"\n".join(sink.taken)
        yield taken


def wait_for(happened, seconds=60):
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.2)


# --- what people type


def plant(house, told):
    facilitator, coordinator = (
        house.browser(**told[one]) for one in ("facilitator", "coordinator")
    )
    inside = f"/g/{told['open']}/"
    gathers(facilitator, inside)
    member = joins(house.browser(), told["open"])
    talks(facilitator, member, inside + "talk/")
    has_calendars(member, house.browser(), inside)
    stays_away(facilitator, house.browser(), told["open"])
    applies(house.browser(), told["asking"], PLANTED["alias of an applicant"])
    is_declined(facilitator, house.browser(), told["asking"])
    visits(house.browser(), told["open"])
    asks(house.browser(), facilitator, told["open"])
    keeps_ways_back(house.browser())
    coordinator.fill("/work/opening/mail/", to_address=PLANTED["address"])


def names_itself(browser, path, alias, **more):
    page = browser.get(path)
    seed = re.search(r'name="seed" value="(\d+)"', page.text)[1]
    browser.fill(path, name="own", own=alias, seed=seed, **more)


def joins(browser, code):
    comes_in(browser, code, PLANTED["alias"])
    people = browser.get(f"/g/{code}/people/").text
    assert PLANTED["alias"] in people
    assert PLANTED["hello"] in people
    browser.fill(f"/g/{code}/someone/", wish="tell", to="facilitator",
                 words=PLANTED["private word"])  # fmt: skip
    return browser


def comes_in(browser, code, alias):
    join = f"/groups/{code}/join/"
    names_itself(browser, join, alias, sure="on")
    browser.fill(join + "agreement/", agree="on", age="on", taking_part="on")
    browser.fill(join + "hello/", way="say", hello=PLANTED["hello"])
    browser.fill(join + "needs/", needs=PLANTED["needs"])
    browser.fill(join + "hope/", hope=PLANTED["hope"])


def stays_away(facilitator, browser, code):
    """Somebody else comes in, is asked to stay away, and reads why."""
    comes_in(browser, code, "Brackenlight")
    people = f"/g/{code}/lead/members/"
    rows = set(re.findall(rf"{people}(\d+)/", facilitator.get(people).text))
    paths = [f"{people}{row}/remove/" for row in rows]
    path = next(path for path in paths if "Brackenlight" in facilitator.get(path).text)
    facilitator.fill(path, reason=PLANTED["why somebody was asked to stay away"],
                     words=PLANTED["words to whom was asked to stay away"],
                     write_to="Ines")  # fmt: skip
    shown = browser.get(f"/g/{code}/not-here/").text
    assert PLANTED["why somebody was asked to stay away"] in shown
    assert PLANTED["words to whom was asked to stay away"] in shown


def talks(facilitator, member, talk):
    """Everything that can be said, changed, begun and folded between meetings."""
    member.fill(talk + "new/", title=PLANTED["title"], words=PLANTED["said first"])
    edited = member.fill(talk + "1/1/edit/", title=PLANTED["title"], words=PLANTED["said"])
    assert PLANTED["said"] in edited.text
    facilitator.fill(talk + "how/", late="all", unsigned_allowed="on")
    member.fill(talk + "1/reply/", words=PLANTED["said without a name"], unsigned="on")
    assert PLANTED["said without a name"] in facilitator.get(talk + "1/").text
    camera = {"picture": from_a_camera(drawn((2400, 1800)), quality=95)}
    member.fill(talk + "1/reply/", camera, words="Look", alt=PLANTED["what a picture shows"])
    assert PLANTED["what a picture shows"] in facilitator.get(talk + "1/").text
    assert "WEBP" in facilitator.get(talk + "1/3/picture/?large=1").text
    kept = {"title": "Draft", "words": PLANTED["draft"], "keep": "1"}
    member.fill(talk + "new/", camera, alt=PLANTED["what a kept picture shows"], **kept)
    assert PLANTED["draft"] in member.get(talk + "new/").text
    member.fill(talk + "mine/", words=PLANTED["muted word"])
    looked = member.fill("/my-groups/search/", words=PLANTED["words looked for"])
    assert "Nothing found" in looked.text
    facilitator.fill(talk + "1/close/", why=PLANTED["why it was closed"])
    assert PLANTED["why it was closed"] in member.get(talk + "1/").text


def applies(browser, code, alias):
    join = f"/groups/{code}/join/"
    names_itself(browser, join, alias)
    browser.fill(join + "agreement/", agree="on", age="on", taking_part="on")
    answer = browser.fill(join + "questions/", q0=PLANTED["answer of an application"])
    assert "have arrived" in answer.text


def is_declined(facilitator, browser, code):
    applies(browser, code, "Reedmace")
    asked = f"/g/{code}/lead/applications/"
    paths = set(re.findall(rf"{asked}\d+/", facilitator.get(asked).text))
    path = next(path for path in paths if "Reedmace" in facilitator.get(path).text)
    facilitator.fill(path, words=PLANTED["kind words of a no"])
    assert PLANTED["kind words of a no"] in browser.get(f"/groups/{code}/join/").text


def visits(browser, code):
    names_itself(browser, f"/groups/{code}/visit/", PLANTED["name of a visitor"], greeted="no",
                 sure="on", agree="on", visiting="on")  # fmt: skip
    assert PLANTED["name of a visitor"] in browser.get("/visit/").text
    browser.fill("/visit/after/", heard="3", safe="2")


def asks(browser, facilitator, code):
    page = browser.fill(f"/groups/{code}/ask/", words=PLANTED["question"])
    inbox = facilitator.get("/work/questions/").text
    path = re.search(r"/work/questions/\w+/", inbox)[0]
    facilitator.fill(path, words=PLANTED["answer to it"])
    assert PLANTED["answer to it"] in browser.get(page.path).text


def gathers(facilitator, inside):
    day = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 5 * 86_400))
    facilitator.fill(
        inside + "meetings/add/", day=day, at="19:00", attendance="hybrid", minutes="60",
        area="Old Town", place=PLANTED["place"], link=PLANTED["join link"],
    )  # fmt: skip


def has_calendars(browser, program, inside):
    """Both addresses are shown once, and asked for by a program; a wrong one, too."""
    for path, words in (
        ("/me/calendar/", PLANTED["what a calendar calls it"]),
        (inside + "meetings/calendar/", PLANTED["what a group's calendar calls it"]),
    ):
        shown = browser.fill(path, called="own", own=words).text
        address, secret = re.search(r"(/calendar/(?:group/)?([\w-]{43})\.ics)", shown).groups()
        CALENDARS.append(secret)
        assert words in program.get(address).text
        wrong = secret[:-8] + "gone" + secret[-4:]
        assert program.ask("GET", address.replace(secret, wrong)).status == 404


def keeps_ways_back(browser):
    passphrase = PLANTED["passphrase"]
    page = browser.fill("/sign-up/", choice="own", own=PLANTED["sign-in name"],
                        passphrase=passphrase, age="adult")  # fmt: skip
    assert PLANTED["sign-in name"] in page.text
    browser.fill("/me/way-back/address/", address=PLANTED["address"])
    page = browser.get("/me/sessions/")
    path = re.search(r'href="(/me/sessions/\d+/)"', page.text)[1]
    browser.fill(path, name=PLANTED["device"])


def fault(house, told):
    """A page that fails in the middle, with words everywhere that a log might take them from."""
    with stealing(house) as database:
        database.execute("ALTER TABLE directory_question RENAME TO gone")
        database.commit()
    path, query, body, header = TYPED_IN_A_FAULT
    browser = house.browser(canary=header)
    page = browser.get(f"/groups/{told['open']}/ask/")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)[1]
    sent = browser.ask(
        "POST", f"/groups/{told['open']}/ask/?q={query}",
        f"csrfmiddlewaretoken={token}&words={body}", **{"User-Agent": header, "X-Canary": header},
    )  # fmt: skip
    assert sent.status == 500
    assert browser.ask("GET", f"/asked/{path}{new_token()[len(path) :]}/").status == 500


# --- what a thief takes


@contextmanager
def stealing(house):
    if ON_POSTGRESQL:
        with psycopg.connect(house.env["DATABASE_URL"]) as database:
            yield database
    else:
        file = house.folder / "var" / "content" / "holdspace.sqlite3"
        with closing(sqlite3.connect(file, timeout=20)) as database:
            yield database


def database(house):
    if not ON_POSTGRESQL:
        content = house.folder / "var" / "content"
        return {f"content/{f.name}": f.read_bytes() for f in content.rglob("*") if f.is_file()}
    taken = {}
    with stealing(house) as database:
        listed = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        for (table,) in database.execute(listed).fetchall():
            rows = database.execute(f'SELECT t.*::text FROM "{table}" t').fetchall()
            raw = database.execute(f'SELECT * FROM "{table}"').fetchall()
            taken[table] = b"\n".join(
                [*(row[0].encode() for row in rows),
                 *(value for row in raw for value in row if isinstance(value, bytes))]
            )  # fmt: skip
    return taken


def backups(folder):
    taken = {}
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            raw = file.read_bytes()
            if raw.startswith(b"PGDMP"):
                command = ["pg_restore", "--file=-", str(file)]
                raw = subprocess.run(command, capture_output=True, check=True).stdout
            taken[f"backup/{file.relative_to(folder)}"] = raw
    return taken


# --- what it tells


def test_the_search_finds_what_is_there(stolen):
    found = where_found(CONTROL, stolen)
    assert any(place.startswith("backup/") for place in found), found
    assert any(not place.startswith("backup/") for place in found), found


def test_the_search_knows_every_form():
    word = PLANTED["alias"]
    for written in forms_of(word).values():
        assert where_found(word, {"a": b"before " + written + b" after"})


@pytest.mark.parametrize("what", PLANTED)
def test_a_stolen_copy_holds_no_word_written_in_confidence(stolen, what):
    words = PLANTED[what]
    kept = {name: raw for name, raw in stolen.items() if name != "mails" or what != "address"}
    parts = [words, *(part for part in re.findall(r"[\w-]{7,}", words) if part not in COMMON)]
    assert [place for part in parts for place in where_found(part, kept)] == []


COMMON = {"example", "neighbour", "knitting", "bicycle", "thunder"}  # said by our own pages too


def test_a_stolen_copy_holds_no_address_of_a_calendar(stolen):
    assert len(CALENDARS) == 2
    parts = [part for one in CALENDARS for part in (one, one[:20], one[-20:])]
    assert [place for part in parts for place in where_found(part, stolen)] == []


def test_a_stolen_copy_holds_nothing_of_a_picture(stolen):
    assert [place for what in WRITTEN_BY_A_CAMERA for place in where_found(what, stolen)] == []
    assert [name for name, raw in stolen.items() if b"WEBPVP8" in raw] == []


def test_a_fault_says_where_and_nothing_that_was_typed(stolen):
    assert b"error django.request" in stolen["logs"]
    assert [place for word in TYPED_IN_A_FAULT for place in where_found(word, stolen)] == []


def test_a_mail_bears_its_address_and_no_group(stolen):
    head, _, _body = stolen["mails"].partition(b"\r\n\r\n")
    assert PLANTED["address"].encode() in head
    assert where_found(CONTROL, {"mails": stolen["mails"]}) == []
