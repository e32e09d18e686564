"""Terms: what a listing can be found by, folded to one hash each.

Stems are light (English endings, accents, case), since queries are short and lay. Chinese,
Japanese and Korean text, which has no spaces, is cut into pairs of signs.
"""

import hashlib
import re
from collections.abc import Collection, Iterable
from functools import lru_cache

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
DAY, HALF_HOURS = 48, 7 * 48
_STEPS = (16, 4, 1)  # half-hours that have a term together: an evening is three terms, not twelve


@lru_cache(2_048)
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


@lru_cache(2_048)
def hashed(term: str) -> int:
    """A term as a number of 63 bits."""
    key = term.encode("utf-8", "replace")
    return int.from_bytes(hashlib.blake2b(key, digest_size=8).digest(), "big") >> 1


def fact(name: str, value: str) -> str:
    """A fact as a term: no text of a listing can look like one."""
    return f"={name}:{value}"


def facts(name: str, values: Iterable[str]) -> list[str]:
    """Several facts of one name."""
    return [fact(name, value) for value in values if value]


def hours(found: Iterable[int]) -> set[str]:
    """The half-hours of a week in which a listing meets, each alone and as part of longer spells,
    in the week and in the day.
    """
    return {
        fact(name, f"{step}.{half % period // step}")
        for half in found
        for name, period in (("week", HALF_HOURS), ("daily", DAY))
        for step in _STEPS
    }


def hours_within(wanted: Collection[int]) -> list[str]:
    """Few terms, any of which says that a listing meets in one of these half-hours of a week."""
    left = set(wanted)
    name, period = "week", HALF_HOURS
    if all((half + DAY) % HALF_HOURS in left for half in left):
        name, period, left = "daily", DAY, {half % DAY for half in left}
    found = []
    for step in _STEPS:
        for start in range(0, period, step):
            spell = set(range(start, start + step))
            if spell <= left:
                left -= spell
                found.append(fact(name, f"{step}.{start // step}"))
    return found
