"""The demonstration, with the very settings it runs on: marked on every page, kept out of indexes,
for this machine alone.
"""

import runpy
from types import SimpleNamespace
from typing import Any

import pytest

from sweeps import doors as walking
from sweeps.doors import answer, doors
from sweeps.house import ROOT

pytestmark = pytest.mark.django_db
INVENTED = "Invented. Nobody is here."
EVERYBODY = ("nobody", "visitor", "stranger", "member", "removed", "facilitator", "coordinator",
             "operator")  # fmt: skip
FOREIGN = (
    "demonstration.example",
    "harbour.localhost",
    "localhost.demonstration.example",
    "localhost@demonstration.example",
    "192.0.2.7",
    "",
)


@pytest.fixture
def demonstration(world, settings, monkeypatch):
    """The small world at the one address that a demonstration has."""
    monkeypatch.setenv("HOLDSPACE_DEMONSTRATION", "1")
    monkeypatch.delenv("HOLDSPACE_HOSTS", raising=False)
    real = runpy.run_path(str(ROOT / "config" / "settings.py"))
    for name in ("DEMONSTRATION", "MIDDLEWARE", "ALLOWED_HOSTS"):
        setattr(settings, name, real[name])
    walking._handler.cache_clear()
    yield world
    walking._handler.cache_clear()


def _at(client: Any, host: str) -> Any:
    """The same browser at another address."""
    return SimpleNamespace(defaults={**client.defaults, "HTTP_HOST": host}, cookies=client.cookies)


@pytest.mark.slow
def test_every_page_says_that_it_is_invented_and_none_is_indexed(demonstration):
    wrong, pages = [], 0
    for door in doors():
        paths = [door.path(door.live(demonstration))]
        paths += [door.path(door.never(demonstration))] if door.parameters else []
        for path in paths:
            for role in EVERYBODY:
                response = answer(_at(demonstration.clients[role], "localhost"), "get", path)
                where = f"{door.name} as {role} ({response.status_code})"
                if "noindex" not in response.headers.get("X-Robots-Tag", ""):
                    wrong.append(f"{where}: may be indexed")
                if "text/html" in response.get("Content-Type", "") and response.content:
                    pages += 1
                    wrong += [] if INVENTED in response.content.decode() else [f"{where}: unmarked"]
    assert sorted(set(wrong)) == []
    assert pages > 900


@pytest.mark.parametrize("path", ["/robots.txt", "/static/kit/not-there.css", "/nowhere/"])
def test_what_is_no_page_is_not_indexed_either(demonstration, path):
    response = answer(_at(demonstration.clients["nobody"], "localhost"), "get", path)
    assert "noindex" in response.headers["X-Robots-Tag"]


@pytest.mark.parametrize("host", FOREIGN)
def test_another_host_is_refused(demonstration, host):
    for path in ("/", "/healthz", "/sign-in/"):
        response = answer(_at(demonstration.clients["member"], host), "get", path)
        assert response.status_code == 400, path
        assert "Canary" not in response.content.decode()
        assert "noindex" in response.headers["X-Robots-Tag"]


@pytest.mark.parametrize(
    "sent",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"HTTP_X_FORWARDED_FOR": "192.0.2.7"},
        {"HTTP_X_FORWARDED_HOST": "localhost"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
    ],
)
def test_what_came_through_somebody_else_is_refused(demonstration, sent):
    client = _at(demonstration.clients["member"], "localhost")
    client.defaults |= sent
    response = answer(client, "get", "/")
    assert response.status_code == 403
    assert "noindex" in response.headers["X-Robots-Tag"]
