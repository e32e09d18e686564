"""./manage import_directory FILE_OR_URL --organisation SLUG"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError

from holdspace.directory.bringing import Outcome, Said, bring_in
from holdspace.directory.feeds.reading import Format
from holdspace.directory.fetching import NotFetched, fetched
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
        parser.add_argument("--audience", choices=["lived", "family", "both"], default="")
        parser.add_argument("--topic", action="append", default=[], help="a topic of all of them")
        parser.add_argument("--zone", default="", help="the time zone where none is stated")

    def handle(self, *_args: Any, **options: Any) -> None:
        organisation = organisation_named(options["organisation"])
        if organisation is None:
            raise CommandError(f"There is no organisation “{options['organisation']}”.")
        said = Said(
            name=options["run_by"] or _name_of(options["source"]),
            audience=options["audience"],
            topics=tuple(options["topic"]),
            zone=options["zone"],
            wanted=Format(options["format"]),
        )
        with scope.entered(organisation.id):
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
