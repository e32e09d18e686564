"""The whole way of a feed, as the command and the page both go it."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from holdspace.directory import actions, placing
from holdspace.directory.feeds.draft import Draft, Refused
from holdspace.directory.feeds.reading import Format, read_feed
from holdspace.directory.indexing import Entry
from holdspace.directory.models import Listing, Source, Standing, Upload
from holdspace.groups.queries import TopicWord, topics_for
from holdspace.kit import clock
from holdspace.kit.viewer import Viewer

_BATCH = 80  # records written in one transaction: some 50 ms of work
MOST_SHOWN = 500  # refusals kept to be printed one by one


@dataclass(frozen=True, slots=True)
class Said:
    """What whoever brings a feed says about it: who runs these groups, for whom, on what.

    `instead` is the key of an earlier file whose place this one takes.
    """

    name: str
    file: str = ""
    instead: str = ""
    audience: str = ""
    topics: tuple[str, ...] = ()
    zone: str = ""
    wanted: Format = Format.AUTO

    @property
    def key(self) -> str:
        """The source's key: who runs the groups, and which file of theirs this is."""
        return source_key(self.name, self.file)


def source_key(name: str, file: str) -> str:
    """The key of a file: the same file of the same people updates its own listings alone."""
    plain = "\n".join(" ".join(said.casefold().split()) for said in (name, file) if said)
    return hashlib.blake2b(plain.encode(), digest_size=16).hexdigest()


@dataclass(slots=True)
class Outcome:
    """Counts, and the records that were refused with their reasons."""

    counts: actions.Counts = field(default_factory=actions.Counts)
    refused: int = 0
    refusals: list[Refused] = field(default_factory=list)
    sample: list[Draft] = field(default_factory=list)
    whole: bool = True

    @property
    def read(self) -> int:
        """Records in the file, taken or not."""
        return self.counts.read + self.refused

    def in_numbers(self) -> dict[str, int]:
        """The counts by name."""
        c = self.counts
        return {"read": self.read, "created": c.created, "updated": c.updated,
                "unchanged": c.unchanged, "refused": self.refused, "gone": c.gone}  # fmt: skip

    def note(self, refused: Refused) -> None:
        """Remember a refusal; the first ones in full, all of them as a number."""
        self.refused += 0 if refused.record == 0 else 1
        self.whole = self.whole and not refused.stops
        if len(self.refusals) < MOST_SHOWN:
            self.refusals.append(refused)


def bring_in(
    source: BinaryIO | Path, said: Said, *, by: object, organisation: int, zone: str,
    told: Callable[[int], None] = lambda read: None,
) -> Outcome:  # fmt: skip
    """Bring a feed into the directory of an organisation we are in; never raises for its content.

    Records are made ready outside, then written a few at a time, each portion in a transaction of
    its own, so that others can write in between. `told` hears how many were read so far.
    """
    outcome = Outcome()
    known = topics_known(organisation)
    kept = actions.begin_import(
        by=by, organisation=organisation, key=said.key, name=said.name, file=said.file,
        instead=said.instead, kind=str(said.wanted), audience=said.audience, topics=said.topics,
        zone=said.zone,
    )  # fmt: skip
    drafts = _drafts(source, said.wanted, outcome)
    while batch := list(islice(drafts, _BATCH)):
        if entries := _entries(kept, batch, known, zone, outcome.counts):
            actions.keep_entries(by=by, source=kept, entries=entries, counts=outcome.counts)
        told(outcome.read)
    if outcome.whole and outcome.counts.read:
        missing = _vanished(kept, outcome.counts)
        for start in range(0, len(missing), _BATCH):
            some = missing[start : start + _BATCH]
            outcome.counts.gone += actions.let_vanished_go(by=by, source=kept, numbers=some)
    actions.note_counts(by=by, source=kept, counts=outcome.in_numbers())
    return outcome


def said_of(upload: Upload) -> Said:
    """What was said about a file when it was given."""
    chosen = upload.choices
    return Said(
        name=chosen["name"],
        file=upload.name,
        instead=chosen.get("instead", ""),
        audience=chosen["audience"],
        topics=tuple(chosen["topics"]),
        wanted=Format(chosen["format"]),
    )


def bring_in_upload(upload: Upload, *, by: object, zone: str) -> Outcome:
    """Bring in a file that was looked at, note how far it is, and forget it."""
    said, organisation = said_of(upload), upload.organisation_id
    records = preview(BytesIO(upload.content), said).read if upload.begun else 0

    def told(read: int) -> None:
        if upload.begun:
            actions.note_progress(by=by, upload=upload, read=read, records=records)

    file = BytesIO(upload.content)
    outcome = bring_in(file, said, by=by, organisation=organisation, zone=zone, told=told)
    actions.drop_upload(by=by, upload=upload)
    return outcome


def _entries(
    source: Source, drafts: list[Draft], known: placing.Topics, zone: str, counts: actions.Counts
) -> list[Entry]:
    """Listings for those of some drafts that are new or changed; the others are only counted."""
    by_key = {placing.key_of(draft): draft for draft in drafts}
    digests = {key: placing.digest_of(draft, source) for key, draft in by_key.items()}
    rows = Listing.objects.filter(source=source, source_key__in=by_key)
    same = {
        key: number
        for key, number, digest, standing, group in rows.values_list(
            "source_key", "number", "digest", "standing", "group_id"
        )
        if group or (digest == digests[key] and standing != Standing.GONE)
    }
    counts.read += len(drafts)
    counts.unchanged += len(same)
    counts.see(same.values())
    now = clock.now()
    return [
        placing.entry_of(draft, source, known, zone, now, key=key, digest=digests[key])
        for key, draft in by_key.items() if key not in same
    ]  # fmt: skip


def _vanished(source: Source, counts: actions.Counts) -> list[int]:
    """The numbers of listings that the source no longer holds."""
    rows = Listing.objects.filter(source=source, group=None).exclude(standing=Standing.GONE)
    every = rows.values_list("number", flat=True).iterator(2_000)
    return [number for number in every if not counts.was_seen(number)]


def preview(source: BinaryIO | Path, said: Said, *, sample: int = 5) -> Outcome:
    """Read a feed and change nothing: counts, refusals, and the first few groups."""
    outcome = Outcome()
    for draft in _drafts(source, said.wanted, outcome):
        outcome.counts.read += 1
        if len(outcome.sample) < sample:
            outcome.sample.append(draft)
    return outcome


def topics_known(organisation: int) -> placing.Topics:
    """The topics of an organisation, to be found again in the words of others."""
    return topics_of(topics_for(viewer=Viewer(organisation=organisation)))


def topics_of(topics: Iterable[TopicWord]) -> placing.Topics:
    """Topics, to be found again in the words of others."""
    return placing.Topics((t.key, str(t.name), str(t.also)) for t in topics)


def _drafts(source: BinaryIO | Path, wanted: Format, outcome: Outcome) -> Iterator[Draft]:
    for one in read_feed(source, wanted):
        if isinstance(one, Refused):
            outcome.note(one)
        else:
            yield one
