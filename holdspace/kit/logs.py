"""Logs that name nobody: no path, no address, no body; a fault is its type and its line."""

import logging
import sys
import traceback


class NamesNobody(logging.Formatter):
    """One line: level, logger and for a fault its type and the places it passed."""

    def format(self, record: logging.LogRecord) -> str:
        said = f"{record.levelname.lower()} {record.name}"
        if record.name.startswith("holdspace"):
            said += f": {record.getMessage()}"
        if record.exc_info and record.exc_info[0]:
            frames = traceback.extract_tb(record.exc_info[2])[-6:]
            places = " < ".join(
                f"{'/'.join(f.filename.split('/')[-2:])}:{f.lineno}" for f in reversed(frames)
            )
            said += f" {record.exc_info[0].__name__} at {places}"
        return said


def configure(_settings: object = None) -> None:
    """Send everything from warnings up to the terminal, in words that name nobody."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(NamesNobody())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("holdspace").setLevel(logging.INFO)
