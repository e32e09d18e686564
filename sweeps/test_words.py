"""Words: on the screen as look.md has them, in names as house.md has them, none unfinished."""

import ast
import re

from sweeps.house import ROOT, is_test, of_packages, ours, shown, sources, templates, tracked, tree

NOT_IN_NAMES = {"manager", "helper", "util", "utils", "service", "handler", "common", "misc"}
FRAMEWORK = {"handle", "add_arguments"}
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
BANNED = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"commit(ted|ting|s)? suicide",
        r"\bsuffer(s|ing|ed)? from\b",
        r"\b(un)?successful suicide|failed (suicide )?attempt",
        r"\bthe mentally ill\b",
        r"\bschizophrenics?\b|\baddicts?\b(?! to)",
        r"\bright for you\b",
    )
]
CALLED = {"_", "lazy", "gettext", "ngettext", "pgettext"}
IN_A_TAG = re.compile(r'\b_\("([^"]*)"')


def _screen_texts():
    """Every string that can reach the screen: templates, and what gettext is called with."""
    for file in templates():
        written = file.read_text()
        text = re.sub(r"{#.*?#}|{%.*?%}", " ", written, flags=re.DOTALL)
        yield file, re.sub(r"<[^>]*>", " ", text)
        for words in IN_A_TAG.findall(written):  # {% call card(title=_("Said here")) %}
            yield file, words
    for file in of_packages():
        for node in ast.walk(tree(file)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in CALLED
            ):
                for argument in node.args:
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        yield file, argument.value


def test_nothing_is_left_unfinished():
    wrong = [
        f"{shown(f)}: {found.group()}"
        for f in [*sources(), *templates(), *ours(".css"), *ours(".js")]
        for found in UNFINISHED.finditer(f.read_text())
    ]
    assert wrong == []


def test_the_screen_says_nothing_that_hurts():
    wrong = [
        f"{shown(file)}: {found.group()}"
        for file, text in _screen_texts()
        for pattern in BANNED
        for found in pattern.finditer(text)
    ]
    assert wrong == []


def test_nobody_is_called_a_user_and_nobody_is_cheered_at():
    wrong = []
    for file, text in _screen_texts():
        words = re.sub(r"{{.*?}}", " ", text, flags=re.DOTALL)
        wrong += [f"{shown(file)}: user" for _ in re.finditer(r"\busers?\b", words, re.IGNORECASE)]
        wrong += [f"{shown(file)}: !" for _ in re.finditer(r"\w!(\s|$)", words)]
    assert wrong == []


def test_names_say_what_things_are():
    wrong = []
    for file in of_packages():
        names = [file.stem]
        names += [
            node.name
            for node in ast.walk(tree(file))
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name not in FRAMEWORK
        ]
        for name in names:
            parts = set(re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower().split("_"))
            words_of_a_format = {"service"} if "feeds" in file.parts else set()
            if parts & NOT_IN_NAMES - words_of_a_format:
                wrong.append(f"{shown(file)}: {name}")
    assert wrong == []


def test_the_repository_speaks_of_the_product_alone():
    telltale = re.compile(
        r"/work/(main|wt|shared|guide|land|parts)|\bsubagents?\b|\bfarm-(studio|bench)\b|pypi\.org|registry\.npmjs"
    )
    wrong = []
    for file in tracked():
        if (
            file.suffix in {".woff2", ".png", ".mo", ".ico"}
            or file == ROOT / "sweeps/test_words.py"
        ):
            continue
        for found in telltale.finditer(file.read_text(errors="replace")):
            wrong.append(f"{shown(file)}: {found.group()}")
    assert wrong == []


def test_doors_explain_themselves():
    wrong = []
    for file in of_packages():
        if file.stem not in {"actions", "queries", "rules"} and not {
            "actions",
            "queries",
            "rules",
        } & set(file.parts):
            continue
        wrong += [
            f"{shown(file)}: {node.name}"
            for node in tree(file).body
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
            if not ast.get_docstring(node)
        ]
    assert wrong == []
    assert not any(is_test(f) for f in of_packages())
