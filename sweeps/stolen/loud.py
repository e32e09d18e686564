"""./manage, with every log turned up as far as it goes: a program for the test."""

import logging
import os
import sys
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

from django.core.management import execute_from_command_line

from holdspace.kit import logs

quiet = logs.configure


def loud(settings: Any = None) -> None:
    """As ours, but from DEBUG up, for every logger there is."""
    quiet(settings)
    logging.getLogger().setLevel(logging.DEBUG)
    for name in ("holdspace", "django", "django.request", "django.db.backends", "uvicorn"):
        logging.getLogger(name).setLevel(logging.DEBUG)


logs.configure = loud

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
