"""The pages of help: for everybody, without scripts, small, and nothing noted."""

import datetime as dt
import gzip
import html
import re
from pathlib import Path

import pytest
from django.test import Client

from holdspace.care.age import months_after
from holdspace.care.queries import universal_lines
from holdspace.care.records import URGENT
from holdspace.care.shelf import shelf
from holdspace.care.tests.reading import smog, words_of
from holdspace.kit import clock
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import outside_act

pytestmark = pytest.mark.django_db

PAGES = [
    "/help/",
    "/help/someone/",
    "/help/elsewhere/",
    "/help/ie/",
    *(f"/help/{code.lower()}/" for code in sorted(shelf())),
]
LARGEST = 30_000


@pytest.fixture
def client(organisation):
    return Client()


def text_of(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_help_is_small_sets_nothing_and_asks_nothing(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert not response.cookies
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    assert len(response.content) <= LARGEST
    text = response.content.decode()
    assert not re.search(r'(href|src|action)="[^"]*\?', text)  # no query string anywhere
    assert "csrfmiddlewaretoken" not in text


@pytest.mark.parametrize("path", PAGES)
def test_all_of_it_together_stays_small(client, path):
    """Page, sheets and script as they travel, compressed; help loads no fonts."""
    text = text_of(client, path)
    assert "fonts" not in text
    whole = len(gzip.compress(text.encode()))
    for address in re.findall(r'(?:href|src)="/static/([^"]+)"', text):
        whole += len(gzip.compress(_static(address)))
    assert whole <= LARGEST


def _static(address):
    from django.contrib.staticfiles import finders

    return Path(finders.find(address)).read_bytes()


def test_our_own_country_comes_first_by_name(client, organisation):
    text = text_of(client, "/help/")
    assert "In the United Kingdom" in text
    assert "Not in the United Kingdom? Choose where you are now." in text
    assert text.index('href="tel:999"') < text.index('href="tel:116123"')
    assert text.index('href="tel:116123"') < text.index('href="/help/at/"')
    assert 'href="sms:85258"' in text
    assert "Text SHOUT to 85258" in text
    assert "Open now, day and night" in text


def test_a_country_shows_its_own_numbers_and_no_others(client):
    text = text_of(client, "/help/nl/")
    assert "Help in the Netherlands" in text
    assert 'href="tel:113"' in text
    assert "Works only from inside the country." in text
    assert "From upday.com of 3 October 2025 and nu.nl of July 2020, not phoned by us." in text
    assert "116123" not in text


def test_hours_nobody_gave_are_not_made_up(client):
    text = text_of(client, "/help/br/")
    cvv = text[text.index("CVV") :]
    assert "Hours not known to us" in cvv[: cvv.index("</section>")]


def test_a_source_without_a_date_says_so(client):
    assert "rtr.at (it gives no date), not phoned by us" in text_of(client, "/help/at/")


@pytest.mark.parametrize("path", ["/help/ie/", "/help/elsewhere/"])
def test_where_we_have_checked_nothing_we_say_so(client, path):
    text = text_of(client, path)
    assert "We have not checked a number for" in text
    assert 'href="https://findahelpline.com/" rel="noreferrer"' in text
    assert not re.search(r'href="(tel|sms):', text)


def test_an_organisation_in_a_country_we_do_not_ship(client, organisation):
    with outside_act("fixture"):
        organisation.country = "IE"
        organisation.save()
    text = text_of(client, "/help/")
    assert "We have not checked a number for Ireland" in text
    assert 'href="/help/gb/"' in text
    assert not re.search(r'href="(tel|sms):', text)


def test_addresses_that_are_no_country(client):
    assert client.get("/help/qq/").status_code == 404
    assert client.get("/help/uk/")["Location"] == "/help/gb/"
    assert client.get("/help/GB/").status_code == 404
    assert client.post("/help/").status_code == 405


@pytest.mark.parametrize("code", sorted(shelf()))
def test_the_line_for_other_pages_names_all_universal_lines_or_none(client, organisation, code):
    from django.template import engines

    organisation.country = code
    text = engines.all()[0].from_string("{{ help_line(house) }}").render({"house": organisation})
    for line in universal_lines(code, viewer=Viewer(organisation=organisation.id)):
        for way in line.ways:
            assert way.method == "web" or f'href="{way.target}"' in text
    organisation.country = "IE"
    text = engines.all()[0].from_string("{{ help_line(house) }}").render({"house": organisation})
    assert 'href="/help/"' in text
    assert "tel:" not in text


@pytest.mark.parametrize("path", ["/help/", "/help/someone/", "/help/elsewhere/", "/leave/about/"])
def test_it_reads_easily(client, path):
    """SMOG of at most 8 (look.md); the numbers' own cards and names of sources left out."""
    assert smog(words_of(text_of(client, path))) <= 8


def test_who_worries_about_someone_reads_what_to_ask_what_to_do_tonight_and_whom_to_call(client):
    text = html.unescape(text_of(client, "/help/someone/"))
    order = [
        'href="tel:999"',
        "What to ask",
        "Are you thinking about suicide?",
        "Do not promise to keep it secret.",
        "What to do tonight",
        "Do not leave them alone",
        "Whom to call",
        'href="tel:116123"',
        'href="/family/"',
    ]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


@pytest.mark.parametrize("path", ["/help/", "/help/someone/"])
def test_words_that_hurt_are_not_there(client, path):
    text = text_of(client, path).lower()
    assert not re.search(r"commit|successful|failed attempt|suffer", text)


@pytest.mark.parametrize("code", sorted(shelf()))
@pytest.mark.parametrize(
    ("later", "said"),
    [
        (0, ""),
        (13, "This was checked more than a year ago."),
        (25, "This was checked more than two years ago. It may have changed."),
    ],
)
def test_every_record_stands_on_its_page_with_its_own_number_and_its_age(client, code, later, said):
    lines = shelf()[code].lines
    newest = max(line.checked for line in lines)
    noon = dt.datetime.combine(months_after(newest, later), dt.time(12), tzinfo=dt.UTC)
    with clock.at(noon + dt.timedelta(days=1)):
        text = html.unescape(text_of(client, f"/help/{code.lower()}/"))
    there = set(re.findall(r'href="((?:tel|sms):[^"]+)"', text))
    stored = {way.target for line in lines for way in line.ways if way.method != "web"}
    assert there == stored
    for line in lines:
        assert line.kind in URGENT or line.name in text
        assert line.kind in URGENT or all(way.shown in text for way in line.ways)
    assert said in text
    assert said or "was checked more than" not in text
