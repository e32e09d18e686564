"""Searching what was stolen for words, in every form in which they may lie there."""

import base64
from urllib.parse import quote, quote_plus


def forms_of(word: str) -> dict[str, bytes]:
    """A word as UTF-8, UTF-16, hex, URL-encoded, and base64 at each of three places."""
    raw = word.encode()
    found = {
        "utf-8": raw,
        "utf-16-le": word.encode("utf-16-le"),
        "utf-16-be": word.encode("utf-16-be"),
        "hex": raw.hex().encode(),
        "url": quote(word, safe="").encode(),
        "form": quote_plus(word).encode(),
    }
    for shift in range(3):
        inner = base64.b64encode(b"\0" * shift + raw)
        start, end = (-(-shift * 4 // 3)), len(inner) - 4
        found[f"base64+{shift}"] = inner[start:end]
        found[f"base64url+{shift}"] = inner[start:end].translate(bytes.maketrans(b"+/", b"-_"))
    return found


def where_found(word: str, stolen: dict[str, bytes]) -> list[str]:
    """The places in which a word lies, in whatever form; capitals do not matter in plain ones."""
    places = []
    for name, raw in stolen.items():
        small = raw.lower()
        for form, written in forms_of(word).items():
            there = written in raw if form.startswith("base64") else written.lower() in small
            if there:
                places.append(f"{name} ({form})")
    return places
