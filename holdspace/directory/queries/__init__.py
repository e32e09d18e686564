"""What can be seen of the directory."""

from holdspace.directory.queries.asked import question_by_link, question_for, questions_for
from holdspace.directory.queries.found import (
    files_of,
    languages_here,
    listing_at,
    listing_of_group,
    neighbours_of,
    sources_for,
    upload_at,
    uploads_begun,
)
from holdspace.directory.queries.search import Found, search, tonight
from holdspace.directory.queries.shown import cards_for_family, cards_tonight
from holdspace.directory.queries.wish import Wish

__all__ = [
    "Found",
    "Wish",
    "cards_for_family",
    "cards_tonight",
    "files_of",
    "languages_here",
    "listing_at",
    "listing_of_group",
    "neighbours_of",
    "question_by_link",
    "question_for",
    "questions_for",
    "search",
    "sources_for",
    "tonight",
    "upload_at",
    "uploads_begun",
]
