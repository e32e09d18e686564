"""Every answer: the headers of N46, help and leaving in their place, no other host (N1)."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from holdspace.kit.middleware import HEADERS
from holdspace.kit.server.body import UNREAD
from sweeps.doors import answer, doors
from sweeps.house import ROOT, ours, shown, tracked
from sweeps.small_world import CANARIES, World

pytestmark = pytest.mark.django_db
HAND = re.compile(
    r'<body>.*?<a class="lamp" href="/help/">.*?<a class="leave" href="/leave"', re.DOTALL
)
ELSEWHERE = re.compile(
    r"""(?:https?:)?//([a-z0-9][a-z0-9.-]*\.[a-z]{2,}[a-z0-9./-]*)""", re.IGNORECASE
)
LOADS = re.compile(
    r"""<(?:script|img|link|iframe|source|video|audio|form|object|embed)\b[^>]*"""
    r"""\b(?:src|srcset|href|action|data)=["'](?:https?:)?//[^"']*""",
    re.IGNORECASE,
)
# Links of words to elsewhere, which nobody follows but whoever presses them, and why they stand.
LINKS = {
    "findahelpline.com": "lines of help in countries that we have not checked",
    "doi.org": "where what groups do was studied",
    "www.w3.org": "names of XML, never asked for",
    "schema.org": "the names by which finders know a meeting, never asked for",
    "meet.example.org": "the link of a meeting, for who has a seat",
    "example.org": "an example in a form",
}
# What programs ask for again and again, and keep: whether it changed must be asked each time.
ASKED_AGAIN = {
    "meetings:open_calendar", "meetings:group_calendar", "directory:meeting_guide",
    "meetings:group_feed", "web:calendar",
}  # fmt: skip
EVERYBODY = ("nobody", "visitor", "member", "facilitator", "coordinator")
# A public page that leaves a cookie with somebody who has none, and why.
COOKIES = {
    "web:leave": "clears what was there",
    "members:invitation": "the token goes out of the address into the sealed jar",
    "members:visit": "the same",
    "staff:begin_link": "the same",
    "staff:begin_house_link": "the same",
    "people:sign_up": "the names that were offered stay the same when something is wrong",
    "members:join": "the names and pictures that were offered stay the same on the way back",
    "members:visit_ask": "the same",
}
FORM = re.compile(r'name="csrfmiddlewaretoken"')
BACK = "hs_then"  # where to go on after signing in


def _answers(world: World, roles: tuple[str, ...]) -> Iterator[tuple[str, str, Any]]:
    for door in doors():
        for path in {door.path(door.live(world))} | (
            {door.path(door.never(world))} if door.parameters else set()
        ):
            for role in roles:
                yield door.name, role, answer(world.clients[role], "get", path)


def _text(response: Any) -> str:
    if response.streaming or "text/html" not in response.get("Content-Type", ""):
        return ""
    return str(response.content.decode())


@pytest.mark.slow
def test_every_answer_is_guarded_and_keeps_help(world):
    wrong, pages, hosts = [], 0, set()
    lines = _hosts_of_lines()
    for name, role, response in _answers(world, EVERYBODY):
        where = f"{name} as {role} ({response.status_code})"
        for header, value in HEADERS.items():
            if not str(response.headers.get(header, "")).startswith(value[:24]):
                wrong.append(f"{where}: {header}")
        kept = "no-cache" if name in ASKED_AGAIN and response.status_code == 200 else "no-store"
        if kept not in response.headers.get("Cache-Control", ""):
            wrong.append(f"{where}: may be kept by a cache")
        text = _text(response)
        if not text:
            continue
        pages += 1
        if not HAND.search(text):
            wrong.append(f"{where}: no help, or no way out")
        wrong += [f"{where} loads {found}" for found in LOADS.findall(text)]
        hosts |= {(host.split("/")[0], name) for host in ELSEWHERE.findall(text)}
    wrong += [
        f"{name} leads to {host}"
        for host, name in sorted(hosts)
        if host not in LINKS and host not in lines and not host.endswith(".localhost")
    ]
    assert sorted(set(wrong)) == []
    assert pages > 500


