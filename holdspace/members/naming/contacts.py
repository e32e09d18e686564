"""Ways to reach somebody, as they hide in a name or a hello."""

import re

from holdspace.members.naming.reading import tidy

_MAIL = re.compile(
    r"[\w.+-]+\s*(?:@|\(at\)|\[at\]|\sat\s)\s*[\w-]+\s*(?:\.|\(dot\)|\[dot\]|\sdot\s)\s*\w{2,}",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(?:https?:|www\.|//)|[\w-]{2,}\.(?:com|net|org|info|io|me|app|gg|tv|co|uk|ie|de|at|ch|fr|nl|"
    r"be|es|it|pl|pt|se|no|dk|fi|cz|eu|us|ca|au|nz|in|za|ke|ng|br|mx|link|page|site)\b",
    re.IGNORECASE,
)
_HANDLE = re.compile(
    r"(?:^|[\s(:])@\w{2,}|\b(?:insta(?:gram)?|ig|snap(?:chat)?|whats\s?app|telegram|tiktok|"
    r"discord|signal|facebook|fb|twitter)\b\s*[:=@/\-]",
    re.IGNORECASE,
)
_PHONE = re.compile(r"\+?\(?\d(?:[\s().\-/]*\d){5,}")

MOST_DIGITS = 3  # four in a row already tell a year of birth


def _plain(text: str) -> str:
    """Tidied line by line: where one ends and another begins, "me.", "It", no link comes to be."""
    return " ".join(tidy(line) for line in text.splitlines())


def has_address(text: str) -> bool:
    """Whether `text` seems to hold a mail address, a link, or a name on another service."""
    return _found(_plain(text), _MAIL, _LINK, _HANDLE)


def has_long_digits(text: str) -> bool:
    """Whether `text` holds more than MOST_DIGITS digits, in any script."""
    return sum(c.isdigit() for c in tidy(text)) > MOST_DIGITS


def tells_how_to_reach(text: str) -> bool:
    """Whether words (a hello, a hope) seem to hold a mail address, link, handle or number.

    A telephone number has six digits or more, however spaced.
    """
    return _found(_plain(text), _MAIL, _LINK, _HANDLE, _PHONE)


def _found(plain: str, *ways: re.Pattern[str]) -> bool:
    return any(way.search(plain) for way in ways)
