"""The stylesheets as one file: on a weak line seven requests cost more than the words in them.

The sources stay apart, one idea each. A finder of Django's static files joins them, for tests and
`collectstatic` alike, so that there is no front-end build to run or to forget.
"""

import re
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

SOURCES = Path(__file__).parent / "static" / "kit"
LEAN = ("tokens", "base", "layout", "parts", "forms", "pages", "calm")
SHEETS = {"kit/page.css": ("fonts", *LEAN), "kit/lean.css": LEAN}


def joined(names: tuple[str, ...]) -> str:
    """The sources one after the other, without comments and indentation."""
    text = "\n".join((SOURCES / f"{name}.css").read_text() for name in names)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"\s+", " ", text)
    return re.sub(r"\s*([{};])\s*", r"\1", text).strip() + "\n"


class SheetFinder(BaseFinder):
    """Offers the joined sheets beside the files that lie in the packages."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.storage = FileSystemStorage(location=settings.DATA / "sheets")

    def check(self, **_kwargs: Any) -> list[Any]:
        """Nothing can be set wrongly."""
        return []

    def find(self, path: str, find_all: bool = False, **_kwargs: Any) -> Any:
        """The joined sheet at `path`, made anew; nothing for any other path."""
        if path not in SHEETS:
            return []
        place = self._made(path)
        return [place] if find_all else place

    def list(self, _ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        """Every joined sheet."""
        for path in SHEETS:
            self._made(path)
            yield path, self.storage

    def _made(self, path: str) -> str:
        place, text = Path(self.storage.path(path)), joined(SHEETS[path])
        if not place.exists() or place.read_text() != text:
            place.parent.mkdir(parents=True, exist_ok=True)
            fresh = place.with_suffix(f".{secrets.token_hex(4)}")
            fresh.write_text(text)
            fresh.replace(place)
        return str(place)
