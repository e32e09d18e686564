"""Meeting Guide JSON (code4recovery/spec): an array of weekly meetings, read one by one."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from django.utils.translation import gettext_lazy as _

from holdspace.directory.feeds import codes, fields
from holdspace.directory.feeds.draft import Draft, Mode, NotTaken, Outcome, Slot, Standing
from holdspace.directory.feeds.records import json_records, outcomes

_PLACE_PARTS = 4  # fewer parts in an address: only roughly where (as tsml-ui has it)
_STATED = {
    "in_person": Mode.IN_PERSON,
    "in-person": Mode.IN_PERSON,
    "online": Mode.ONLINE,
    "hybrid": Mode.HYBRID,
}
_YES = frozenset({"yes", "true", "1", "y"})


def read(stream: BinaryIO) -> Iterator[Outcome]:
    """Every meeting of the feed, or why it was refused."""
    return outcomes(json_records(stream, ("meetings", "data", "items")), draft)


def draft(record: Mapping[str, Any]) -> Draft:
    """One meeting. Raises NotTaken without a name or a key of its own."""
    name = fields.title(record.get("name"))
    key = fields.identity(fields.first(record, "slug", "id", "ID"))
    if not name:
        raise NotTaken(_("It has no name."))
    if not key:
        raise NotTaken(_("It has no “slug” or “id”, so we could not find it again next time."))
    approximate = str(record.get("approximate", "")).strip().lower() in _YES
    types = _codes(record.get("types"))
    place = _place(record)
    mode, standing = _how(record, place, "TC" in types, approximate=approximate)
    said = codes.said_by(types, in_person=mode in {Mode.IN_PERSON, Mode.HYBRID})
    text = fields.prose(record.get("notes"), record.get("group_notes"))
    notes = fields.prose(record.get("location_notes"))
    where = _position(record)
    return Draft(
        source_id=key,
        name=name,
        text=text if notes in text or mode is Mode.ONLINE else fields.prose(text, notes),
        kind="peer",  # the format is for meetings of mutual aid
        topics=said.topics,
        identities=said.identities,
        mode=mode,
        standing=standing,
        open_to_all=said.open_to_all,
        place=place,
        town=fields.words(fields.first(record, "city", "region")),
        country=fields.words(record.get("country")),
        latitude=where and where[0],
        longitude=where and where[1],
        approximate=approximate or place.count(",") + 1 < _PLACE_PARTS,
        zone=fields.zone(record.get("timezone")),
        times=slots(record.get("day"), record.get("time"), record.get("end_time")),
        languages=said.languages,
        access=tuple(dict.fromkeys((*said.access, *codes.access_in(f"{text} {notes}")))),
        run_by=fields.title(fields.first(record, "entity")),
        url=fields.page(record.get("url")),
        updated=fields.day(record.get("updated")),
    )


def slots(day: object, start: object, end: object) -> tuple[Slot, ...]:
    """The weekly times; none means by appointment, or that it could not be read."""
    begins = fields.minute(start)
    if begins is None:
        return ()
    minutes = fields.length(begins, fields.minute(end))
    return tuple(Slot(d, begins, minutes) for d in fields.weekdays(day))


def _codes(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        value = value.split(",")
    many: Iterable[object] = value if isinstance(value, list) else ()
    return tuple(item.strip().upper() for item in many if isinstance(item, str))[:60]


def _how(
    record: Mapping[str, Any], place: str, closed: bool, *, approximate: bool
) -> tuple[Mode, Standing]:
    """Mode and standing as stated; inferred as tsml-ui does only where nothing is stated."""
    stated = str(record.get("attendance_option", "")).strip().lower().replace(" ", "_")
    online = bool(fields.first(record, "conference_url", "conference_phone"))
    if stated == "inactive":
        mode = Mode.IN_PERSON if place and not approximate else Mode.UNSTATED
        return mode, Standing.PAUSED if closed else Standing.INACTIVE
    if stated in _STATED:
        mode = _STATED[stated]
    else:
        here = not approximate and not closed and place.count(",") + 1 >= _PLACE_PARTS
        mode = {
            (True, True): Mode.HYBRID,
            (True, False): Mode.IN_PERSON,
            (False, True): Mode.ONLINE,
            (False, False): Mode.UNSTATED,
        }[here, online]
    if closed and mode is Mode.HYBRID:
        mode = Mode.ONLINE
    paused = closed and mode is not Mode.ONLINE
    return mode, Standing.PAUSED if paused else Standing.ACTIVE


def _place(record: Mapping[str, Any]) -> str:
    whole = fields.words(record.get("formatted_address"), 300)
    if not whole:
        parts = (record.get(k) for k in ("address", "city", "state", "postal_code", "country"))
        whole = ", ".join(p for p in map(fields.words, parts) if p)
    house = fields.title(record.get("location"))
    if house and house.lower() not in {"online", "virtual"} and house not in whole:
        return fields.cut(f"{house}, {whole}" if whole else house, 300)
    return whole


def _position(record: Mapping[str, Any]) -> tuple[float, float] | None:
    pair = record.get("coordinates")
    if isinstance(pair, str) and pair.count(",") == 1:
        north, east = pair.split(",")
        return fields.position(north, east)
    return fields.position(record.get("latitude"), record.get("longitude"))
