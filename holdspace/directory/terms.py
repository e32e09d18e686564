"""Terms: what a listing can be found by, folded to one hash each.

Stems are light (English endings, accents, case), since queries are short and lay. Chinese,
Japanese and Korean text, which has no spaces, is cut into pairs of signs.
"""

import hashlib
import math
import re
from collections.abc import Iterable

from holdspace.directory.gazetteer import folded

_MOST_STEMS = 120  # of one listing
_SHORTEST = 3
_ENDINGS = (
    "lessness", "less", "ations", "ation", "nesses", "ness", "ments", "ment", "ingly", "ings",
    "ing", "ives", "ive", "ions", "ion", "ers", "er", "edly", "ed", "ies", "ally", "ly", "es",
    "s", "y", "e",
)  # fmt: skip
_STOP = frozenset(
    ["a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "for", "from", "group",
     "groups", "has", "have", "how", "i", "if", "in", "is", "it", "me", "meeting", "meetings",
     "my", "of", "on", "or", "our", "support", "that", "the", "their", "there", "these", "they",
     "this", "to", "we", "who", "will", "with", "you", "your"]
)  # fmt: skip
_PAIRS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
HALF_HOURS = 7 * 48
CELL = 0.1  # degrees: a circle of 25 km touches about forty


def stem(word: str) -> str:
    """The part of a folded word that its forms share."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)]
    return word


def stems(text: str) -> list[str]:
    """The stems of a text in their order, each once; small words are left out."""
    found: dict[str, None] = {}
    for word in folded(text).split():
        if _PAIRS.search(word):
            found.update(dict.fromkeys(word[n : n + 2] for n in range(max(1, len(word) - 1))))
        elif word not in _STOP and len(word) <= 40:  # noqa: PLR2004 -- no word is longer
            found[stem(word)] = None
        if len(found) >= _MOST_STEMS:
            break
    return list(found)


def hashed(organisation: int, term: str) -> int:
    """A term of one organisation as a number of 63 bits."""
    key = f"{organisation}|{term}".encode("utf-8", "replace")
    return int.from_bytes(hashlib.blake2b(key, digest_size=8).digest(), "big") >> 1


def fact(name: str, value: str) -> str:
    """A fact as a term: no text of a listing can look like one."""
    return f"={name}:{value}"


def facts(name: str, values: Iterable[str]) -> list[str]:
    """Several facts of one name."""
    return [fact(name, value) for value in values if value]


def cell(latitude: float, longitude: float) -> str:
    """The cell of a place: a tenth of a degree."""
    return f"{math.floor(latitude / CELL)},{math.floor(longitude / CELL)}"


def cells_around(latitude: float, longitude: float, km: float) -> list[str]:
    """Every cell that a circle may touch."""
    up = km / 111.2
    wide = up / max(0.05, math.cos(math.radians(min(89.0, abs(latitude) + up))))
    rows = range(math.floor((latitude - up) / CELL), math.floor((latitude + up) / CELL) + 1)
    first, last = math.floor((longitude - wide) / CELL), math.floor((longitude + wide) / CELL)
    around = int(360 / CELL)
    columns = {(c + around // 2) % around - around // 2 for c in range(first, last + 1)}
    return [f"{row},{column}" for row in rows for column in sorted(columns)]
