"""The whole way of a feed, as the command and the page both go it."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from holdspace.directory import actions, placing
from holdspace.directory.feeds.draft import Draft, Refused
from holdspace.directory.feeds.reading import Format, read_feed
from holdspace.groups.queries import TopicWord, topics_for
from holdspace.kit.viewer import Viewer

_BATCH = 100
MOST_SHOWN = 500  # refusals kept to be printed one by one


@dataclass(frozen=True, slots=True)
class Said:
    """What whoever brings a feed says about it: who runs these groups, for whom, on what."""

    name: str
    audience: str = ""
    topics: tuple[str, ...] = ()
    zone: str = ""
    wanted: Format = Format.AUTO

    @property
    def key(self) -> str:
        """The source's key: whoever runs the groups, so that a new file of theirs updates them."""
        plain = " ".join(self.name.casefold().split())
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

    def note(self, refused: Refused) -> None:
        """Remember a refusal; the first ones in full, all of them as a number."""
        self.refused += 0 if refused.record == 0 else 1
        self.whole = self.whole and not refused.stops
        if len(self.refusals) < MOST_SHOWN:
            self.refusals.append(refused)


def bring_in(
    source: BinaryIO | Path, said: Said, *, by: object, organisation: int, zone: str
) -> Outcome:
    """Bring a feed into the directory of an organisation we are in; never raises for its content.

    Each hundred records are one transaction, so that others can write in between.
    """
    outcome = Outcome()
    known = topics_known(organisation)
    kept = actions.begin_import(
        by=by, organisation=organisation, key=said.key, name=said.name, kind=str(said.wanted),
        audience=said.audience, topics=said.topics, zone=said.zone,
    )  # fmt: skip
    drafts = _drafts(source, said.wanted, outcome)
    while batch := list(islice(drafts, _BATCH)):
        actions.keep_drafts(
            by=by, source=kept, drafts=batch, known=known, zone=zone, counts=outcome.counts
        )
    actions.end_import(by=by, source=kept, counts=outcome.counts, whole=outcome.whole)
    return outcome


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
