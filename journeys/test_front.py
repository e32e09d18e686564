"""The pages that anybody may open, narrow and wide, with scripts and without."""

import pytest

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
