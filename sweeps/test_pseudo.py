"""Every word of every page goes through the catalogues: each message stands in brackets.

What stands in none must be somebody's own words: stored in the small world, or a name.
"""

import datetime as dt
import html
import itertools
import re
from functools import cache

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.plurals import get_plural
from django.apps import apps
from django.template import engines
from django.utils import translation

from config.languages import languages_in
from holdspace.care.shelf import shelf
from holdspace.kit import clock, days, messages, places, scope, speaking
from sweeps.doors import answer, doors
from sweeps.house import ROOT
from sweeps.small_world import NOON, World

pytestmark = pytest.mark.django_db

LANGUAGE, ARABIC = "eo", "ar"
OPEN, CLOSE = (
    "\N{MATHEMATICAL LEFT WHITE SQUARE BRACKET}",
    "\N{MATHEMATICAL RIGHT WHITE SQUARE BRACKET}",
)
# Written for those who build, not for those who come.
OURS = {"kit:living"}
OWN_NAMES = ["Holdspace", "Meeting Guide", "HSDS (Open Referral)", "CSV", "XLSX", "iCalendar"]
OWN_NAMES += ["English"]  # a language by its own name
ROLES = ["nobody", "visitor", "member", "applicant", "facilitator", "coordinator", "operator"]
NAMES = ["people/words.txt", "members/naming/things.txt", "members/naming/kinds.txt"]
SPOKEN = re.compile(r'\b(?:alt|aria-label|title|placeholder|data-[a-z]+)="([^"]*)"')
SIGNS = {"yes"}  # what an island or a sheet reads, and nobody sees
APART = re.compile(
    r"<(script|style|svg|code|cite|option|time)\b.*?</\1>|<[^>]*lang=.*?>.*?</", re.DOTALL
)


@pytest.fixture(scope="module")
def drawn():
    """Every message of ours."""
    return messages.drawn(ROOT)


def _catalogue(folder, language, drawn):
    """A catalogue in which each message is itself in brackets, each plural form numbered."""
    made = Catalog(locale=language)
    for message in drawn:
        if not message.id:
            continue
        forms = message.id if isinstance(message.id, tuple) else (message.id,)
        said = [f"{OPEN}{form}{CLOSE}" for form in forms]
        if len(forms) > 1:
            count = get_plural(language).num_plurals
            said = [f"{OPEN}{n}|{forms[min(n, 1)]}{CLOSE}" for n in range(count)]
        made.add(message.id, tuple(said) if len(forms) > 1 else said[0], context=message.context)
    target = folder / language / "LC_MESSAGES" / "django.mo"
    target.parent.mkdir(parents=True)
    with target.open("wb") as compiled:
        write_mo(compiled, made)


@pytest.fixture
def brackets(tmp_path, drawn, settings):
    """A folder with two catalogues, and pages that speak what lies in it."""
    for language in (LANGUAGE, ARABIC):
        _catalogue(tmp_path, language, drawn)
    settings.LOCALE_PATHS = [tmp_path]
    settings.LANGUAGES = languages_in(tmp_path)
    speaking._said.cache_clear()
    yield tmp_path
    speaking._said.cache_clear()


