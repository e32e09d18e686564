"""Every page that anybody can come to, found by itself: axe in light, in dark and in forced
colours, targets large enough, and nothing sideways at 320 px with text twice as large. Each is kept
for the validator, too.

The pages are those of the sweeps' small world: each address as the role that sees most of it, its
form sent empty, and what is said when something went wrong. What folds or pops up is open.
"""

import re

import pytest
from django.test import RequestFactory

from holdspace.kit import clock, errors
from holdspace.kit.guard import Refused
from holdspace.vault.jar import Jar
from journeys.conftest import AXE, SIDEWAYS, a_browser, put
from journeys.shelf import Shelf, standing
from journeys.walking import STILL, enlarge
from sweeps.doors import answer, doors
from sweeps.small_world import NOON, a_world

pytestmark = [pytest.mark.journey, pytest.mark.django_db]
ALL = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
ROLES = [  # who sees most of a page comes first
    "coordinator", "facilitator", "member", "applicant", "waiting", "visitor", "returning",
    "removed", "left", "unread", "stranger", "operator", "nobody",
]  # fmt: skip
COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]}
UNFOLD = """() => {
    for (const one of document.querySelectorAll('details')) one.open = true;
    for (const one of document.querySelectorAll('dialog')) one.show();
}"""
MIRRORED = f"document.documentElement.dir = 'rtl', {SIDEWAYS}"
EDGELESS = """() => [...document.querySelectorAll('.button, button, input, select, textarea')]
.filter(one => {
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    const own = ['radio', 'checkbox', 'file', 'hidden'].includes(one.type);
    return box.width && !own && style.opacity !== '0'
        && (style.borderTopStyle === 'none' || style.borderTopWidth === '0px');
}).map(one => one.outerHTML.slice(0, 90))"""
HELD_BACK = """() => [...document.querySelectorAll('main *')].filter(one => {
    const style = getComputedStyle(one);
    return style.overflowX === 'hidden' && one.scrollWidth > one.clientWidth + 1
        && style.clipPath === 'none' && style.position !== 'absolute';
}).map(one => one.outerHTML.slice(0, 90))"""


def pages():
    """Name to HTML, each kind of page once."""
    with clock.at(NOON):
        world = a_world()
        found = dict(_errors(world.home))
        for door in doors():
            path = door.path(door.live(world))
            for method in ("get", "post"):
                found[f"{door.name} {method}"] = _first(world, method, path)
        for number in range(2, 7):
            found[f"question {number}"] = _first(world, "get", f"/choose/{number}/")
    return _each_kind_once(found)


def _first(world, method, path):
    """The page of the first who gets one; a form is sent without what it asks for."""
    sent = {"nothing": "else"} if method == "post" else None
    seen = (_html(answer(world.clients[who], method, path, sent)) for who in ROLES)
    return next(filter(None, seen), "")


def _html(response):
    """A page of the house, or nothing: redirects, errors, files."""
    is_page = response.status_code in {200, 400, 422} and not response.streaming
    kind = response.headers.get("Content-Type", "")
    said = response.content.decode() if is_page and kind.startswith("text/html") else ""
    return said if "<body" in said else ""


def _errors(organisation):
    request = RequestFactory().post("/nowhere/", {"words": "A line of words that took a while."})
    request.organisation, request.jar = organisation, Jar({})
    answers = {
        "400": errors.unclear(request),
        "403": errors.refused(request, Refused("This group is full.")),
        "403 without a reason": errors.refused(request),
        "404": errors.not_here(request),
        "405": errors.other_way(request),
        "408": errors.unread(request, 408),
        "413": errors.unread(request, 413),
        "500": errors.broken(request),
        "stale": errors.stale_form(request),
    }
    return {name: made.content.decode() for name, made in answers.items()}


def _each_kind_once(found):
    """A form sent back as it was given needs no second look."""
    kept, kinds = {}, set()
    for name, said in found.items():
        kind = _bones(said)
        if said and kind not in kinds:
            kinds.add(kind)
            kept[name] = said
    return kept


