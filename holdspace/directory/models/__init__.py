"""What is kept for finding a group."""

from holdspace.directory.models.listing import FAR, Listing, Standing, Way
from holdspace.directory.models.question import Question
from holdspace.directory.models.source import Source, Upload
from holdspace.directory.models.word import Catalogue, Word

__all__ = [
    "FAR",
    "Catalogue",
    "Listing",
    "Question",
    "Source",
    "Standing",
    "Upload",
    "Way",
    "Word",
]
