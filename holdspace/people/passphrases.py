"""What makes a passphrase good enough: length, and not being one that everybody tries.

After NIST SP 800-63B: no rules of composition, no expiry, any character, a check against common
ones. The list is the one Django ships (20,000), so the check needs nobody else's server.
"""

import gzip
import re
import unicodedata
from functools import cache
from itertools import pairwise
from pathlib import Path

from django.contrib import auth
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from holdspace.people.names import plain

SHORTEST, LONGEST, FEWEST_KINDS = 12, 256, 5
ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_REPEATED = re.compile(r"^(.+?)\1+$")


@cache
def tried_first() -> frozenset[str]:
    """Passphrases that are tried first everywhere, in lower case."""
    file = Path(auth.__file__).parent / "common-passwords.txt.gz"
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return frozenset(line.strip() for line in lines)


def normal(passphrase: str) -> str:
    """The same characters however a keyboard composed them."""
    return unicodedata.normalize("NFKC", passphrase)


def weakness(passphrase: str, name: str = "") -> str | Promise:
    """Why a passphrase will not do, as a sentence for the screen; empty when it will."""
    said = normal(passphrase).casefold()
    if len(said) < SHORTEST:
        return _("Please use at least 12 characters. Four words in a row are easy to remember.")
    if len(said) > LONGEST:
        return _("Please use at most 256 characters.")
    if name and plain(name) and plain(name) in plain(said):
        return _("Your sign-in name is inside it. Please leave it out.")
    if len(set(said)) < FEWEST_KINDS or _is_a_row(said) or _is_tried_first(said):
        return _("This one is among the first that others would try. Four words in a row are good.")
    return ""


def _is_tried_first(said: str) -> bool:
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", said)
    for one in {said, core, re.sub(r"\s+", "", said)}:
        repeated = _REPEATED.match(one)
        if one in tried_first() or (repeated and repeated.group(1) in tried_first()):
            return True
    return not core


def _is_a_row(said: str) -> bool:
    """Mostly neighbours in the alphabet, among the digits or on a keyboard."""
    steps = {a + b for row in ROWS for a, b in pairwise(row)}
    steps |= {pair[::-1] for pair in steps}
    pairs = ["".join(pair) for pair in pairwise(said)]
    neighbours = sum(pair in steps or pair[0] == pair[1] for pair in pairs)
    return neighbours >= 0.8 * len(pairs)