def _hosts_of_lines() -> set[str]:
    """Where the lines of help themselves lead: written in their own files, each with its source."""
    files = (ROOT / "holdspace" / "care" / "lines").glob("*.toml")
    return {h.split("/")[0] for f in files for h in ELSEWHERE.findall(f.read_text())}


# Pages that anybody may read, about one group: they bear its name, signed in or not.
OPEN_TO_ALL = {"directory:group", "directory:agreement"}


@pytest.mark.slow
def test_titles_and_addresses_inside_name_no_group_and_no_condition(world):
    """I12: what stands in the tab, in the history, and over a shoulder."""
    named = [world.here.name, world.there.name, world.draft.name, "epression", *CANARIES.values()]
    wrong, seen = [], 0
    for name, role, response in _answers(world, ("visitor", "applicant", "member", "facilitator",
                                                 "coordinator")):  # fmt: skip
        title = re.search(r"<title>(.*?)</title>", _text(response), re.DOTALL)
        if title is None or name in OPEN_TO_ALL:
            continue
        seen += 1
        address = response.headers.get("Location", "") + response.request["PATH_INFO"]
        told = (title[1] + address).lower()
        wrong += [f"{name} as {role}: {word}" for word in named if word.lower() in told]
    assert wrong == []
    assert seen > 250


def test_nobody_is_given_a_cookie_for_looking(world):
    wrong = set()
    for name, _role, response in _answers(world, ("nobody",)):
        given = set(response.cookies) - {BACK}
        if FORM.search(_text(response)):
            given.discard("csrftoken")
        if given and name not in COOKIES:
            wrong.add(f"{name} ({response.status_code}): {sorted(given)}")
    assert sorted(wrong) == []


@pytest.mark.parametrize("path", ["/nowhere/at/all/", "/g/zzzz0000/", "/%ff%fe", "/help/%00/"])
def test_what_is_not_there_keeps_help(world, path):
    response = answer(world.clients["member"], "get", path)
    assert response.status_code in {400, 404}
    assert HAND.search(_text(response))


def test_wrong_methods_hosts_and_tokens_keep_help_or_say_nothing(world, settings):
    refused = answer(world.clients["nobody"], "post", "/help/")
    assert refused.status_code == 405
    assert HAND.search(_text(refused))
    strict = Client(
        enforce_csrf_checks=True,
        raise_request_exception=False,
        headers={"host": f"{world.home.slug}.localhost"},
    )
    stale = strict.post("/ask/", {"words": "A question that is long enough to be kept."})
    assert stale.status_code == 403
    assert HAND.search(_text(stale))
    assert "long enough to be kept" in _text(stale)
    unclear = strict.get("/", headers={"host": "bad_host.example"})
    assert unclear.status_code == 400


def test_sheets_and_islands_name_no_other_host():
    wrong = [
        f"{shown(file)}: {host}"
        for file in [*ours(".css"), *ours(".js"), *_vendored()]
        for host in ELSEWHERE.findall(file.read_text())
        if host.split("/")[0] not in {"www.w3.org", "github.com", "htmx.org", "four.htmx.org"}
    ]
    assert wrong == []


def _vendored() -> list[Any]:
    return [f for f in tracked() if "static" in f.parts and f.suffix in {".css", ".js"}]


@pytest.mark.parametrize("status", [408, 413])
def test_what_was_refused_before_it_was_read_is_answered_by_a_page_with_help(world, status):
    refused = world.clients["member"].get("/groups/", **{UNREAD: status})
    assert refused.status_code == status
    assert HAND.search(_text(refused))
    assert set(HEADERS) <= set(refused.headers)
    assert refused.headers["Cache-Control"] == "no-store"
