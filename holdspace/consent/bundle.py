"""Everything held on somebody as one file: JSON for machines, a page for reading. Never on disk."""

import io
import json
import re
import zipfile
from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language, get_language_bidi

from holdspace.kit import clock, holdings
from holdspace.kit.days import iso_in_words

README = "everything.html"
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def packed(everything: dict[str, Any], house: str) -> bytes:
    """A zip with everything.json and everything.html."""
    made = io.BytesIO()
    held = {key: value for key, value in everything.items() if _is_something(value)}
    context = {
        "everything": held,
        "house": house,
        "day": clock.today(),
        "is_something": _is_something,
        "said": said,
        "told": told,
        "language": get_language() or "en",
        "direction": "rtl" if get_language_bidi() else "ltr",
    }
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as bundle:
        text = json.dumps(everything, ensure_ascii=False, indent=2, default=str)
        bundle.writestr("everything.json", text)
        bundle.writestr(README, render_to_string("consent/_everything.html", context))
    return made.getvalue()


def said(key: str, within: str = "") -> str:
    """A key in the words that its package gave it, for its place first ("reading.people")."""
    words = holdings.said(f"{within}.{key}") or holdings.said(key)
    return words or key.replace("_", " ").capitalize()


def told(key: str, value: Any) -> str:
    """A value: a day as people say it, one of our own words in theirs, else as it is."""
    text = str(value)
    if ISO_DAY.fullmatch(text):
        return iso_in_words(text)
    return holdings.said(f"{key}={text}") or text


def _is_something(value: Any) -> bool:
    """Whether there is anything in it; an empty part gets no heading on the page."""
    if isinstance(value, Mapping):
        return any(_is_something(one) for one in value.values())
    if isinstance(value, list | tuple):
        return any(_is_something(one) for one in value)
    return value is not None and value != ""
