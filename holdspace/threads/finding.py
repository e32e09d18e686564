"""Finding words in what was said: a word is found in any of its forms, in any case and accent.

Pure, and made to look through two thousand posts a request: a plain search for beginnings comes
first, and only where it hits are whole words compared by their stems.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from snowballstemmer import algorithms, stemmer

MOST_WORDS = 12  # of one wish
AROUND = 90  # characters shown before and after what was found
_WORD = re.compile(r"\w+")
# Snowball's names of the languages it knows, by the codes that groups use.
LANGUAGES = {
    "ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "fi": "finnish", "fr": "french", "hi": "hindi", "hu": "hungarian",
    "it": "italian", "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian",
    "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip


def folded(text: str) -> str:
    """A text as it is compared: no case, no accents."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


@lru_cache(maxsize=32)
def _stemming(language: str) -> Callable[[str], str]:
    name = LANGUAGES.get(language.partition("-")[0], "")
    if name not in algorithms():
        return lambda word: word
    made = stemmer(name)
    return lru_cache(maxsize=20_000)(made.stemWord)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The words of a wish, in one language. Falsy when there are none."""

    stems: tuple[str, ...]
    beginnings: re.Pattern[str]
    stem: Callable[[str], str]

    def __bool__(self) -> bool:
        return bool(self.stems)

    def fits(self, text: str) -> bool:
        """Whether every word of the wish stands in the text, in some form."""
        missing = set(self.stems)
        for hit in self.beginnings.finditer(folded(text)):
            missing.discard(self.stem(hit.group()))
            if not missing:
                return True
        return not missing

    def around(self, text: str) -> tuple[str, str, str]:
        """What stands before the first word found, the word itself, and what comes after."""
        for word in _WORD.finditer(text):
            if self.stem(folded(word.group())) in self.stems:
                start, end = word.span()
                before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
                before = before if start <= AROUND else "… " + before.partition(" ")[2]
                after = after if end + AROUND >= len(text) else after.rpartition(" ")[0] + " …"
                return before, word.group(), after
        return text[: 2 * AROUND], "", ""


def wanted(words: str, language: str) -> Wanted:
    """What a wish in words looks for; of a long one the first twelve words count."""
    stem = _stemming(language)
    said = {word: stem(word) for word in _WORD.findall(folded(words))}
    stems = tuple(dict.fromkeys(said.values()))[:MOST_WORDS]
    begins = {re.escape(_beginning(word, one)) for word, one in said.items() if one in stems}
    found = rf"\b(?:{'|'.join(sorted(begins))})\w*" if begins else r"(?!)"
    return Wanted(stems, re.compile(found), stem)


def _beginning(word: str, stem: str) -> str:
    """The letters with which every form of a word begins, as far as a stem tells.

    Forms need not share a stem's last letters ("happi" of "happy"), nor a stem all of its word's
    first ones ("die" of "dying").
    """
    shared = takewhile(lambda pair: pair[0] == pair[1], zip(word, stem, strict=False))
    return "".join(letter for letter, _same in shared)[: max(2, len(stem) - 2)]
