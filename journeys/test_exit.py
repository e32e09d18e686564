"""Leaving quickly, behaviour by behaviour, in Chromium (the pattern GOV.UK tested with people)."""

import datetime as dt
import re
import time
from collections.abc import Iterator

import pytest
from django.test import RequestFactory
from playwright.sync_api import Browser, Page, expect

from holdspace.kit import errors, living
from journeys.shelf import Shelf, standing

OPENED = dt.datetime(2026, 11, 16, 12, 0, tzinfo=dt.UTC)
PAGES = {"/living/": living.living, "/gone/": errors.not_here, "/broken/": errors.broken}


class House(Shelf):
    """The kit's own pages under our policy; /leave takes half a second, as on a weak line."""

    def do_GET(self) -> None:  # noqa: N802 -- the base asks for this name
        if self.path == "/leave":
            time.sleep(0.5)
            self.send_response(303)
            self.send_header("Location", "/weather/")
            self.end_headers()
            return
        super().do_GET()

    def page_at(self, path: str) -> tuple[bytes, str]:
        request = RequestFactory().get(path)
        request.jar = {}
        if path in PAGES:
            return PAGES[path](request).content, "text/html"
        return b"<!doctype html><title>Weather</title><p>Rain later.", "text/html"


@pytest.fixture(scope="module")
def kit() -> Iterator[str]:
    with standing(House) as address:
        yield address


@pytest.fixture
def page(browser: Browser, kit: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 800, "height": 700})
    page = context.new_page()
    page.clock.install(time=OPENED)
    page.goto(f"{kit}/living/")
    page.locator("body[data-leaving]").wait_for()
    page.clock.pause_at(OPENED + dt.timedelta(hours=1))  # from now on it goes as we say
    yield page
    context.close()


def here(page: Page) -> bool:
    """Still on the page, without a veil, a moment later."""
    page.wait_for_timeout(150)
    return page.url.endswith("/living/") and page.locator(".veil").count() == 0


def status(page: Page) -> str:
    return page.locator(".hand [role=status]").inner_text()


