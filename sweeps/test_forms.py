"""Every form of the house with nasty things typed into it: words beside the field, never a fault.

The fields are read from the page itself, so that a new form is swept without an edit here.
"""

from html.parser import HTMLParser
from typing import Any

import pytest

from sweeps.doors import answer, doors
from sweeps.small_world import World

pytestmark = pytest.mark.django_db
TYPED = "Typed with care, and not to be lost"
NASTY = {
    "nothing": "",
    "blanks": " \t\n ",
    "very long": "x" * 100_000,
    "a zero byte": "a\x00b",
    "turned around": "\u202egnihtemos\u202c \u200f\u2066",
    "pictures": "\U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001f3f3\ufe0f",
    "half a pair": "\ud83d half".encode("utf-8", "surrogatepass"),
    "marks": "Z\u0351\u0367\u0303" * 40,
    "a query": "'; DROP TABLE members_member; -- %s %(x)s {0} {{7*7}} {% raw %}",
    "markup": "</textarea><script>alert(1)</script><img src=x onerror=alert(1)>",
    "a huge number": "9" * 400,
    "below zero": "-1",
    "not a number": "NaN",
    "no such day": "2026-02-30",
    "before time": "0000-00-00",
    "the last day": "9999-12-31",
    "no such hour": "25:61",
    "a path": "../../../../etc/passwd",
    "an address": "http://[::1",
}
LOOKERS = ("nobody", "stranger", "visitor", "member", "facilitator", "coordinator")
HIDDEN = "csrfmiddlewaretoken"
TYPED_INTO = {"input", "textarea", "select", "button"}


class Fields(HTMLParser):
    """The forms of a page that are posted: where to, and the names and kinds of their fields."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, str]]] = []
        self._inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = said.get("method", "").lower() == "post"
            if self._inside:
                self.forms.append((said.get("action", ""), {}))
        elif self._inside and tag in TYPED_INTO and said.get("name", HIDDEN) != HIDDEN:
            self.forms[-1][1].setdefault(said["name"], said.get("type", tag))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False


def _forms(world: World) -> dict[tuple[str, tuple[str, ...]], tuple[str, dict[str, str]]]:
    """Every different form that somebody is shown: to whom, and its fields."""
    found = {}
    for door in doors():
        path = door.path(door.live(world))
        for role in LOOKERS:
            response: Any = answer(world.clients[role], "get", path)
            if response.status_code != 200 or "html" not in response.get("Content-Type", ""):
                continue
            for action, fields in Fields(response.content.decode()).forms:
                where = action or path
                if fields and where.startswith("/"):
                    found.setdefault((where, tuple(sorted(fields))), (role, fields))
    return found


def _shapes(fields: dict[str, str]) -> list[tuple[str, dict[str, Any]]]:
    """What is sent: each nasty thing everywhere, then forms bent out of shape."""
    shapes: list[tuple[str, dict[str, Any]]] = [
        (what, dict.fromkeys(fields, value)) for what, value in NASTY.items()
    ]
    shapes.append(("no field", {}))
    shapes.append(("every field thrice", {name: ["a", "b", "1"] for name in fields}))
    shapes.append(("fields nobody asked for", {"is_staff": "1", "id": "1", "by": "clock"}))
    shapes += [
        (f"all but {name}", {n: "a" for n in fields if n != name}) for name in list(fields)[:4]
    ]
    return shapes


def test_no_form_breaks_whatever_is_typed(world):
    broken, forms = [], _forms(world)
    for (path, _names), (role, fields) in forms.items():
        for what, sent in _shapes(fields):
            response = answer(world.clients[role], "post", path, sent)
            if response.status_code >= 500:
                broken.append(f"{path} as {role}, {what}: {response.status_code}")
    assert broken == []
    assert len(forms) > 40


def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(world):
    wrong, checked = [], 0
    for (path, _names), (role, fields) in _forms(world).items():
        typed = [n for n, kind in fields.items() if kind in {"textarea", "text"}]
        for name in typed:
            sent = dict.fromkeys(fields, "") | {name: TYPED}
            response = answer(world.clients[role], "post", path, sent)
            if response.status_code not in {200, 400, 422}:
                continue
            page = response.content.decode()
            if 'aria-invalid="true"' not in page:
                continue
            checked += 1
            if TYPED not in page:
                wrong.append(f"{path} as {role}: {name} is lost")
            if "field-error" not in page and 'class="error' not in page and "wrong" not in page:
                wrong.append(f"{path} as {role}: no word beside the field")
    assert wrong == []
    assert checked > 15
