"""The pages that anybody may open, narrow and wide, with scripts and without."""

import re

import pytest

from bench.first_view import MUST, whole

OPEN = ["/", "/family/", "/groups/", "/help/", "/living/"]


@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("path", OPEN)
def test_an_open_page_is_clean(house, visitor, path, width):
    page = visitor(width=width)
    assert page.goto(house.address + path).status == 200
    house.look(page)


@pytest.mark.parametrize("path", OPEN)
def test_an_open_page_reads_without_scripts(house, visitor, path):
    page = visitor(width=360, scripts=False)
    assert page.goto(house.address + path).status == 200
    assert page.locator("main h1").count() == 1
    house.look(page)


def test_what_is_not_there_is_said_kindly(house, visitor):
    page = visitor(width=360)
    assert page.goto(house.address + "/not-here/").status == 404
    house.look(page)


def test_a_first_view_is_light(house, visitor):
    """Everything that an empty cache fetches, as it travels; the demonstration's bar included."""
    page = visitor(scripts=False)
    page.goto(house.address + "/groups/")
    group = page.locator("main h2 a, main h3 a").first.get_attribute("href")
    assert re.fullmatch(r"/groups/\w+/", group)
    for path in ("/", "/groups/", group):
        sizes = whole(house.port, path)
        assert len(sizes) > 4
        assert sum(sizes.values()) <= MUST * 1000, (path, sizes)
