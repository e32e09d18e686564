"""Sign-in names: kept blind, offered in three words, and always free to be taken."""

import secrets
import unicodedata

from holdspace.people.words import WORDS
from holdspace.vault.tags import tag, tags

SHORTEST_WORD = 4  # a shorter word of a name is too common to be compared with an alias


def plain(name: str) -> str:
    """A name as it is compared: compatibility forms, case, marks and separators gone."""
    folded = unicodedata.normalize("NFKD", name).casefold()
    return "".join(c for c in unicodedata.normalize("NFKC", folded) if c.isalnum())


def words_of(name: str) -> list[str]:
    """The words of a name, each as it is compared."""
    spaced = "".join(c if c.isalnum() or unicodedata.combining(c) else " " for c in name)
    return [word for word in (plain(part) for part in spaced.split()) if word]


def name_tag(organisation_scope: int, name: str) -> bytes:
    """The keyed tag by which a sign-in name is found, in one organisation."""
    return tag(organisation_scope, "sign-in name", plain(name))


def word_tags(organisation_scope: int, words: list[str]) -> list[str]:
    """Tags of single words or joined words, as they are kept sealed and compared."""
    return [t.hex() for t in tags(organisation_scope, "name word", words)]


def offered() -> str:
    """A sign-in name of three words: about 27 bits, so that names are not guessed in rows."""
    return "-".join(secrets.choice(WORDS) for _ in range(3))


def with_a_word(wished: str) -> str:
    """The wished name with one of our words added."""
    return f"{wished.strip()}-{secrets.choice(WORDS)}"
