"""Looking at an alias before it is used: what cannot be taken, and what we only warn about."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from holdspace.members.naming import contacts, reading
from holdspace.members.naming.persons import looks_like_a_person

LONGEST = 24  # characters of an alias on the screen
SHORTEST = 2  # letters or digits, so that there is something to say aloud


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about an alias. `firm` ones refuse it; the others may be overruled by its owner."""

    kind: str
    text: str | Promise
    firm: bool = True


EMPTY = Finding("empty", _("Write a name, or choose one of the three."))
SHORT = Finding("short", _("This is very short. Use at least two letters."))
TOO_LONG = _("This is long. Use at most 24 characters.")
LONG = Finding("long", TOO_LONG)
ADDRESS = Finding(
    "address",
    _(
        "This looks like an address, a link or a name from somewhere else. "
        "People could find you by it. Choose a name that is used only here."
    ),
)
DIGITS = Finding(
    "digits",
    _(
        "Leave out long numbers: they are often a telephone number or a year of birth. "
        "Up to three digits are fine."
    ),
)
MIXED = Finding("mixed", _("Use letters of one alphabet, so that everybody can read the name."))
SIGNS = Finding("signs", _("Leave out signs that pass for letters, such as ! and $."))
STACKED = Finding("stacked", _("Use letters as they are usually written, without signs on top."))
PERSON = Finding(
    "person",
    _(
        "This looks like somebody's first name and surname. If it is yours, choose another: "
        "people could find you by it."
    ),
    firm=False,
)

_WHOLE_WORDS = {"CJK", "HANGUL", "HIRAGANA", "KATAKANA"}  # one sign may be a word
_SCRIPTS = {"LATIN", "CYRILLIC", "GREEK"}  # those whose letters pass for one another


def look_at(alias: str) -> list[Finding]:
    """Everything we notice about `alias`, firm findings first; empty when it looks fine.

    Warns about what looks like a name; it knows a few hundred names and will miss many.
    """
    plain = reading.tidy(alias)
    if not plain:
        return [EMPTY]
    found = []
    letters = "".join(c for c in plain if c.isalnum())
    if len(letters) < SHORTEST and not (reading.scripts(letters) & _WHOLE_WORDS):
        found.append(SHORT)
    if len(plain) > LONGEST:
        found.append(LONG)
    if contacts.has_address(plain):
        found.append(ADDRESS)
    if contacts.has_long_digits(plain):
        found.append(DIGITS)
    if reading.scripts(plain) & _SCRIPTS and len(reading.scripts(plain)) > 1:
        found.append(MIXED)
    if reading.has_letterlike_signs(plain):
        found.append(SIGNS)
    if reading.is_stacked(plain):
        found.append(STACKED)
    if looks_like_a_person(plain):
        found.append(PERSON)
    return found
