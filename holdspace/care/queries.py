"""What can be seen of help: the lines by everybody, how well they were checked by staff."""

from dataclasses import dataclass, replace
from typing import Any

from holdspace.care.age import Age, age_of
from holdspace.care.models import HelpLine
from holdspace.care.records import URGENT, Country, Kind, Line, Refused, read_line
from holdspace.care.rules import may_keep_lines
from holdspace.care.shelf import shelf, written
from holdspace.kit.guard import Unseen, sees
from holdspace.kit.viewer import Viewer
from holdspace.staff.queries import staff_here


@dataclass(frozen=True, slots=True)
class Kept:
    """A line as a coordinator sees it. `alarm` is "", "never", "aged", "expired" or "changed".

    `phoned_by` is the name of the colleague who phoned it, while they work here.
    """

    line: Line
    alarm: str
    withdrawn: str
    checked_by: int
    phoned_by: str = ""


@sees
def help_in(code: str, *, viewer: Viewer) -> Country | None:
    """The lines of a country by its two letters, the organisation's own before the shipped ones.

    None when there is none we could stand for.
    """
    shipped = shelf().get(code.upper())
    rows = _own(code.upper(), viewer)
    if not rows:
        return shipped
    lines = {line.code: line for line in shipped.lines} if shipped else {}
    for row in rows:
        own = _line_of(row)
        if row.withdrawn:
            lines.pop(row.code, None)
        elif own:
            lines[row.code] = own
    if not lines:
        return None
    name, within = (shipped.name, shipped.within) if shipped else ("", "")
    return Country(code.upper(), name, within, tuple(lines.values()))


def _own(country: str, viewer: Viewer) -> list[HelpLine]:
    if not viewer.organisation:
        return []
    return list(HelpLine.objects.filter(country=country).order_by("code"))


def _line_of(row: HelpLine) -> Line | None:
    """The organisation's own line; None when its record is no longer one we may show."""
    try:
        return read_line(row.record, row.country, confirmed=row.checked_on if row.phoned else None)
    except Refused:
        return None


@sees
def countries(*, viewer: Viewer) -> list[Country]:
    """Every country we ship lines for."""
    return list(shelf().values())


@sees
def universal_lines(code: str, *, viewer: Viewer) -> tuple[Line, ...]:
    """The lines of a country that are there for anyone about anything: all of them, always."""
    country = help_in(code, viewer=viewer)
    if country is None:
        return ()
    return tuple(line for line in country.lines if line.kind == Kind.UNIVERSAL)


@sees
def written_line(country: str, code: str, *, viewer: Viewer) -> dict[str, Any]:
    """A line as it is written down, the organisation's own first. Raises Unseen."""
    row = HelpLine.objects.filter(country=country, code=code).first()
    found: dict[str, Any] | None = row.record if row else written(country, code)
    if found is None or not may_keep_lines(viewer):
        raise Unseen
    return found


@sees
def lines_kept(country: str, *, viewer: Viewer) -> list[Kept]:
    """Every line of a country, what is to be done about it, who phoned. Raises Unseen to others."""
    kept = _all_kept(country, viewer)
    if not any(one.line.confirmed for one in kept):
        return kept
    names = {who.account: who.name for who in staff_here(viewer=viewer)}
    return [replace(one, phoned_by=names.get(one.checked_by, "")) for one in kept]


def _all_kept(country: str, viewer: Viewer) -> list[Kept]:
    if not may_keep_lines(viewer):
        raise Unseen
    rows = {row.code: row for row in _own(country, viewer)}
    shipped = shelf().get(country)
    kept = [_kept(line, rows.pop(line.code, None)) for line in (shipped.lines if shipped else ())]
    added = [(_line_of(row), row) for row in rows.values()]
    return kept + [_kept(line, row) for line, row in added if line]


def _kept(line: Line, row: HelpLine | None) -> Kept:
    if row is None:
        never = "" if line.kind in URGENT else "never"
        return Kept(line, _aged(line) or never, "", 0)
    own = _line_of(row)
    if own is None or _differs(row):
        return Kept(own or line, "changed", row.withdrawn, row.checked_by)
    return Kept(own, _aged(own), row.withdrawn, row.checked_by)


def _aged(line: Line) -> str:
    age = age_of(line)
    return "" if age == Age.FRESH else str(age)


def _differs(row: HelpLine) -> bool:
    """Our files say something else today than on the day somebody phoned."""
    shipped = written(row.country, row.code)
    if shipped is None or not row.phoned:
        return False
    return bool(shipped["way"] != row.record.get("way"))


@sees
def shipped_line(country: str, code: str, *, viewer: Viewer) -> Line | None:
    """A line as our files have it today, without what anybody here noted; None for one's own."""
    found = shelf().get(country)
    return next((line for line in found.lines if line.code == code), None) if found else None


@sees
def line_alarms(country: str, *, viewer: Viewer) -> list[Kept]:
    """The lines that somebody should look at. Raises Unseen to others."""
    return [k for k in _all_kept(country, viewer) if k.alarm and not k.withdrawn]


@sees
def are_confirmed(country: str, *, viewer: Viewer) -> bool:
    """Whether every universal line of a country was phoned within the last twelve months."""
    lines = universal_lines(country, viewer=viewer)
    return bool(lines) and all(li.confirmed and age_of(li) == Age.FRESH for li in lines)
