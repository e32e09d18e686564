"""Files a reader can hold in the head. The hard limits of house.md fail; medians are printed."""

import ast
import statistics

from sweeps.house import ours, shown, sources, templates, tree

FILE, FUNCTION, VIEW, TEMPLATE, SHEET = 400, 40, 25, 150, 250


def _length(file):
    return len(file.read_text().splitlines())


def _functions(file):
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
            yield node, (node.end_lineno or first) - first + 1


def test_files_are_short():
    assert [f"{shown(f)}: {_length(f)}" for f in sources() if _length(f) > FILE] == []


def test_functions_are_short():
    wrong = []
    for file in sources():
        limit = VIEW if "views" in shown(file) else FUNCTION
        for node, length in _functions(file):
            if length > limit:
                wrong.append(f"{shown(file)}:{node.lineno} {node.name}: {length}")
    assert wrong == []


def test_templates_and_sheets_are_short():
    wrong = [f"{shown(f)}: {_length(f)}" for f in templates() if _length(f) > TEMPLATE]
    both = [*ours(".css"), *ours(".js")]
    wrong += [f"{shown(f)}: {_length(f)}" for f in both if _length(f) > SHEET]
    assert wrong == []


def test_median_and_ninetieth_percentile_are_reported(capsys):
    files = sorted(_length(f) for f in sources() if _length(f))
    functions = sorted(length for f in sources() for _node, length in _functions(f))
    assert files
    with capsys.disabled():
        for name, sizes, aim in (("files", files, "60/220"), ("functions", functions, "6/20")):
            p90 = sizes[int(len(sizes) * 0.9)]
            print(f"\n  lines per {name}: {statistics.median(sizes):.0f}/{p90} (aim {aim})", end="")
