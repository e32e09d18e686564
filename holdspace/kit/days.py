"""Days as people read them."""

import datetime as dt

from django.utils.formats import date_format

DAY = "j F Y"


def in_words(day: dt.date) -> str:
    """A day with its month in words and its year, in the language of the page."""
    return date_format(day, DAY)


def iso_in_words(day: str) -> str:
    """A day that was kept as text (2026-03-01), as people read it."""
    return in_words(dt.date.fromisoformat(day))
