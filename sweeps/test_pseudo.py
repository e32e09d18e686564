"""Every word on the first pages goes through the catalogues: each message stands in brackets."""

import html
import re
import subprocess
import sys

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from sweeps.house import ROOT

pytestmark = pytest.mark.django_db

LANGUAGE = "eo"
OPEN, CLOSE = (
    "\N{MATHEMATICAL LEFT WHITE SQUARE BRACKET}",
    "\N{MATHEMATICAL RIGHT WHITE SQUARE BRACKET}",
)
PAGES = [
    "/",
    "/groups/",
    "/choose/",
    "/choose/1/",
    "/ask/",
    "/sign-in/",
    "/sign-up/",
    "/leave/about/",
]
OWN_NAMES = {"Harbour", "Circle", "Holdspace", "Samaritans", "Shout"}
SPOKEN = re.compile(r'\b(?:alt|aria-label|title|placeholder)="([^"]*)"')
EXTRACT = ["-q", "extract", "-F", "babel.cfg", "-k", "lazy", "--no-location"]


@pytest.fixture(scope="module")
def brackets(tmp_path_factory):
    """A folder of catalogues in which each message is itself, in brackets."""
    folder = tmp_path_factory.mktemp("locale")
    template = folder / "messages.pot"
    subprocess.run(
        [sys.executable, "-m", "babel.messages.frontend", *EXTRACT, "-o", template, "."],
        cwd=ROOT,
        check=True,
    )
    with template.open("rb") as drawn:
        catalogue = read_po(drawn, locale=LANGUAGE)
    for message in catalogue:
        if message.id:
            forms = message.id if isinstance(message.id, tuple) else (message.id,)
            marked = tuple(f"{OPEN}{form}{CLOSE}" for form in forms)
            message.string = marked if len(forms) > 1 else marked[0]
            message.flags.discard("fuzzy")
    target = folder / LANGUAGE / "LC_MESSAGES" / "django.mo"
    target.parent.mkdir(parents=True)
    with target.open("wb") as compiled:
        write_mo(compiled, catalogue)
    return folder


def _bare(page):
    """The words of a page that stand in no brackets, attributes that are read aloud included."""
    body = page[page.index("<body") :]
    body = re.sub(r"<(script|style|svg|select)\b.*?</\1>", " ", body, flags=re.DOTALL)
    spoken = " ".join(SPOKEN.findall(body))
    text = html.unescape(re.sub(r"<[^>]*>", " ", body) + " " + spoken)
    while (stripped := re.sub(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}", " ", text)) != text:
        text = stripped
    return re.findall(r"[^\W\d_]{2,}", text)


@pytest.mark.parametrize("path", PAGES)
def test_words_come_from_the_catalogue(anybody_client, group, brackets, settings, path):
    settings.LANGUAGES = [*settings.LANGUAGES, (LANGUAGE, "brackets")]
    settings.LOCALE_PATHS = [brackets]
    answer = anybody_client.get(path, headers={"accept-language": LANGUAGE})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert OPEN in page
    offered = set((ROOT / "holdspace" / "people" / "words.txt").read_text().split())
    assert [word for word in _bare(page) if word not in OWN_NAMES | offered] == []


def test_words_outside_the_catalogue_are_found():
    page = f'<body><p title="Left out">{OPEN}Said to {OPEN}you{CLOSE}{CLOSE} and not</p>'
    assert _bare(page) == ["and", "not", "Left", "out"]
