"""How a line of help is said on screen: short sentences, and never more than we know."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_noop as _

from holdspace.care.age import Age, age_of
from holdspace.care.hours import Hours, Now
from holdspace.care.records import URGENT, Country, Kind, Line, Source, Way
from holdspace.kit import clock
from holdspace.kit.days import in_words as day_words
from holdspace.kit.days import locale, month_in_words, time_in_words, weekday_in_words

# Words of our own in the files, here for the catalogues. Names of lines are nobody's to translate.
IN_FILES = (
    _("Emergency services"),
    _("Northern Ireland"),
    _("England"),
    _("24 states and territories"),
    _("the United Kingdom"),
    _("the United States"),
    _("the Netherlands"),
)

Row = tuple[str, str, str, str]  # method, link, words, hours: as the part `helpline` takes them


@dataclass(frozen=True, slots=True)
class Shown:
    """One card of the help page."""

    name: str
    rows: list[Row]
    facts: str
    urgent: bool = False


def cards_of(lines: tuple[Line, ...]) -> list[Shown]:
    """The cards of a country, in order: what is urgent in one card, then each line."""
    urgent = [line for line in lines if line.kind in URGENT]
    rest = sorted((line for line in lines if line.kind not in URGENT), key=_rank)
    cards = [_urgent_card(urgent)] if urgent else []
    return cards + [card_of(line) for line in rest]


def card_of(line: Line) -> Shown:
    """One line by itself."""
    return Shown(_title(line), _rows(line), facts_of(line))


def _title(line: Line) -> str:
    """The line's name, and the part of the country it is for."""
    if line.reach != "part":
        return gettext(line.name)
    return f"{gettext(line.name)} ({gettext(line.where)})"


def _rank(line: Line) -> int:
    return list(Kind).index(line.kind)


def _urgent_card(lines: list[Line]) -> Shown:
    rows: list[Row] = []
    for line in sorted(lines, key=lambda line: line.kind == Kind.EMERGENCY):
        for way in line.ways:
            words = _action(way)
            if len(lines) > 1:
                words += f" ({gettext(line.name)})"
            hours = hours_words(way.hours) if way.hours.kind != "unknown" else ""
            rows.append((way.method, way.target, words, hours))
    said = dict.fromkeys(facts_of(line) for line in lines)  # two numbers of one source: once
    return Shown(gettext("If a life is in danger"), rows, " ".join(said), urgent=True)


def _rows(line: Line) -> list[Row]:
    return [(way.method, way.target, _action(way), hours_words(way.hours)) for way in line.ways]


def _action(way: Way) -> str:
    if way.method == "call":
        return gettext("Call %(number)s") % {"number": way.shown}
    if way.method == "web":
        return gettext("Write on %(page)s") % {"page": way.shown}
    if way.word:
        words = gettext("Text %(word)s to %(number)s")
        return words % {"word": way.word, "number": way.shown}
    return gettext("Text %(number)s") % {"number": way.shown}


def hours_words(hours: Hours) -> str:
    """The hours, judged now: never more than a source said."""
    now = hours.at(clock.now())
    if not now.known:
        return gettext("Hours not known to us")
    if now.always:
        return gettext("Open now, day and night")
    return _until(now) if now.open else _from(now)


def _until(now: Now) -> str:
    if now.changes is None:
        return gettext("Open now")
    return gettext("Open now, until %(time)s") % {"time": time_in_words(now.changes)}


def _from(now: Now) -> str:
    if now.changes is None:
        return gettext("Closed now")
    when = {"day": weekday_in_words(now.changes), "time": time_in_words(now.changes)}
    return gettext("Closed now. Opens %(day)s at %(time)s, their time") % when


def facts_of(line: Line) -> str:
    """Reach, languages, cost, and where this comes from: one sentence each."""
    said = [_reach(line), _languages(line), _cost(line), origin_of(line), _doubt(line)]
    return " ".join(sentence for sentence in said if sentence)


def _reach(line: Line) -> str:
    if line.kind == Kind.YOUNG:
        return gettext("For children and young people.")
    if line.reach == "part" and line.kind in URGENT:
        return gettext("Only in: %(place)s.") % {"place": gettext(line.where)}
    if line.reach == "inside":
        return gettext("Works only from inside the country.")
    return ""


def _languages(line: Line) -> str:
    if line.language_count:
        count = line.language_count
        return ngettext("Up to %(n)s language.", "Up to %(n)s languages.", count) % {"n": count}
    if not line.languages:
        return ""
    names = ", ".join(language_name(code) for code in line.languages)
    return gettext("Languages: %(names)s.") % {"names": names}


def _cost(line: Line) -> str:
    if line.cost == "free":
        return gettext("Free.")
    if line.cost == "charged":
        return gettext("This costs what your phone company charges.")
    return "" if line.kind in URGENT else gettext("We do not know what it costs.")


def origin_of(line: Line) -> str:
    """Who says so: the pages it was read on, or the day it was phoned."""
    if line.confirmed:
        return gettext("We phoned this line on %(day)s.") % {"day": day_words(line.confirmed)}
    pages = gettext(" and ").join(_page(source) for source in line.sources)
    return gettext("From %(pages)s, not phoned by us. Read on %(day)s.") % {
        "pages": pages,
        "day": day_words(line.checked),
    }


def _page(source: Source) -> str:
    if not source.dated:
        return gettext("%(page)s (it gives no date)") % {"page": source.page}
    return gettext("%(page)s of %(day)s") % {"page": source.page, "day": _dated(source.dated)}


def _dated(dated: str) -> str:
    """A whole date, a month or a year, as far as the source gives it."""
    year, month, day = (*(int(part) for part in dated.split("-")), 0, 0)[:3]
    if not month:
        return str(year)
    return day_words(dt.date(year, month, day)) if day else month_in_words(dt.date(year, month, 1))


def _doubt(line: Line) -> str:
    age = age_of(line)
    if age == Age.EXPIRED:
        return gettext("This was checked more than two years ago. It may have changed.")
    if age == Age.AGED:
        return gettext("This was checked more than a year ago.")
    return ""


def language_name(code: str) -> str:
    """A language's name in the reader's language, or its code."""
    return locale().languages.get(code) or code


def country_name(code: str) -> str:
    """A country's name in the reader's language; "" for a code that no country has."""
    name = locale().territories.get(code) if len(code) == 2 and code.isalpha() else None  # noqa: PLR2004
    return name or ""


def within(country: Country | None, code: str) -> str:
    """A country's name inside a sentence."""
    return gettext(country.within) if country and country.within else country_name(code)


def ways_of(lines: tuple[Line, ...]) -> list[tuple[str, str, str]]:
    """Name, link and words for each way by phone or text, for one sentence on another page."""
    return [
        (gettext(line.name), way.target, _action(way))
        for line in lines
        for way in line.ways
        if way.method != "web"
    ]
