"""Reading an alias: tidied for the screen, and bared to what two names are compared by."""

# ruff: noqa: RUF001 -- letters that look alike are what this file is about

import unicodedata

# Letters of other scripts, and digits, that are drawn like a Latin letter (after NFKC and
# case folding). From the confusables of Unicode UTS 39, cut down to whole-word pretenders.
_ALIKE = str.maketrans(
    {
        "а": "a", "в": "b", "с": "c", "ԁ": "d", "е": "e", "ё": "e", "ғ": "f", "һ": "h", "н": "h",
        "і": "i", "ї": "i", "ј": "j", "к": "k", "ӏ": "l", "м": "m", "п": "n", "о": "o", "р": "p",
        "ԛ": "q", "г": "r", "ѕ": "s", "т": "t", "у": "y", "ү": "y", "ѵ": "v", "ԝ": "w", "х": "x",
        "α": "a", "β": "b", "ε": "e", "η": "n", "ι": "i", "κ": "k", "ν": "v", "ο": "o", "ρ": "p",
        "τ": "t", "υ": "u", "χ": "x", "ω": "w", "σ": "o", "γ": "y", "ı": "i", "ɑ": "a", "ɡ": "g",
        "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t",
        "0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "7": "t", "|": "l", "!": "i", "$": "s",
    }
)  # fmt: skip
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_MARKS, _MARKS_ELSEWHERE = 1, 3  # on one letter once composed: Latin needs few, Hebrew more
_NEVER_SEEN = {"Cc", "Cf", "Co", "Cn", "Cs", "Me", "Zl", "Zp"}
_UNSEEN = _NEVER_SEEN | {"Mn"}


def tidy(typed: str) -> str:
    """The alias as we keep it: NFKC, no invisible characters, single spaces.

    Marks that belong to a letter (é, ş, vowel signs of Indic scripts) stay.
    """
    plain = unicodedata.normalize("NFKC", typed)
    gone = dict.fromkeys(ord(c) for c in set(plain) if unicodedata.category(c) in _NEVER_SEEN)
    return " ".join(unicodedata.normalize("NFC", plain.translate(gone)).split())


def skeleton(alias: str) -> str:
    """What two aliases are compared by: letters and digits only, look-alikes made one.

    Empty when nothing readable remains. Names of the same look share a skeleton; a few of a
    different look do too ("clove" and "dove"), which costs one of them another choice.
    """
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", alias).casefold())
    shown = "".join(c for c in bare if unicodedata.category(c) not in _UNSEEN)
    letters = "".join(c for c in shown.casefold().translate(_ALIKE) if c.isalnum())
    for pair, one in _PAIRS:
        letters = letters.replace(pair, one)
    return letters.replace("i", "l")


def has_letterlike_signs(alias: str) -> bool:
    """Whether a sign is in it that passes for a letter, or ends a name that somebody has."""
    return any(c in "!|$" for c in tidy(alias))


def is_stacked(alias: str) -> bool:
    """Whether marks are heaped on a letter, more than its alphabet ever needs."""
    marks, most = 0, _MARKS_ELSEWHERE
    for c in unicodedata.normalize("NFC", alias):
        if unicodedata.category(c) != "Mn":
            marks, most = 0, _MARKS if scripts(c) & {"LATIN"} else _MARKS_ELSEWHERE
            continue
        marks += 1
        if marks > most:
            return True
    return False


def words(alias: str) -> list[str]:
    """The words of an alias as a person would read them: split at spaces, signs and humps."""
    parts: list[str] = []
    before = ""
    for c in tidy(alias):
        if not c.isalpha() and c not in "'’":
            parts.append(" ")
        else:
            if c.isupper() and before.islower():
                parts.append(" ")
            parts.append(c)
        before = c
    return "".join(parts).split()


def scripts(alias: str) -> set[str]:
    """The alphabets an alias is written in, by the first word of its letters' Unicode names."""
    return {unicodedata.name(c, "?").split()[0] for c in alias if c.isalpha()} - {"MODIFIER"}
