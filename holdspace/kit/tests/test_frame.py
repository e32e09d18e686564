"""What stands around a page: whose house, which places, light or dark; never more than is known."""

from types import SimpleNamespace

import pytest
from django.template import engines
from django.test import RequestFactory
from markupsafe import Markup

from holdspace.kit import errors, frame, living, look
from holdspace.kit.viewer import StaffPass, Viewer


@pytest.fixture
def asked():
    def ask(path="/living/", viewer=None, **extra):
        request = RequestFactory().get(path, **extra)
        request.jar = {}
        request.organisation = SimpleNamespace(name="The Kettle & Door", yarn="indigo")
        request.viewer = viewer or Viewer(organisation=1)
        return request

    return ask


def keys(request) -> list[str]:
    return [key for key, _href, _words in frame.frame(request).places]


def test_places_follow_who_is_looking(asked) -> None:
    holder = SimpleNamespace(account=1, tag=lambda group: b"")
    member = asked(viewer=Viewer(organisation=1, holder=holder))
    staff = asked(viewer=Viewer(organisation=1, staff=StaffPass(account=2)))
    assert keys(asked()) == ["find", "what", "sign-in"]
    assert keys(member) == ["today", "groups", "find", "me"]
    assert keys(staff) == ["work", "find", "me"]


def test_the_organisation_leads_and_holdspace_stands_in_the_foot(asked) -> None:
    text = living.living(asked()).content.decode()
    assert "<title>The parts · The Kettle &amp; Door</title>" in text
    assert '<a class="house" href="/">The Kettle &amp; Door</a>' in text
    assert 'data-yarn="indigo"' in text
    assert "Holdspace" in text[text.index("<footer") :]


def test_a_theme_is_chosen_without_scripts_and_leads_back(asked) -> None:
    request = RequestFactory().post("/look/", {"theme": "dark", "back": "/groups/?near=Leeds"})
    answer = look.choose_look(request)
    assert (answer.status_code, answer["Location"]) == (303, "/groups/?near=Leeds")
    cookie = answer.cookies["look"]
    assert cookie.value == "dark"
    assert cookie["httponly"]
    assert not cookie["max-age"]
    request = asked()
    request.COOKIES["look"] = "dark"
    text = living.living(request).content.decode()
    assert 'data-theme="dark"' in text
    assert 'value="dark" aria-pressed="true"' in text
    device = look.choose_look(RequestFactory().post("/look/", {"theme": "", "back": "/"}))
    assert device.cookies["look"]["max-age"] == 0


@pytest.mark.parametrize(
    "back", ["//elsewhere.org/", "https://elsewhere.org/", "x", "/\\elsewhere"]
)
def test_the_switch_never_leads_to_another_house(back) -> None:
    assert look.choose_look(RequestFactory().post("/look/", {"back": back}))["Location"] == "/"


def test_an_unknown_theme_or_yarn_is_not_written_into_the_page(asked) -> None:
    request = asked()
    request.COOKIES["look"] = '"><script>'
    request.organisation.yarn = "neon"
    text = living.living(request).content.decode()
    assert "data-theme" not in text
    assert "data-yarn" not in text


def test_no_typeface_is_loaded_for_who_saves_data(asked) -> None:
    holder = SimpleNamespace(account=1, tag=lambda group: b"")
    outside = living.living(asked()).content.decode()
    lean = living.living(asked(HTTP_SAVE_DATA="on")).content.decode()
    inside = living.living(asked(viewer=Viewer(organisation=1, holder=holder))).content.decode()
    assert "kit/page.css" in outside
    assert "kit/lean.css" in lean
    assert "kit/page.css" not in lean
    assert "fonts-inside.css" not in outside
    assert "fonts-inside.css" in inside


@pytest.mark.parametrize(
    ("inside", "lively", "loaded"),
    [(False, False, False), (False, True, False), (True, False, False), (True, True, True)],
)
def test_htmx_is_loaded_inside_and_only_where_something_uses_it(
    asked, inside, lively, loaded
) -> None:
    holder = SimpleNamespace(account=1, tag=lambda group: b"")
    request = asked(viewer=Viewer(organisation=1, holder=holder)) if inside else asked()
    page = '{% extends "kit/base.html" %}' + ("{% set lively = true %}" if lively else "")
    text = engines.all()[0].from_string(page).render({}, request)
    assert ("htmx.min.js" in text) == loaded


def test_a_strip_stands_above_every_page_and_may_be_silent(asked, monkeypatch) -> None:
    monkeypatch.setattr(frame, "_STRIPS", [])
    frame.above(lambda _request: Markup("<p>Invented. Nobody is here.</p>"))
    frame.above(lambda _request: "")
    for text in (living.living(asked()).content, errors.broken(asked()).content):
        assert b"<p>Invented. Nobody is here.</p>" in text


def test_what_was_written_is_shown_on_the_error_page_but_nothing_typed_blind() -> None:
    words = "I have not slept since Tuesday <and> I would like to come."
    request = RequestFactory().post(
        "/ask/", {"question": words, "passphrase": "four words that nobody must see again"}
    )
    for page in (errors.broken, errors.stale_form, errors.unclear):
        text = page(request).content.decode()
        assert "I have not slept since Tuesday &lt;and&gt; I would" in text
        assert "nobody must see" not in text


def test_another_site_does_not_change_how_pages_look():
    elsewhere = {"sec-fetch-site": "cross-site"}
    request = RequestFactory().post("/look/", {"theme": "dark"}, headers=elsewhere)
    assert not look.choose_look(request).cookies
