"""Days as people read them."""

import datetime as dt

from django.utils.formats import date_format

DAY = "j F Y"


def in_words(day: dt.date) -> str:
    """A day with its month in words and its year, in the language of the page."""
    return date_format(day, DAY)
