"""Our groups for the finders of others: weekly meetings as Meeting Guide JSON (code4recovery/spec).

Weekly meetings of listed groups only, as the format wants it; others stand in the calendar. What
is public goes out and nothing else: the part of town, never the exact place; the group's own page
in place of the link to join; no person's name, mail or number.
"""

import datetime as dt
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from holdspace.directory.feeds import codes
from holdspace.kit.places import countries
from holdspace.meetings.queries import EachWeek

if TYPE_CHECKING:
    from holdspace.organisations.models import Organisation

NAME, SLUG = 255, 64
SUNDAY_FIRST, DAYS = 1, 7
PAGE = "/groups/{code}/"


def meeting_guide(meetings: list[EachWeek], house: "Organisation", at: str) -> bytes:
    """The feed of an organisation whose pages stand at `at`, as UTF-8."""
    entity = {"entity": house.name, "entity_website_url": f"{at}/", "entity_url": f"{at}/"}
    country = dict(countries()).get(house.country, "")
    found = [{**_meeting(one, country, at), **entity} for one in meetings]
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


def _meeting(one: EachWeek, country: str, at: str) -> Mapping[str, Any]:
    group = one.group
    page = at + PAGE.format(code=group.code)
    days = [(day + SUNDAY_FIRST) % DAYS for day in one.days]
    where = ", ".join(part for part in (one.area, group.town, country) if part)
    facts: dict[str, Any] = {
        "name": group.name[:NAME],
        "slug": f"{group.code}-{one.key}"[:SLUG],
        "day": days[0] if len(days) == 1 else sorted(days),
        "time": f"{one.at:%H:%M}",
        "end_time": f"{_end(one):%H:%M}",
        "timezone": one.zone,
        "types": _types(one),
        "formatted_address": where or one.zone.rpartition("/")[2].replace("_", " "),
        "approximate": "yes",
        "city": group.town,
        "country": country,
        "notes": group.summary,
        "group": group.name[:NAME],
        "url": page,
        "feedback_url": f"{page}ask/",
        "updated": f"{group.confirmed_on} 00:00:00" if group.confirmed_on else "",
    }
    if one.on_a_line:
        facts |= {"conference_url": page, "conference_url_notes": group.name[:NAME]}
    return {name: value for name, value in facts.items() if value not in ("", [])}


def _end(one: EachWeek) -> dt.time:
    begin = dt.datetime.combine(dt.date(2001, 1, 1), one.at)
    return (begin + dt.timedelta(minutes=one.minutes)).time()


def _types(one: EachWeek) -> list[str]:
    group = one.group
    own = {
        *_codes(codes.LANGUAGES, [group.language.partition("-")[0]]),
        *_codes(codes.IDENTITIES, group.affirming),
        *(_codes(codes.ACCESS, group.access) if one.in_a_room else []),
    }
    return sorted(own | ({"BE"} if one.introductory else set()))


def _codes(table: Mapping[str, str], keys: list[str]) -> list[str]:
    """The first code that says each of these; the others only say it more narrowly."""
    first: dict[str, str] = {}
    for code, key in table.items():
        first.setdefault(key, code)
    return [first[key] for key in keys if key in first]
