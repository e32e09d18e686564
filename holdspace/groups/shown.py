"""What groups offer to templates: their choices in words."""

from typing import Any

from holdspace.groups import choices, taxonomy
from holdspace.groups.queries import freshness, language_name


def in_words(value: str, of: str) -> Any:
    """A choice in words: `group.kind|in_words("Kind")`."""
    return getattr(choices, of)(value).label


def access_word(key: str) -> Any:
    """An access fact in words; the key itself when unknown."""
    return choices.ACCESS.get(key, key)


def affirming_word(key: str) -> Any:
    """Whom a group affirms, in words; the key itself when unknown."""
    return choices.AFFIRMING.get(key, key)


def topic_word(key: str) -> Any:
    """A shipped topic in words; empty for a key that is not shipped."""
    shipped = taxonomy.BY_KEY.get(key)
    return shipped.name if shipped else ""


GLOBALS = {"freshness": freshness}
FILTERS = {
    "in_words": in_words,
    "access_word": access_word,
    "affirming_word": affirming_word,
    "topic_word": topic_word,
    "language_name": language_name,
}
