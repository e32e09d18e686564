"""Templates: nothing inline, one base, every word translatable, nothing from elsewhere."""

import re

from sweeps.house import of_packages, ours, shown, templates

TAGS = re.compile(r"{#.*?#}|{%.*?%}", re.DOTALL)
BLOCKS = re.compile(r"{%-?\s*trans\b.*?{%-?\s*endtrans\s*-?%}", re.DOTALL)
BARE = {"holdspace", "·", "→", "←", "…"}


def test_nothing_is_inline():
    wrong = []
    for file in templates():
        text = file.read_text()
        for pattern in (
            r"<script(?![^>]*\bsrc=)",
            r"<style\b",
            r"\sstyle\s*=",
            r"\son[a-z]+\s*=\s*[\"']",
            r"hx-on",
            r"javascript:",
            r"\bjs:",
        ):
            wrong += [f"{shown(file)}: {m.group()}" for m in re.finditer(pattern, text)]
    assert wrong == []


def test_only_the_kit_calls_anything_safe():
    wrong = [
        shown(f)
        for f in of_packages()
        if re.search(r"\b(mark_safe|Markup)\(", f.read_text()) and "kit" not in f.parts
    ]
    wrong += [shown(f) for f in templates() if re.search(r"\|\s*safe\b", f.read_text())]
    assert wrong == []


def test_every_page_extends_the_base():
    wrong = []
    for file in templates():
        text = file.read_text()
        # 500 and kept stand or are put in where nothing may be asked for
        is_part = file.name.startswith("_") or "parts" in file.parts or file.suffix != ".html"
        if is_part or file.name in {"base.html", "500.html", "kept.html"}:
            continue
        if not re.search(r"{%-?\s*extends\s", text):
            wrong.append(shown(file))
    assert wrong == []


PARTS = re.compile(r"{%-?\s*(?:include|from|import)\s+[\"']([^\"']+)")
LIVELY = re.compile(r"{%-?\s*set lively = true\s*-?%}")


def test_htmx_is_loaded_by_the_pages_that_use_it_and_by_no_other():
    texts = {str(f).rpartition("/templates/")[2]: f.read_text() for f in templates()}

    def uses(name: str, seen: frozenset[str] = frozenset()) -> bool:
        text = texts.get(name, "")
        parts = set(PARTS.findall(text)) - seen
        return bool(re.search(r"\shx-[a-z]", text)) or any(uses(p, seen | {name}) for p in parts)

    pages = {n: t for n, t in texts.items() if "extends" in t and n != "kit/base.html"}
    wrong = [n for n, t in pages.items() if bool(LIVELY.search(t)) != uses(n)]
    assert sorted(wrong) == []


def test_every_word_is_translatable():
    wrong = []
    for file in templates():
        if file.name.startswith("living"):  # the page for those who build, not for those who come
            continue
        text = BLOCKS.sub(" ", file.read_text())
        text = re.sub(r"{%-?\s*(raw)\b.*?{%-?\s*endraw\s*-?%}", " ", text, flags=re.DOTALL)
        text = TAGS.sub(" ", text)
        text = re.sub(r"{{.*?}}", " ", text, flags=re.DOTALL)
        # titles of others' works, and what is typed into a terminal
        text = re.sub(r"<(cite|code)\b.*?</\1>", " ", text, flags=re.DOTALL)
        text = re.sub(r"[a-z-]+=\"[^\"]*\"|\brequired\b", " ", text)  # attributes a macro gives
        text = re.sub(r"<!--.*?-->|<[^>]*>", " ", text, flags=re.DOTALL)
        text = re.sub(r"&[a-z#0-9]+;", " ", text)
        for words in re.findall(r"[A-Za-z][A-Za-z' ]+", text):
            if words.strip().lower() not in BARE and len(words.strip()) > 1:
                wrong.append(f"{shown(file)}: {words.strip()}")
    assert wrong == []


def test_pages_load_nothing_from_elsewhere():
    wrong = []
    for file in [*templates(), *ours(".css"), *ours(".js")]:
        for pattern in (
            r"(?:src|srcset|action|poster)=[\"']https?:",
            r"@import\b",
            r"url\(\s*[\"']?https?:",
        ):
            wrong += [f"{shown(file)}: {m.group()}" for m in re.finditer(pattern, file.read_text())]
    assert wrong == []


def test_sheets_use_logical_directions():
    directions = re.compile(
        r"^\s*(margin|padding|border)-(left|right)\b|^\s*(left|right)\s*:|text-align\s*:\s*(left|right)",
        re.MULTILINE,
    )
    wrong = [
        f"{shown(f)}: {m.group().strip()}"
        for f in ours(".css")
        for m in directions.finditer(f.read_text())
    ]
    assert wrong == []