def _bones(said):
    """A page without its words: its tags and classes in their order."""
    return tuple(re.findall(r"<\w+|class=\"[^\"]*\"", said))


@pytest.fixture
def shelf(db):
    """The pages, and where they stand."""
    made = pages()
    for name, said in made.items():
        put(name, said)
    bodies = {f"/page/{n}/": said.encode() for n, said in enumerate(made.values())}
    kind = type("Pages", (Shelf,), {"page_at": lambda _self, path: (bodies[path], "text/html")})
    with standing(kind) as address:
        yield {name: f"{address}/page/{n}/" for n, name in enumerate(made)}


def test_every_page_can_be_read_by_everybody(shelf):
    with a_browser() as browser:
        wide, narrow = (
            browser.new_page(viewport={"width": width, "height": 800}) for width in (1280, 320)
        )
        enlarge(narrow)
        wrong = [f"{name}: {fault}" for name, at in shelf.items() for fault in _wide(wide, at)]
        wrong += [f"{name}: {fault}" for name, at in shelf.items() for fault in _narrow(narrow, at)]
    assert not wrong, "\n".join(wrong)
    assert len(shelf) > 60


def _wide(page, address):
    page.emulate_media(color_scheme="light", forced_colors="none", reduced_motion="reduce")
    page.goto(address)
    page.evaluate(UNFOLD)
    page.evaluate(AXE.read_text())
    yield from _axe(page, ALL)
    page.emulate_media(color_scheme="dark")
    page.evaluate(STILL)
    yield from (f"in dark: {fault}" for fault in _axe(page, COLOURS))
    page.emulate_media(forced_colors="active")
    yield from (f"no edge in forced colours: {one}" for one in page.evaluate(EDGELESS))


def _axe(page, how):
    found = page.evaluate("how => axe.run(document, how)", how)["violations"]
    return [f"{one['id']} {[node['target'] for node in one['nodes']][:3]}" for one in found]


def _narrow(page, address):
    page.goto(address)
    page.evaluate(UNFOLD)
    if (over := page.evaluate(SIDEWAYS)) > 0:
        yield f"{over} px sideways at 320 px with large text"
    if (over := page.evaluate(MIRRORED)) > 0:
        yield f"{over} px sideways when read from right to left"
    yield from (f"cut off: {one}" for one in page.evaluate(HELD_BACK))


FAULTY = """<!doctype html><html lang="en"><head><title>Wrong</title>
<link rel="stylesheet" href="/wrong.css"></head><body><main><h1>Wrong</h1><img src="x">
<button id="bare">B</button><div class="cut">Neurodivergence</div><p class="wide">Long words</p>
<a href="/a" class="tiny">a</a><a href="/b" class="tiny">b</a></main></body></html>"""
WRONGS = """
.cut { width: 40px; overflow: hidden } .wide { width: 700px } #bare { border: 0 }
@media (prefers-color-scheme: dark) { h1 { color: #777; background: #888 } }
.tiny { display: inline-block; width: 9px; height: 9px; font-size: 9px }
"""
FAULT_AT = {
    "/": (FAULTY.encode(), "text/html"),
    "/wrong.css": (WRONGS.encode(), "text/css"),
    "/x": (b"", "image/png"),
    "/favicon.ico": (b"", "image/png"),
}


def test_what_is_wrong_is_found():
    kind = type("Faulty", (Shelf,), {"page_at": lambda _self, path: FAULT_AT[path]})
    with standing(kind) as address, a_browser() as browser:
        page = browser.new_page(viewport={"width": 320, "height": 800})
        enlarge(page)
        found = " ".join([*_narrow(page, address + "/"), *_wide(page, address + "/")])
    for wrong in ("sideways", "cut off", "image-alt", "target-size", "no edge", "color-contrast"):
        assert wrong in found
