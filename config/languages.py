"""The languages that pages speak: English, and each one whose catalogue lies in the folder."""

from pathlib import Path

from babel import Locale, UnknownLocaleError

SOURCE = ("en-gb", "English")


def languages_in(folder: Path) -> list[tuple[str, str]]:
    """English and what is there as <language>/LC_MESSAGES/django.mo, each by its own name."""
    found = (file.parent.parent.name for file in sorted(folder.glob("*/LC_MESSAGES/django.mo")))
    return [SOURCE, *((name.lower().replace("_", "-"), _own_name(name)) for name in found)]


def _own_name(name: str) -> str:
    try:
        return (Locale.parse(name).display_name or name).capitalize()
    except (UnknownLocaleError, ValueError):
        return name
