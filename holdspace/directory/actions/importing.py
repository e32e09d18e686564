"""Bringing in what others publish: once or a hundred times, with the same outcome."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from holdspace.directory import indexing, placing, rules
from holdspace.directory.feeds.draft import Draft
from holdspace.directory.models import Listing, Source, Standing, Upload, Word
from holdspace.groups import actions as groups
from holdspace.kit import clock, scope
from holdspace.kit.guard import demand
from holdspace.kit.ids import new_code
from holdspace.ledger.acts import act
from holdspace.vault.scopes import open_scope, shred

if TYPE_CHECKING:
    from holdspace.groups.models import Group

_CHUNK = 500
_FIELDS = [
    f.name for f in Listing._meta.concrete_fields
    if f.name not in {"id", "organisation", "code", "group", "source", "source_key"}
]  # fmt: skip


@dataclass(slots=True)
class Counts:
    """How many records a feed held and what became of them."""

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    gone: int = 0
    seen: set[str] = field(default_factory=set, repr=False)


@act
def begin_import(
    *, by: object, organisation: int, key: str, name: str, kind: str, audience: str = "",
    topics: Sequence[str] = (), zone: str = "",
) -> Source:  # fmt: skip
    """Find the source with this key, or make it, and note that it is read today.

    What is left empty (audience, topics, zone) stays as it was said before.
    """
    demand(rules.may_import(by))
    found = Source.objects.filter(organisation_id=organisation, key=key).first()
    source: Source = found or Source(organisation_id=organisation, key=key)
    source.name = source.name or name
    source.format, source.read_on = kind, clock.today()
    source.audience = audience or source.audience
    source.topics = list(topics) or source.topics
    source.zone = zone or source.zone
    source.save(force_insert=found is None, force_update=found is not None)
    return source


@act
def keep_drafts(
    *, by: object, source: Source, drafts: Sequence[Draft], known: placing.Topics, zone: str,
    counts: Counts,
) -> None:  # fmt: skip
    """Create or update the listings of some drafts, in one short transaction; adds to `counts`.

    What a coordinator took over as a group of ours is left as it is.
    """
    demand(rules.may_import(by))
    keys = {placing.key_of(draft): draft for draft in drafts}
    held = {
        row.source_key: row for row in Listing.objects.filter(source=source, source_key__in=keys)
    }
    new: list[Listing] = []
    changed: list[Listing] = []
    for key, draft in keys.items():
        digest, row = placing.digest_of(draft, source), held.get(key)
        if row and (row.group_id or (row.digest == digest and row.standing != Standing.GONE)):
            counts.unchanged += 1
            continue
        listing = row or Listing(
            organisation_id=source.organisation_id, source_key=key, standing=Standing.ACTIVE
        )
        listing.source, listing.digest = source, digest
        placing.fill(listing, draft, known, zone)
        (changed if row else new).append(listing)
    _write(new, changed)
    counts.read += len(drafts)
    counts.created += len(new)
    counts.updated += len(changed)
    counts.seen |= {key[:16] for key in keys}


def _write(new: Sequence[Listing], changed: Sequence[Listing]) -> None:
    now = clock.now()
    words: list[indexing.Pair] = []
    for listing in (*new, *changed):
        spans = indexing.spans_ahead(listing, now)
        indexing.set_next(listing, spans)
        words += indexing.words_for(listing, spans)
    Listing.objects.bulk_create(new)
    if changed:
        Listing.objects.bulk_update(changed, _FIELDS, batch_size=50)
        Word.objects.filter(listing__in=[row.pk for row in changed]).delete()
    indexing.write_words(words)


@act
def end_import(*, by: object, source: Source, counts: Counts, whole: bool) -> Counts:
    """Mark what is no longer in the feed; only when the feed was `whole` and held something.

    Nothing is deleted: a feed that comes back brings its listings back.
    """
    demand(rules.may_import(by))
    if not whole or not counts.read:
        return counts
    rows = Listing.objects.filter(source=source, group=None).exclude(standing=Standing.GONE)
    missing = [
        pk for pk, key in rows.values_list("id", "source_key").iterator(2_000)
        if key[:16] not in counts.seen
    ]  # fmt: skip
    for ids in _chunks(missing):
        Word.objects.filter(listing__in=ids).delete()
        counts.gone += Listing.objects.filter(id__in=ids).update(
            standing=Standing.GONE, shown=False
        )
    return counts


def _chunks(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[n : n + _CHUNK] for n in range(0, len(ids), _CHUNK))


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
    listing.group, listing.shown = group, False
    listing.save(update_fields=["group", "shown"])
    Word.objects.filter(listing=listing.pk).delete()
    return group
