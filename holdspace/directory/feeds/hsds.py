"""Open Referral HSDS 3 as JSON: full services, pages of services, locations, ndjson."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, BinaryIO

from django.utils.translation import gettext_lazy as _

from holdspace.directory.feeds import codes, fields
from holdspace.directory.feeds.draft import Draft, Mode, NotTaken, Outcome, Rule, Standing
from holdspace.directory.feeds.records import json_records, outcomes

LISTS = ("contents", "services", "locations", "data", "results", "organizations")
_STANDING = {
    "active": Standing.ACTIVE,
    "temporarily closed": Standing.PAUSED,
    "inactive": Standing.INACTIVE,
    "defunct": Standing.INACTIVE,
}
_ADULT = 18
Record = Mapping[str, Any]


def read(stream: BinaryIO) -> Iterator[Outcome]:
    """Every service (or location with hours) of the file, or why it was refused."""
    return outcomes(json_records(stream, LISTS), draft)


def draft(record: Record) -> Draft:
    """One service, or a location that stands alone. Raises NotTaken for anything else."""
    if "location_type" in record:
        return _service(record, [record])
    if not ({"status", "organization", "organization_id", "schedules"} & record.keys()):
        raise NotTaken(_("It is not a service or a location."))
    if "legal_status" in record or "tax_status" in record:
        raise NotTaken(_("It is an organisation, not a service."))
    at = fields.mappings(record.get("service_at_locations"))
    return _service(record, [p for a in at for p in fields.mappings(a.get("location")) or [a]])


def _service(record: Record, places: list[Record]) -> Draft:
    key, name = fields.identity(record.get("id")), fields.title(record.get("name"))
    if not name:
        raise NotTaken(_("It has no name."))
    if not key:
        raise NotTaken(_("It has no “id”, so we could not find it again next time."))
    where = _place(places[0] if places else {})
    schedules = _schedules(record, places)
    page, run_by = fields.page(record.get("url")), _name_of_organisation(record)
    if not (schedules or where["place"] or page or run_by):
        raise NotTaken(_("It says neither when nor where, and names nobody to ask."))
    access = _access(places)
    return Draft(
        source_id=key,
        name=name,
        text=fields.prose(*(record.get(k) for k in ("alert", "description",
            "eligibility_description", "application_process"))),
        kind="professional" if _said(record.get("accreditations")) else "",
        audience="",
        topics=_topics(record),
        identities=("young",) if _for_young(record) else (),
        mode=_mode(places, schedules, bool(where["place"])),
        standing=_STANDING.get(str(record.get("status", "active")).lower(), Standing.ACTIVE),
        zone=fields.zone(next((s.get("timezone") for s in schedules), "")),
        rules=tuple(dict.fromkeys(r for s in schedules if (r := rule(s)))),
        languages=_languages([record, *places]),
        access=access,
        cost=fields.prose(record.get("fees_description"))[:300],
        run_by=run_by,
        url=page,
        updated=fields.day(fields.first(record, "assured_date", "last_modified")),
        **where,
    )  # fmt: skip


def _name_of_organisation(record: Record) -> str:
    named = (one.get("name") for one in fields.mappings(record.get("organization")))
    return fields.title(next(named, ""))


def rule(schedule: Record) -> Rule | None:
    """A schedule's repeating time, by the wall clock it states; None without a day or an hour."""
    start = fields.minute(schedule.get("opens_at"))
    day = fields.day(fields.first(schedule, "dtstart", "valid_from"))
    if start is None or day is None:
        return None
    freq = str(schedule.get("freq") or "").upper()
    parts = [f"FREQ={freq}"] if freq in {"DAILY", "WEEKLY", "MONTHLY"} else []
    interval = fields.figure(schedule.get("interval"))
    if parts:
        if interval and 1 < interval < 100:  # noqa: PLR2004 -- beyond that nobody waits
            parts.append(f"INTERVAL={int(interval)}")
        parts += _by(schedule)
        ends = fields.day(fields.first(schedule, "until", "valid_to"))
        if ends:
            parts.append(f"UNTIL={ends:%Y%m%d}")
    minutes = fields.length(start, fields.minute(schedule.get("closes_at")))
    return Rule(day, start, minutes, ";".join(parts))


