"""What the reserved type codes of Meeting Guide say, in our words.

Source: code4recovery/spec, data/types.json. Codes of twelve-step practice say nothing to someone
who looks for a group by need, so they are left out.
"""

from collections.abc import Iterable
from dataclasses import dataclass

LANGUAGES = {
    "AF": "af", "AM": "am", "AR": "ar", "BG": "bg", "DA": "da", "DE": "de", "EL": "el",
    "EN": "en", "FA": "fa", "FI": "fi", "FR": "fr", "HE": "he", "HI": "hi", "HR": "hr",
    "HU": "hu", "IS": "is", "ITA": "it", "JA": "ja", "KA": "ka", "KOR": "ko", "LT": "lt",
    "ML": "ml", "MT": "mt", "NE": "ne", "NL": "nl", "NO": "no", "POL": "pl", "POR": "pt",
    "PUN": "pa", "RUS": "ru", "S": "es", "SK": "sk", "SL": "sl", "SV": "sv", "TH": "th",
    "TL": "tl", "TUR": "tr", "UK": "uk",
}  # fmt: skip
ACCESS = {
    "X": "step-free", "XB": "accessible-toilet", "ASL": "sign-language", "FF": "low-light",
    "BA": "children", "CF": "children", "QSL": "sign-language", "RSL": "sign-language",
}  # fmt: skip
IDENTITIES = {
    "W": "women", "M": "men", "NB": "trans", "T": "trans", "LGBTQ": "lgbtq",
    "LGBTQIA": "lgbtq", "G": "lgbtq", "L": "lgbtq", "BI": "lgbtq",
    "POC": "people-of-colour", "NDG": "indigenous", "N": "indigenous", "Y": "young",
    "SEN": "older",
}  # fmt: skip
TOPICS = {"DD": "dual"}
IN_PERSON_ONLY = frozenset({"X", "XB", "FF", "BA", "CF"})

LANGUAGE_NAMES = {
    "english": "en", "spanish": "es", "español": "es", "french": "fr", "français": "fr",
    "german": "de", "deutsch": "de", "dutch": "nl", "italian": "it", "portuguese": "pt",
    "polish": "pl", "russian": "ru", "ukrainian": "uk", "arabic": "ar", "urdu": "ur",
    "hindi": "hi", "punjabi": "pa", "bengali": "bn", "chinese": "zh", "mandarin": "zh",
    "cantonese": "zh", "japanese": "ja", "korean": "ko", "turkish": "tr", "welsh": "cy",
    "swedish": "sv", "norwegian": "no", "danish": "da", "finnish": "fi", "greek": "el",
    "hebrew": "he", "persian": "fa", "farsi": "fa", "somali": "so", "tamil": "ta",
}  # fmt: skip
_ACCESS_WORDS = (
    (("wheelchair", "step-free", "step free", "handicap access", "ramp"), "step-free"),
    (("accessible toilet", "accessible bathroom", "accessible restroom"), "accessible-toilet"),
    (("induction loop", "hearing loop", "t-coil"), "hearing-loop"),
    (("sign language", "asl ", "bsl "), "sign-language"),
    (("fragrance free", "fragrance-free", "scent free"), "low-light"),
    (("childcare", "babysitting", "crèche"), "children"),
    (("captions", "captioned"), "captions"),
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a record's codes say."""

    languages: tuple[str, ...]
    access: tuple[str, ...]
    identities: tuple[str, ...]
    topics: tuple[str, ...]
    open_to_all: bool
    place_closed: bool


def said_by(codes: Iterable[str], *, in_person: bool) -> Said:
    """The meaning of type codes; what only holds in a room is dropped where there is none."""
    known = {code.strip().upper() for code in codes}
    here = known if in_person else known - IN_PERSON_ONLY
    return Said(
        languages=_values(LANGUAGES, here),
        access=_values(ACCESS, here),
        identities=_values(IDENTITIES, here),
        topics=_values(TOPICS, here),
        open_to_all="O" in known and "C" not in known,
        place_closed="TC" in known,
    )


def access_in(text: str) -> tuple[str, ...]:
    """Access that a description states in plain words; "not accessible" says nothing."""
    low = text.lower()
    found = (
        name
        for signs, name in _ACCESS_WORDS
        if any(s in low and f"not {s}" not in low and f"no {s}" not in low for s in signs)
    )
    return tuple(dict.fromkeys(found))


def language(value: str) -> str:
    """ISO 639-1 code from a code (`ur`, `en-GB`) or an English name, or nothing."""
    low = value.strip().lower()
    if low in LANGUAGE_NAMES:
        return LANGUAGE_NAMES[low]
    head = low.replace("_", "-").split("-")[0]
    known = set(LANGUAGES.values()) | set(LANGUAGE_NAMES.values())
    return head if head in known else ""


def _values(table: dict[str, str], codes: set[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(table[code] for code in sorted(codes) if code in table))
