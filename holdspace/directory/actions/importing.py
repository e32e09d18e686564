"""Bringing in what others publish: once or a hundred times, with the same outcome."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from holdspace.directory import rules
from holdspace.directory.actions.renewing import let_go
from holdspace.directory.catalogue import held, hide, keep
from holdspace.directory.indexing import Entry
from holdspace.directory.models import Listing, Source, Standing, Upload
from holdspace.groups import actions as groups
from holdspace.kit import clock, scope
from holdspace.kit.guard import demand
from holdspace.kit.ids import new_code
from holdspace.ledger.acts import act
from holdspace.ledger.events import do_later
from holdspace.vault.scopes import open_scope, shred

if TYPE_CHECKING:
    from holdspace.groups.models import Group


@dataclass(slots=True)
class Counts:
    """How many records a feed held and what became of them."""

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    gone: int = 0
    seen: bytearray = field(default_factory=bytearray, repr=False)  # 1 where a number was read

    def see(self, numbers: Iterable[int]) -> None:
        """Note that listings with these numbers are in the feed."""
        for number in numbers:
            if number >= len(self.seen):
                self.seen.extend(bytes(number + 4_096 - len(self.seen)))
            self.seen[number] = 1

    def was_seen(self, number: int) -> bool:
        """Whether the feed held the listing with this number."""
        return number < len(self.seen) and bool(self.seen[number])


@act
def begin_import(
    *, by: object, organisation: int, key: str, name: str, kind: str, file: str = "",
    instead: str = "", audience: str = "", topics: Sequence[str] = (), zone: str = "",
) -> Source:  # fmt: skip
    """Find the source with this key, or make it, and note that it is read today.

    With `instead`, the source with that key becomes the one of this file, unless this file was
    read before. What is left empty (audience, topics, zone) stays as it was said before.
    """
    demand(rules.may_import(by))
    sources = Source.objects.filter(organisation_id=organisation)
    found = sources.filter(key=key).first() or sources.filter(key=instead or key).first()
    source: Source = found or Source(organisation_id=organisation)
    source.key, source.file, source.name = key, file, source.name or name
    source.format, source.read_on = kind, clock.today()
    source.audience = audience or source.audience
    source.topics = list(topics) or source.topics
    source.zone = zone or source.zone
    source.save(force_insert=found is None, force_update=found is not None)
    return source


@act
def keep_entries(*, by: object, source: Source, entries: Sequence[Entry], counts: Counts) -> None:
    """Create or update listings made of drafts, in one short transaction; adds to `counts`.

    What a coordinator took over as a group of ours is left as it is.
    """
    demand(rules.may_import(by))
    catalogue = held(source.organisation_id)
    keys = [entry.listing.source_key for entry in entries]
    rows = Listing.objects.filter(source=source, source_key__in=keys)
    known = {
        key: (pk, code, number, words, group) for key, pk, code, number, words, group in
        rows.values_list("source_key", "id", "code", "number", "words", "group_id")
    }  # fmt: skip
    ours = []
    for entry in entries:
        one = entry.listing
        if one.source_key not in known:
            counts.created += 1
            ours.append(entry)
            continue
        one.id, one.code, one.number, one.words, group = known[one.source_key]
        if group is None:
            counts.updated += 1
            ours.append(entry)
        else:
            counts.unchanged += 1
    keep(catalogue, ours)
    counts.see(entry.listing.number for entry in entries)


@act
def let_vanished_go(*, by: object, source: Source, numbers: Sequence[int]) -> int:
    """Mark some listings that are no longer in their source; returns how many went.

    Nothing is deleted: a feed that comes back brings its listings back.
    """
    demand(rules.may_import(by))
    catalogue = held(source.organisation_id)
    rows = Listing.objects.filter(source=source, group=None, number__in=numbers)
    return let_go(catalogue, list(rows.exclude(standing=Standing.GONE)))


@act
def hold_upload(*, by: object, name: str, content: bytes, choices: dict[str, Any]) -> Upload:
    """Keep a file between preview and yes, sealed under a key of its own."""
    demand(rules.may_import(by))
    upload = Upload(
        organisation_id=scope.current(),
        scope=open_scope(),
        code=new_code(10),
        day=clock.today(),
        name=name[:60],
        content=content,
        choices=choices,
    )
    upload.save(force_insert=True)
    return upload


@act
def begin_upload(*, by: object, upload: Upload, instead: str) -> None:
    """Have a large file brought in later, a part at a time; its page says how far it is."""
    from holdspace.directory.tasks import bring_upload  # noqa: PLC0415 -- it calls acts in its turn

    demand(rules.may_import(by))
    upload.choices, upload.begun = {**upload.choices, "instead": instead}, True
    upload.save(update_fields=["choices", "begun"])
    do_later(bring_upload, upload=upload.id, organisation=upload.organisation_id)


@act
def note_progress(*, by: object, upload: Upload, read: int, records: int) -> None:
    """How far a file is."""
    demand(rules.may_import(by))
    upload.read, upload.records = read, records
    upload.save(update_fields=["read", "records"])


@act
def note_counts(*, by: object, source: Source, counts: dict[str, int]) -> None:
    """What became of the records of a source, for its page."""
    demand(rules.may_import(by))
    source.counts = counts
    source.save(update_fields=["counts"])


@act
def drop_upload(*, by: object, upload: Upload) -> None:
    """Forget a file: it was brought in, or not wanted."""
    demand(rules.may_import(by))
    held = upload.scope
    upload.delete()
    shred([held])


@act
def take_over(*, by: Any, listing: Listing) -> "Group":
    """Make a group of ours, as a draft, from an imported listing; the listing points to it."""
    demand(rules.may_take_over(by, listing))
    group = groups.begin_group(
        by=by,
        organisation=listing.organisation_id,
        name=listing.name[:120],
        summary=listing.text[:300],
        kind=listing.kind or "peer",
        audience=listing.audience or "lived",
        topics=listing.topics,
        language=(listing.languages or ["en"])[0],
        zone=listing.zone,
        format={"hybrid": "hybrid", "online": "video"}.get(listing.mode, "in_person"),
        town=listing.town[:80],
        area=listing.place[:160],
        access=listing.access,
        affirming=listing.identities,
        cost_words=listing.cost,
    )
    catalogue = held(listing.organisation_id)
    listing.refresh_from_db()
    listing.group = group
    hide(catalogue, [listing])
    return group