def _bare(page, own=""):
    """The phrases of a page that stand in no brackets and are nobody's own words."""
    body = page[page.index("<body") :]
    spoken = [said for said in SPOKEN.findall(body) if said not in SIGNS and said[:1] != "/"]
    pieces = re.split(r"<[^>]*>", APART.sub(" ", body)) + spoken
    found = []
    for piece in map(html.unescape, pieces):
        text = piece
        while (stripped := re.sub(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}", "\n", text)) != text:
            text = stripped
        for phrase in text.split("\n"):
            said = " ".join(phrase.split()).strip(" .,:;·()")
            if re.search(r"[^\W\d_]{2,}", said) and not _is_own(said, own):
                found.append(said)
    return found


def _is_own(said, own):
    """Stored as it stands, a list of names that are, a name of offered words, or an address."""
    return (
        said in own
        or said.startswith("http")
        or all(part in own for part in re.split("[,:.] ", said))
        or all(word in _offered() for word in re.split("[ -]", said.lower()))
    )


@cache
def _offered():
    """The words of which names are made that we offer."""
    read = "\n".join((ROOT / "holdspace" / file).read_text() for file in NAMES)
    return set(read.lower().split())


def _own(world: World) -> str:
    """Every word that is stored in the world, and what names nobody translates."""
    said = [*OWN_NAMES, *(name for _code, name in places.zones())]
    said += [name for country in shelf().values() for line in country.lines for name in _line(line)]
    with translation.override(LANGUAGE):
        said += [name for _code, name in (*places.countries(), *places.languages())]
        said += [days.in_words(NOON.date() + dt.timedelta(days=n)) for n in range(-400, 400)]
    with scope.everywhere("a sweep"), clock.at(NOON):
        for model in apps.get_models():
            if model.__module__.startswith("holdspace."):
                said += [text for row in model.objects.all() for text in _texts(row)]
    return "\n".join(" ".join(one.split()) for one in said)


def _line(line):
    return line.name, *(way.shown for way in line.ways)


def _texts(row):
    for field in row._meta.concrete_fields:
        try:
            value = getattr(row, field.name)
        except Exception:  # noqa: BLE001, S112 -- sealed under a key that has gone
            continue
        yield from _strings(value)


def _strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _strings(one)


def _pages(world, language):
    """Name and HTML of every page by the roles that see it differently, and of forms sent wrong."""
    for role, door in itertools.product(ROLES, doors()):
        client, path = world.clients[role], door.path(door.live(world))
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
        for method, sent in (("get", None), ("post", {"nothing": "else"})):
            response = answer(client, method, path, sent)
            kind = response.headers.get("Content-Type", "")
            if not response.streaming and kind.startswith("text/html") and response.content:
                yield f"{door.name} {method} as {role}", response.content.decode()


@pytest.mark.slow
def test_every_page_comes_from_the_catalogue(world, brackets):
    own, wrong, seen = _own(world), {}, 0
    for name, page in _pages(world, LANGUAGE):
        seen += 1
        if name.split()[0] not in OURS and (bare := _bare(page, own)):
            wrong[name] = bare[:8]
        assert OPEN in page, name
    assert not wrong, "\n".join(f"{name}: {bare}" for name, bare in wrong.items())
    assert seen > 100


def test_words_outside_the_catalogue_are_found():
    page = f'<body><p title="Left out">{OPEN}Said to {OPEN}you{CLOSE}{CLOSE} and not</p>'
    assert _bare(page, "and only") == ["and not", "Left out"]
    assert _bare(page, "Left out. She said: and not") == []


@pytest.mark.parametrize(("many", "form"), [(0, 0), (1, 1), (2, 2), (3, 3), (11, 5), (100, 4)])
def test_a_language_with_six_plurals_has_each_in_python_and_on_pages(brackets, many, form):
    said = "{{ ngettext('%(num)d visit asked for', '%(num)d visits asked for', many) }}"
    with translation.override(ARABIC):
        words = translation.ngettext("%(num)d visit asked for", "%(num)d visits asked for", many)
        shown = engines.all()[0].from_string(said).render({"many": many})
    assert words.startswith(f"{OPEN}{form}|")
    assert shown.startswith(f"{OPEN}{form}|")
    assert f"|{many} visit" in shown


def test_a_language_is_switched_on_by_its_file_and_chosen_on_every_page(world, brackets):
    assert languages_in(ROOT / "holdspace" / "locale")[0] == ("en-gb", "English")
    assert (ARABIC, "العربية") in languages_in(brackets)
    anybody = world.clients["nobody"]
    shown = answer(anybody, "get", "/").content.decode()
    assert "العربية" in shown
    anybody.post("/look/", {"language": ARABIC, "back": "/"})
    shown = answer(anybody, "get", "/help/gb/").content.decode()
    assert '<html lang="ar" dir="rtl"' in shown
    assert "نوفمبر" in shown, "days are said in the language of the page"
    assert "المملكة المتحدة" in answer(anybody, "get", "/help/at/").content.decode()
