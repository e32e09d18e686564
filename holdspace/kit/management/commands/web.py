"""./manage web: the web process alone, for operators who supervise it themselves."""

import socket
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from holdspace.kit.logs import cover_faults
from holdspace.kit.running.sockets import loopback
from holdspace.kit.server import process


class Command(BaseCommand):
    help = "Serve pages on the loopback until told to stop."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--fd", type=int, action="append", help="a bound socket to serve on")
        parser.add_argument(
            "--with-parent", action="store_true", help="end when standard input closes"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Serve on the sockets given, else on the loopback at `--port`."""
        cover_faults()
        given = [socket.socket(fileno=fd) for fd in options["fd"] or []]
        if options["with_parent"]:
            process.end_with_parent()
        process.run(given or loopback(options["port"]))
