"""The one table that search reads: which listing says what."""

from django.db import models

from holdspace.kit.models import RandomIdField


class Word(models.Model):
    """A term of a listing: a stem, or a fact such as its language, place or hour.

    `term` is a hash of organisation and term (`terms.py`), so that rows are two numbers and one
    organisation's words can never be found from another. No id of its own: three million rows of
    a large directory would carry it for nothing.
    """

    pk = models.CompositePrimaryKey("term", "listing_id")
    term = RandomIdField()
    listing = models.ForeignKey("directory.Listing", on_delete=models.CASCADE, related_name="+")
