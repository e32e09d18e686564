"""What looks like the name of a person: a common first name beside something like a surname."""

import unicodedata
from functools import cache
from pathlib import Path

from holdspace.members.naming.reading import words

_HERE = Path(__file__).parent
_ENDINGS = (
    "son", "sson", "sen", "ski", "ska", "sky", "wicz", "ova", "ová", "enko", "chuk", "escu",
    "stein", "berg", "mann", "meier", "meyer", "ez", "opoulos", "yan", "ian", "shvili", "oğlu",
    "oglu", "elli", "etti", "inen", "nen", "stra", "ham", "ton", "worth", "ley", "sworth",
)  # fmt: skip
_LEAST = 5  # letters, before an ending tells anything
_MOST_WORDS = 4


@cache
def _listed(name: str) -> frozenset[str]:
    """The names of one file, bared; lines that begin with # are remarks."""
    lines = (_HERE / name).read_text("utf-8").splitlines()
    return frozenset(
        _bare(word) for line in lines if not line.startswith("#") for word in line.split()
    )


def _bare(word: str) -> str:
    spread = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in spread if c.isalpha())


def is_given(word: str) -> bool:
    """Whether `word` is on our short list of first names."""
    return _bare(word) in _listed("given.txt")


def is_surname(word: str) -> bool:
    """Whether `word` is on our short list of surnames, or ends as many surnames do."""
    bare = _bare(word)
    if bare in _listed("surnames.txt"):
        return True
    return len(bare) >= _LEAST and bare.endswith(tuple(_bare(end) for end in _ENDINGS))


def looks_like_a_person(alias: str) -> bool:
    """Whether `alias` reads as first name and surname, in either order, or initial and surname."""
    parts = words(alias)
    if not 1 < len(parts) <= _MOST_WORDS:
        return False
    first, last = parts[0], parts[-1]
    if is_given(first) and is_surname(last):
        return True
    if is_given(last) and is_surname(first):
        return True
    return len(first) == 1 and _bare(last) in _listed("surnames.txt")
