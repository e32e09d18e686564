"""Words on the screen, gathered for those who translate; babel.cfg says where they stand."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg

TEMPLATE = "holdspace/locale/holdspace.pot"
Found = tuple[int, str, str, Sequence[str]]


def in_toml(
    file: IO[bytes], _keywords: object, _tags: object, options: Mapping[str, str]
) -> Iterator[Found]:
    """The words under some keys of every section."""
    for number, section in enumerate(tomllib.load(file).values(), 1):
        for key in options["keys"].split():
            if words := section.get(key):
                yield number, "gettext", words, []


def drawn(root: Path) -> Catalog:
    """Every message of ours, from Python, templates and the files named in babel.cfg."""
    with (root / "babel.cfg").open(encoding="utf-8") as said:
        methods, options = parse_mapping_cfg(said)  # type: ignore[no-untyped-call]
    found = Catalog()
    keywords = {**DEFAULT_KEYWORDS, "lazy": None}
    for _file, _line, words, _comments, context in extract_from_dir(
        str(root), methods, options, keywords=keywords
    ):
        found.add(words, context=context)
    return found
