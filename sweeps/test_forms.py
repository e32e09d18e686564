"""Every form of the house with nasty things typed into it: words beside the field, never a fault.

The fields are read from the page itself, so that a new form is swept without an edit here.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from holdspace.kit.errors import opens
from holdspace.people.sessions import cookie_name
from holdspace.vault.carrying import NAME
from sweeps.doors import answer, doors, outcome
from sweeps.forms import PRESSED, SILENT, Form, Forms
from sweeps.small_world import World

pytestmark = pytest.mark.django_db
# What could stand in a field, and what cannot, by its kind.
FINE = {
    "text": "Said of {name}",
    "textarea": "Written with care of {name}",
    "search": "Looked for {name}",
    "password": "three plain words",
    "email": "somebody@example.org",
    "tel": "0161 496 0000",
    "url": "https://example.org/{name}",
    "number": "7",
    "date": "2027-03-04",
    "time": "18:45",
    "file": "",
}
WRONG = {
    **dict.fromkeys(("text", "textarea", "search", "password", "tel", "url"), "a\x00b"),
    "email": "no address",
    "number": "NaN",
    "date": "2026-02-30",
    "time": "25:61",
}
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
# Forms that take something wrong for nothing, and why.
FORGIVING = {
    "/choose/1/": "choices alone, and each may be left out: what is none of them was left out",
}
LOOKERS = ("nobody", "stranger", "visitor", "member", "facilitator", "coordinator")


@dataclass(frozen=True)
class Shown:
    """A form as somebody is shown it: where it goes, and on whose page it stands."""

    path: str
    client: Any
    role: str
    form: Form


def _forms(world: World) -> list[Shown]:
    """Every different form that somebody is shown."""
    found: dict[tuple[str, tuple[str, ...]], Shown] = {}
    for door in doors():
        path = door.path(door.live(world))
        for role in LOOKERS:
            client = world.clients[role]
            response: Any = answer(client, "get", path)
            if response.status_code != 200 or "html" not in response.get("Content-Type", ""):
                continue
            for form in Forms(response.content.decode()).found:
                where = form.action or path
                if form.fields and where.startswith("/"):
                    key = (where, tuple(sorted(form.fields)))
                    found.setdefault(key, Shown(where, _holding(client, response), role, form))
    return list(found.values())


def _holding(client: Any, response: Any) -> Any:
    """The same browser with the cookies that came with the page: what was offered stays."""
    cookies = SimpleCookie(client.cookies.output(header="", sep=";"))
    cookies.update(response.cookies)
    return SimpleNamespace(defaults=client.defaults, cookies=cookies)


def _shapes(fields: Iterable[str]) -> list[tuple[str, dict[str, Any]]]:
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


@pytest.mark.slow
def test_no_form_breaks_whatever_is_typed(world):
    broken, forms = [], _forms(world)
    for shown in forms:
        for what, sent in _shapes(list(shown.form.fields)):
            response = answer(shown.client, "post", shown.path, sent)
            if response.status_code >= 500:
                broken.append(f"{shown.path} as {shown.role}, {what}: {response.status_code}")
    assert broken == []
    assert len(forms) > 40


@pytest.mark.slow
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(world):
    """One thing wrong at a time, everything else filled in: 4xx, its own words, all still there."""
    wrong, checked = [], 0
    for shown in _forms(world):
        for name, field in shown.form.fields.items():
            bad = "never-was" if len(field.options) > 1 else WRONG.get(field.kind, "")
            if not bad or shown.path in FORGIVING:
                continue
            checked += 1
            sent = _filled(shown.form) | {name: [bad]}
            response = answer(shown.client, "post", shown.path, sent)
            where = f"{shown.path} {name} as {shown.role}"
            wrong += [f"{where}: {said}" for said in _unkind(response, shown.form, name, sent)]
    assert not wrong, "\n".join(wrong)
    assert checked > 150


def _filled(form: Form) -> dict[str, list[str]]:
    """Something in every field, other than what stands there, and its first button pressed."""
    filled = {}
    for name, field in form.fields.items():
        if field.kind in PRESSED | {"hidden"}:
            said = [] if form.plain and field.kind in PRESSED else field.now[:1]
        else:
            said = field.options[-1:] or [FINE[field.kind].format(name=name)]
        filled[name] = said
    return {name: said for name, said in filled.items() if said}


def _unkind(response: Any, form: Form, name: str, sent: dict[str, list[str]]) -> Iterator[str]:
    if not 400 <= response.status_code < 500:
        yield f"{response.status_code}"
        return
    page = response.content.decode()
    beside = re.search(rf'id="id_{name}_error">(.*?)</p>', page, re.DOTALL)
    if not beside or len(re.sub(r"<[^>]+>", "", beside.group(1)).strip()) < 10:
        yield "no word beside the field"
    typed = {n for n, field in form.fields.items() if field.kind not in PRESSED}
    again = next((f for f in Forms(page).found if typed <= set(f.fields)), None)
    if again is None:
        yield "the form is gone"
        return
    for other, said in sent.items():
        kind = form.fields[other].kind
        if kind in SILENT | PRESSED or (other == name and form.fields[other].options):
            continue
        if again.fields[other].now != said:
            yield f"{other} is lost: {again.fields[other].now}"


@pytest.mark.slow
def test_a_session_that_ends_while_somebody_writes_loses_nothing(world):
    """Sent signed out, carried through signing in, and shown again to its writer; nobody sends."""
    wrong, checked = [], 0
    for shown in _forms(world):
        sent = {n: s for n, s in _filled(shown.form).items() if not opens(n)}
        nobody = answer(world.clients["nobody"], "post", shown.path)
        if shown.role == "nobody" or not sent or outcome(nobody) not in {"sign-in", "none"}:
            continue
        if shown.role == "visitor" or outcome(answer(shown.client, "get", shown.path)) != "page":
            continue  # comes back by a private link; a button of another page
        said = list(_lost(world, shown, sent))
        wrong += [f"{shown.path} as {shown.role}: {one}" for one in said]
        checked += 1
    assert not wrong, "\n".join(wrong)
    assert checked > 45


def _lost(world: World, shown: Shown, sent: dict[str, list[str]]) -> Iterator[str]:
    before: Any = answer(shown.client, "get", shown.path)
    out = _holding(shown.client, before)
    del out.cookies[cookie_name()]
    at_the_door: Any = answer(out, "post", shown.path, sent)
    door = next((f for f in Forms(at_the_door.content.decode()).found if NAME in f.fields), None)
    if door is None:
        yield f"not carried: {at_the_door.status_code}"
        return
    carried = {NAME: door.fields[NAME].now}
    with CaptureQueriesContext(connection) as asked:
        back: Any = answer(shown.client, "post", shown.path, carried)
    if back.status_code != 200:
        yield f"{back.status_code} on coming back"
    with CaptureQueriesContext(connection) as plain:
        answer(shown.client, "get", shown.path)
    if _writes(asked) != _writes(plain):
        yield f"written: {_writes(asked)}"
    again = next(
        (f for f in Forms(back.content.decode()).found if set(sent) <= set(f.fields)), None
    )
    for name, said in sent.items():
        if shown.form.fields[name].kind in SILENT | PRESSED:
            continue
        if again is None or list(filter(None, again.fields[name].now)) != list(filter(None, said)):
            yield f"{name} is lost"
    other = world.clients["stranger" if shown.role != "stranger" else "member"]
    elsewhere = answer(other, "post", shown.path, carried).content.decode()
    if any(len(one) > 12 and one in elsewhere for said in sent.values() for one in said):
        yield "shown to somebody else"


def _writes(asked: CaptureQueriesContext) -> list[str]:
    return [q["sql"][:40] for q in asked if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
