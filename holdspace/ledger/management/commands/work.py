"""./manage work: the worker alone, for operators who supervise it themselves."""

import signal
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from holdspace.kit.live.wire import Wire
from holdspace.kit.logs import cover_faults
from holdspace.kit.server import process
from holdspace.ledger import queue
from holdspace.ledger.worker import Worker, run_due


class Command(BaseCommand):
    help = "Do what is due, until told to stop."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")
        parser.add_argument("--stuck", action="store_true", help="list tasks that keep failing")
        parser.add_argument(
            "--with-parent", action="store_true", help="end when standard input closes"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Work, once or until SIGTERM; or list what is stuck."""
        if options["stuck"]:
            for name, tries in queue.stuck():
                self.stdout.write(f"{name}  tried {tries} times")
        elif options["once"]:
            self.stdout.write(f"{run_due()} done")
        else:
            self._until_stopped(with_parent=options["with_parent"])

    def _until_stopped(self, *, with_parent: bool) -> None:
        cover_faults()
        worker = Worker()
        for which in (signal.SIGTERM, signal.SIGINT):
            signal.signal(which, lambda *_: worker.stop.set())
        if with_parent:
            process.end_with_parent()
        wire = Wire(settings.REDIS_URL) if settings.REDIS_URL else None
        worker.run()
        if wire:
            wire.end()