def test_it_is_a_link_and_works_without_scripts(browser: Browser, kit: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{kit}/living/")
    link = page.get_by_role("link", name="Emergency: Leave this page")
    assert link.get_attribute("rel") == "nofollow noreferrer"
    link.click()
    page.wait_for_url("**/weather/")
    context.close()


CLICK_AND_LOOK = """() => {
    document.querySelector('[data-leave]').click();
    const veil = document.querySelector('.veil');
    const box = veil.getBoundingClientRect();
    return {
        words: veil.textContent,
        role: veil.getAttribute('role'),
        size: [box.x, box.y, box.width, box.height],
        seen: ['main', 'header', '.hand', 'footer', 'title'].filter(
            (part) => document.querySelector(part).getClientRects().length
        ),
    };
}"""


def test_a_click_veils_everything_at_once_and_leaves_in_the_same_tab(page: Page) -> None:
    assert page.evaluate(CLICK_AND_LOOK) == {
        "words": "One moment.",
        "role": "alert",
        "size": [0, 0, 800, 700],
        "seen": [],
    }
    page.wait_for_url("**/weather/")
    assert len(page.context.pages) == 1


def test_back_does_not_lead_to_the_page_that_was_left(page: Page, kit: str) -> None:
    page.goto(f"{kit}/before/")
    page.goto(f"{kit}/living/")
    page.locator("[data-leave]").click()
    page.wait_for_url("**/weather/")
    page.go_back()
    assert page.url.endswith("/before/")


def test_shift_three_times_leaves(page: Page) -> None:
    for _press in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("**/weather/")


def test_only_letting_go_of_shift_counts(page: Page) -> None:
    for _press in range(4):
        page.keyboard.down("Shift")
    assert here(page)
    assert status(page) == ""
    page.keyboard.up("Shift")
    assert "two more" in status(page)


def test_a_part_of_the_page_cannot_swallow_the_presses(page: Page) -> None:
    page.evaluate("""() => document.querySelector('input[name=name]')
        .addEventListener('keyup', (event) => event.stopImmediatePropagation())""")
    page.locator("input[name=name]").first.focus()
    for _press in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("**/weather/")


def test_shift_as_a_modifier_does_not_count(page: Page) -> None:
    page.locator("input[name=name]").first.focus()
    for letter in "ABCD":
        page.keyboard.press(f"Shift+{letter}")
    for _press in range(3):
        page.keyboard.press("Shift+Tab")
    page.keyboard.down("Shift")
    page.locator("h1").click()
    page.keyboard.up("Shift")
    assert here(page)
    assert page.locator(".lights .on").count() == 0


def test_any_other_key_begins_again(page: Page) -> None:
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.keyboard.press("b")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    assert here(page)
    assert "one more" in status(page)


def test_each_press_restarts_a_window_of_five_seconds(page: Page) -> None:
    page.keyboard.press("Shift")
    page.clock.fast_forward(4900)
    page.keyboard.press("Shift")
    page.clock.fast_forward(4900)
    page.keyboard.press("Shift")
    page.wait_for_url("**/weather/")


def test_after_five_seconds_it_lapses_and_says_so(page: Page) -> None:
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.clock.fast_forward(5100)
    assert status(page) == "Too slow. You are still on this page."
    assert page.locator(".lights .on").count() == 0
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    assert here(page)


def test_lights_are_seen_and_words_are_heard(page: Page) -> None:
    lights = page.locator(".lights")
    assert lights.get_attribute("aria-hidden") == "true"
    assert not lights.is_visible()
    page.keyboard.press("Shift")
    assert lights.is_visible()
    assert lights.locator("i").count() == 3
    assert lights.locator(".on").count() == 1
    assert status(page) == "Shift: press it two more times to leave this page."
    page.keyboard.press("Shift")
    assert lights.locator(".on").count() == 2
    assert status(page) == "Shift: press it one more time to leave this page."


def test_escape_is_left_to_the_browser(page: Page) -> None:
    for _press in range(5):
        page.keyboard.press("Escape")
    assert here(page)
    assert status(page) == ""


def test_coming_back_lifts_the_veil(page: Page) -> None:
    page.route("**/leave", lambda route: route.fulfill(status=204))
    page.locator("[data-leave]").click(no_wait_after=True)
    page.locator(".veil").wait_for()
    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    assert here(page)
    assert page.locator("main").is_visible()
    page.unroute("**/leave")
    for _press in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("**/weather/")


def test_it_begins_once_however_often_it_is_loaded(page: Page, kit: str) -> None:
    page.evaluate("(src) => import(src)", f"{kit}/static/kit/leave.js?again")
    page.keyboard.press("Shift")
    assert page.locator(".lights").count() == 1
    assert page.locator(".lights .on").count() == 1


def test_the_second_skip_link_leaves(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the page")
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    expect(focused).to_have_text("Leave this page")
    assert focused.get_attribute("rel") == "nofollow noreferrer"
    assert focused.is_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/weather/")


@pytest.mark.parametrize("path", ["/gone/", "/broken/"])
@pytest.mark.parametrize("width", [360, 1280])
def test_help_and_leaving_stand_in_the_same_place_on_error_pages(
    browser: Browser, kit: str, path: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 700})
    page, places = context.new_page(), []
    for each in ("/living/", path):
        page.goto(kit + each)
        places.append([page.locator(sign).bounding_box() for sign in (".lamp", "[data-leave]")])
    assert places[0] == places[1]
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.wait_for_url("**/weather/")
    context.close()


def test_the_policy_blocks_nothing_of_ours(browser: Browser, kit: str) -> None:
    context = browser.new_context()
    page, said, asked = context.new_page(), [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{kit}/living/")
    page.wait_for_load_state("networkidle")
    assert not [words for words in said if "Policy" in words or "Error" in words]
    assert all(re.match(re.escape(kit), url) for url in asked)
    context.close()
