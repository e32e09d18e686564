"""The house as a page: every package with its rows, acts, queries, rules, tasks and addresses.

Read from the sources, not from the running process, so that drawing it needs no database.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

HEAD = """# Map of the house

Drawn by `./manage draw_map` from the sources; a sweep fails when it is not current. Find things by
asking *which word?* (the package) and then *which question?* (the file).
"""
ROWS = {"Row", "OrganisationRow", "Model"}
DOORS = [
    ("Rows", "models"),
    ("Acts", "actions"),
    ("Queries", "queries"),
    ("Rules", "rules"),
    ("Tasks", "tasks"),
]


def draw(root: Path) -> str:
    """The whole page as Markdown."""
    packages = sorted(p.parent for p in (root / "holdspace").glob("*/apps.py"))
    return HEAD + "".join(_package(package) for package in packages)


def _package(folder: Path) -> str:
    lines = [f"\n## {folder.name}\n"]
    idea = _idea(folder)
    if idea:
        lines.append(f"{idea}\n")
    uses = sorted(_uses(folder))
    if uses:
        lines.append(f"- uses {', '.join(uses)}")
    for title, door in DOORS:
        names = sorted(_names(folder, door))
        if names:
            lines.append(f"- {title.lower()}: {', '.join(f'`{name}`' for name in names)}")
    commands = sorted(
        f.stem for f in (folder / "management" / "commands").glob("*.py") if f.stem[0] != "_"
    )
    if commands:
        lines.append(f"- commands: {', '.join(f'`./manage {name}`' for name in commands)}")
    addresses = [address or "/" for address in _addresses(folder)]  # as Django writes its routes
    if addresses:
        lines.append(f"- addresses: {', '.join(f'`{address}`' for address in addresses)}")
    return "\n".join(lines) + "\n"


def _idea(folder: Path) -> str:
    """The first sentence below the title of the package's README."""
    readme = folder / "README.md"
    if not readme.exists():
        return ""
    lines = [line.strip() for line in readme.read_text().splitlines()]
    return next((line for line in lines if line and not line.startswith("#")), "")


def _files(folder: Path, door: str) -> Iterator[Path]:
    if (folder / f"{door}.py").exists():
        yield folder / f"{door}.py"
    yield from sorted((folder / door).glob("*.py"))


def _names(folder: Path, door: str) -> Iterator[str]:
    for file in _files(folder, door):
        for node in ast.parse(file.read_text()).body:
            if _is_row(node) if door == "models" else _is_public(node):
                yield node.name  # type: ignore[attr-defined]


def _is_row(node: ast.stmt) -> bool:
    return isinstance(node, ast.ClassDef) and any(
        ast.unparse(base).split(".")[-1] in ROWS for base in node.bases
    )


def _is_public(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef) and not node.name.startswith("_")


def _uses(folder: Path) -> set[str]:
    found = set()
    for file in folder.rglob("*.py"):
        if "tests" in file.parts or "migrations" in file.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("holdspace."):
                found.add((node.module or "").split(".")[1])
    return found - {folder.name}


def _addresses(folder: Path) -> Iterator[str]:
    for file in [folder / "urls.py", *sorted((folder / "urls").glob("*.py"))]:
        if not file.exists():
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            if not (isinstance(node, ast.Call) and ast.unparse(node.func) == "path" and node.args):
                continue
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value