def _by(schedule: Record) -> list[str]:
    found = []
    for key in ("byday", "bymonthday"):
        value = schedule.get(key)
        text = str(value).upper().replace(" ", "") if isinstance(value, str | int) else ""
        if text and len(text) < 60 and all(_by_part(key, p) for p in text.split(",")):  # noqa: PLR2004 -- a line
            found.append(f"{key.upper()}={text}")
    return found


def _by_part(key: str, part: str) -> bool:
    number = part[:-2] if key == "byday" else part
    day_known = key != "byday" or part[-2:] in {"MO", "TU", "WE", "TH", "FR", "SA", "SU"}
    figures = number.lstrip("+-")
    if key == "byday" and not number:
        return day_known
    most = 5 if key == "byday" else 31
    return day_known and figures.isascii() and figures.isdigit() and 1 <= int(figures) <= most


def _schedules(record: Record, places: list[Record]) -> list[Record]:
    own = fields.mappings(record.get("schedules"))
    at = fields.mappings(record.get("service_at_locations"))
    return own or list(
        chain.from_iterable(fields.mappings(p.get("schedules")) for p in (*at, *places))
    )


def _mode(places: list[Record], schedules: list[Record], addressed: bool) -> Mode:
    kinds = {str(p.get("location_type", "")).lower() for p in places}
    said = " ".join(str(s.get("attending_type", "")) for s in schedules).lower()
    online = "virtual" in kinds or any(w in said for w in ("video", "online", "remote", "virtual"))
    here = "physical" in kinds or "in-person" in said or "in person" in said
    here = here or (addressed and not online and "postal" not in kinds)
    return {
        (True, True): Mode.HYBRID,
        (True, False): Mode.IN_PERSON,
        (False, True): Mode.ONLINE,
        (False, False): Mode.UNSTATED,
    }[here, online]


def _place(place: Record) -> dict[str, Any]:
    addresses = fields.mappings(place.get("addresses"))
    address = next((a for a in addresses if a.get("address_type") != "postal"), None)
    address = address or (addresses[0] if addresses else {})
    keys = ("address_1", "address_2", "city", "state_province", "postal_code", "country")
    parts = [fields.title(place.get("name")), *(fields.words(address.get(k)) for k in keys)]
    where = fields.position(place.get("latitude"), place.get("longitude"))
    return {
        "place": fields.cut(", ".join(p for p in parts if p), 300),
        "town": fields.words(address.get("city")),
        "country": fields.words(address.get("country")),
        "latitude": where and where[0],
        "longitude": where and where[1],
    }


def _topics(record: Record) -> tuple[str, ...]:
    terms = (
        fields.words(term.get("name"), 60)
        for attribute in fields.mappings(record.get("attributes"))
        for term in fields.mappings(attribute.get("taxonomy_term"))
    )
    return tuple(dict.fromkeys(t.lower() for t in terms if t))[:12]


def _languages(records: list[Record]) -> tuple[str, ...]:
    spoken = (
        codes.language(str(fields.first(one, "code", "name") or ""))
        for record in records
        for one in fields.mappings(record.get("languages"))
    )
    return tuple(dict.fromkeys(code for code in spoken if code))


def _access(places: list[Record]) -> tuple[str, ...]:
    text = " ".join(
        f"{a.get('description', '')} {a.get('details', '')}"
        for place in places
        for a in fields.mappings(place.get("accessibility"))
    )
    return codes.access_in(text[:5_000])


def _for_young(record: Record) -> bool:
    most = fields.figure(record.get("maximum_age"))
    return most is not None and most < _ADULT + 8


def _said(value: object) -> bool:
    return isinstance(value, str) and len(value.strip()) > 3  # noqa: PLR2004 -- "no", "n/a"
