"""./manage import_directory FILE_OR_URL --organisation SLUG"""

from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError

from holdspace.directory.bringing import Outcome, Said, bring_in, source_key
from holdspace.directory.feeds.reading import Format
from holdspace.directory.fetching import NotFetched, fetched
from holdspace.directory.queries import files_of
from holdspace.kit import scope
from holdspace.ledger.acts import SYSTEM
from holdspace.organisations.queries import organisation_named

_TOLD_EVERY = 5_000


class Command(BaseCommand):
    """Reads a feed of groups that others run, and says what became of every record."""

    help = "Bring groups that others run into an organisation's directory."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", help="a file, a folder of HSDS tables, or a web address")
        parser.add_argument("--organisation", required=True, metavar="SLUG")
        parser.add_argument("--format", choices=[str(f) for f in Format], default="auto")
        parser.add_argument("--run-by", default="", help="who runs these groups, in words")
        takes = "the earlier file of theirs whose place this one takes"
        parser.add_argument("--replaces", default="", metavar="FILE", help=takes)
        parser.add_argument("--audience", choices=["lived", "family", "both"], default="")
        parser.add_argument("--topic", action="append", default=[], help="a topic of all of them")
        parser.add_argument("--zone", default="", help="the time zone where none is stated")

    def handle(self, *_args: Any, **options: Any) -> None:
        organisation = organisation_named(options["organisation"])
        if organisation is None:
            raise CommandError(f"There is no organisation “{options['organisation']}”.")
        name = options["run_by"] or _name_of(options["source"])
        said = Said(
            name=name,
            file=_file_of(options["source"]),
            audience=options["audience"],
            topics=tuple(options["topic"]),
            zone=options["zone"],
            wanted=Format(options["format"]),
        )
        with scope.entered(organisation.id):
            if options["replaces"]:
                said = replace(said, instead=_earlier(name, options["replaces"]))
            outcome = bring_in(
                _opened(options["source"]),
                said,
                by=SYSTEM,
                organisation=organisation.id,
                zone=organisation.zone,
                told=self._tell,
            )
        self._report(outcome)

    def _tell(self, read: int) -> None:
        if read % _TOLD_EVERY == 0:
            self.stderr.write(f"read {read:,} …")

    def _report(self, outcome: Outcome) -> None:
        for refused in outcome.refusals:
            where = f"record {refused.record}" if refused.record else "the file"
            self.stdout.write(f"refused {where}: {refused.reason}")
        counts = outcome.counts
        self.stdout.write(
            f"read {outcome.read}, created {counts.created}, updated {counts.updated}, "
            f"unchanged {counts.unchanged}, refused {outcome.refused}, "
            f"no longer there {counts.gone}"
        )
        if not outcome.whole:
            self.stdout.write("The file could not be read to its end; nothing was marked as gone.")


def _name_of(source: str) -> str:
    return (urlsplit(source).hostname if "://" in source else Path(source).stem) or source


def _file_of(source: str) -> str:
    """Which file of theirs it is, as it is listed; an address without its query, for a secret."""
    parts = urlsplit(source)
    return (f"{parts.hostname}{parts.path}" if "://" in source else Path(source).name)[:160]


def _earlier(name: str, file: str) -> str:
    """The key of the source read from this file before. Raises CommandError for none."""
    key = source_key(name, _file_of(file))
    theirs = files_of(name, viewer=SYSTEM)
    if key not in {source.key for source in theirs}:
        known = ", ".join(f"“{s.file}”" for s in theirs) or "none"
        raise CommandError(f"No file “{file}” of “{name}” was read before. Known are: {known}.")
    return key


def _opened(source: str) -> Path | BinaryIO:
    if "://" in source:
        try:
            return fetched(source)
        except NotFetched as problem:
            raise CommandError(f"Nothing was fetched: {problem}.") from problem
    path = Path(source)
    if not path.exists():
        raise CommandError(f"There is no file “{source}”.")
    return path
