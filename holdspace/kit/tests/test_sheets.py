"""The joined stylesheet: complete, in order, light; and what is vendored is what was published."""

import gzip
import hashlib
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from holdspace.kit import sheets

KIT = Path(sheets.SOURCES)


def test_the_joined_sheet_keeps_every_rule_of_its_sources() -> None:
    joined = sheets.joined(sheets.SHEETS["kit/page.css"])
    sources = "".join((KIT / f"{name}.css").read_text() for name in sheets.SHEETS["kit/page.css"])
    bare = re.sub(r"/\*.*?\*/", "", sources, flags=re.DOTALL)
    assert "".join(joined.split()) == "".join(bare.split())
    assert joined.index("@layer reset, tokens, base") < joined.index("@layer tokens{")


def test_it_is_found_as_a_static_file_and_listed_for_collecting() -> None:
    assert Path(finders.find("kit/page.css")).read_text().startswith("@layer")
    listed = [path for finder in finders.get_finders() for path, _store in finder.list([])]
    assert listed.count("kit/page.css") == 1
    assert listed.count("kit/lean.css") == 1
    assert finders.find("kit/none.css") is None


def test_style_and_script_of_a_public_page_stay_under_ten_kilobytes() -> None:
    style = gzip.compress(sheets.joined(sheets.SHEETS["kit/page.css"]).encode())
    script = gzip.compress((KIT / "leave.js").read_bytes())
    assert len(style) + len(script) < 10_000


def test_the_lean_sheet_loads_no_typeface() -> None:
    assert "url(" not in sheets.joined(sheets.SHEETS["kit/lean.css"])


def test_htmx_is_the_file_that_was_published() -> None:
    digest, name = (KIT / "htmx" / "SHA256SUMS").read_text().split()
    assert hashlib.sha256((KIT / "htmx" / name).read_bytes()).hexdigest() == digest
    assert (KIT / "htmx" / "LICENSE").exists()


@pytest.mark.parametrize("sheet", sorted(KIT.glob("*.css")), ids=lambda sheet: sheet.name)
def test_a_sheet_uses_logical_sides_and_is_not_too_long(sheet) -> None:
    text = sheet.read_text()
    assert len(text.splitlines()) <= 250
    assert not re.findall(r"(?:margin|padding|border)-(?:left|right|top|bottom)", text)
    assert not re.findall(r"^\s*(?:left|right|top|bottom|width|height):", text, re.MULTILINE)
