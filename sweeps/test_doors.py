"""Through a door: from another package only actions, queries, rules; models for types only."""

import ast

from sweeps.house import PACKAGES, of_packages, package_of, shown, tree

CELLAR = {"kit", "vault", "ledger"}
DOORS = {"actions", "queries", "rules"}
ABOVE = {"web", "demo"}  # nobody may import them; they use doors like everybody


def _type_checking_lines(module: ast.Module) -> set[int]:
    lines: set[int] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            lines |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return lines


def _imports(module: ast.Module):
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield node.lineno, f"{node.module}.{alias.name}".split(".")
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name.split(".")


def test_packages_are_entered_through_their_doors():
    wrong = []
    for file in of_packages():
        here, free = package_of(file), _type_checking_lines(tree(file))
        for line, path in _imports(tree(file)):
            if path[0] != "holdspace" or len(path) < 3 or path[1] not in PACKAGES:
                continue
            other, door = path[1], path[2]
            if other == here or other in CELLAR or line in free or door in DOORS:
                continue
            wrong.append(f"{shown(file)}:{line} reaches into {other}.{door}")
    assert wrong == []


def test_foreign_keys_go_down_only():
    from django.apps import apps

    floors = {
        package: floor
        for floor, packages in enumerate(
            [
                {"kit", "vault", "ledger"},
                {"notices", "organisations", "people", "consent", "staff"},
                {"groups", "members"},
                {"care"},
                {"meetings", "directory", "threads"},
                {"web", "demo"},
            ]
        )
        for package in packages
    }
    wrong = [
        f"{model._meta.label}.{field.name} points up to {field.related_model._meta.label}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model is not None
        if floors[field.related_model._meta.app_label] > floors[model._meta.app_label]
    ]
    assert wrong == []


def test_every_package_has_a_floor_in_the_contract():
    import tomllib

    from sweeps.house import ROOT

    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    assert sorted(contracts["contracts"][0]["layers"]) == PACKAGES
