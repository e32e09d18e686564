"""What search reads: which listings say what."""

from django.db import models

from holdspace.kit.models import OrganisationRow, RandomIdField


class Catalogue(OrganisationRow):
    """An organisation's own word table. `size` is the number its next listing gets.

    Whoever changes listings holds this row (`catalogue.held`), so that no two change one word.
    """

    size = models.PositiveIntegerField(default=0)

    class Meta(OrganisationRow.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation"], name="directory_catalogue_once")
        ]


class Word(models.Model):
    """A term, and the numbers of the listings that it fits: a stem, or a fact such as a language.

    `term` is a hash (`terms.py`); `listings` holds the numbers of one block of 65,536 listings as
    `numbers.py` packs them. No id of its own: it is found by what it says.
    """

    pk = models.CompositePrimaryKey("catalogue_id", "term", "block")
    catalogue = models.ForeignKey(
        Catalogue, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    term = RandomIdField()
    block = models.PositiveIntegerField()
    listings = models.BinaryField()
