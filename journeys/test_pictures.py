"""A picture goes with words: sent without scripts, come by itself, larger when asked for."""

import re

import pytest
from playwright.sync_api import expect

from holdspace.kit.tests.pictures import drawn, from_a_camera
from journeys.steps import step_into
from journeys.test_talking import to_thread

ALT = "Blotches of every colour, as a child would paint a garden"


@pytest.fixture
def photograph():
    return {
        "name": "IMG_2041.JPG",
        "mimeType": "image/jpeg",
        "buffer": from_a_camera(drawn((2400, 1800))),
    }


def test_a_picture_is_sent_without_scripts_and_comes_to_an_open_page(house, visitor, photograph):
    reader, writer = visitor(width=1280), visitor(width=360, scripts=False)
    step_into(reader, house, "Member")
    step_into(writer, house, "Member")
    to_thread(writer, house)
    reader.goto(writer.url)
    expect(reader.locator(".pic img").first).to_have_attribute("alt", re.compile("kettle"))
    house.look(reader)
    writer.get_by_label("Your words").fill("This is how my week looked")
    writer.get_by_role("button", name="Say more with it").click()
    writer.get_by_text("A picture", exact=True).click()
    writer.get_by_label("A picture").set_input_files(photograph)
    house.look(writer)
    writer.get_by_role("button", name="Send", exact=True).click()
    expect(writer.locator("#id_alt_error")).to_contain_text("what can be seen")
    expect(writer.locator("main")).to_contain_text("A picture is kept here")
    expect(writer.get_by_label("Your words")).to_have_value("This is how my week looked")
    house.look(writer)
    writer.get_by_label("What can be seen in it").fill(ALT)
    writer.get_by_role("button", name="Send", exact=True).click()
    expect(writer.get_by_role("img", name=ALT)).to_be_visible()
    house.look(writer)
    mine = reader.get_by_role("img", name=ALT)
    mine.scroll_into_view_if_needed()
    expect(mine).to_be_visible()
    expect(mine).to_have_js_property("naturalWidth", 640)
    reader.get_by_role("link", name=re.compile("Show larger")).last.click()
    expect(reader.get_by_role("img", name=ALT)).to_have_js_property("naturalWidth", 1600)
    house.look(reader)
