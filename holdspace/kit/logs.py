"""Logs that name nobody: no path, no address, no body; a fault is its type and its line."""

import logging
import sys
import threading
import traceback
from http import HTTPStatus
from types import TracebackType

PLACES = 6  # of the way a fault took, innermost first


def describe(fault: BaseException | None) -> str:
    """A fault and what caused it: types and places, never its words (they may quote anybody)."""
    told: list[str] = []
    while fault is not None and len(told) < 4:  # noqa: PLR2004 -- a chain longer says no more
        told.append(f"{type(fault).__name__}{_places(fault.__traceback__)}")
        fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    return "; after ".join(told)


def _places(trace: TracebackType | None) -> str:
    frames = traceback.extract_tb(trace)[-PLACES:]
    where = [f"{'/'.join(f.filename.split('/')[-2:])}:{f.lineno}" for f in reversed(frames)]
    return f" at {' < '.join(where)}" if where else ""


class NamesNobody(logging.Formatter):
    """One line: level, logger, our own words if they are ours, and a fault's type and places."""

    def format(self, record: logging.LogRecord) -> str:
        said = f"{record.levelname.lower()} {record.name}"
        if record.name.startswith("holdspace"):
            said += f": {record.getMessage()}"
        if record.exc_info and record.exc_info[1]:
            said += f" {describe(record.exc_info[1])}"
        return said


def _is_a_fault(record: logging.LogRecord) -> bool:
    """503 is our own word, on stopping or before all is ready; its page says what is missing."""
    return getattr(record, "status_code", 0) != HTTPStatus.SERVICE_UNAVAILABLE


def configure(_settings: object = None) -> None:
    """Send everything from warnings up to the terminal, in words that name nobody."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(NamesNobody())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("holdspace").setLevel(logging.INFO)
    asked = logging.getLogger("django.request")
    asked.setLevel(logging.ERROR)  # 404 and 403 are daily life
    asked.addFilter(_is_a_fault)
    for name in ("django", "django.server"):  # Django's own would print paths and mail them
        logging.getLogger(name).handlers[:] = []
        logging.getLogger(name).propagate = True


def cover_faults() -> None:
    """For web and worker: what ends the process or a thread is told by type and place too."""
    log = logging.getLogger("holdspace.process")

    def ended(kind: type[BaseException], fault: BaseException, _trace: object) -> None:
        log.critical("ended by %s", describe(fault) if fault else kind.__name__)

    def thread_ended(told: threading.ExceptHookArgs) -> None:
        log.critical("a thread ended by %s", describe(told.exc_value))

    sys.excepthook = ended
    threading.excepthook = thread_ended
