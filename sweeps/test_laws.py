"""Every act says who acts, every query who looks, every rule gives a verdict."""

import inspect
from importlib import import_module
from importlib.util import find_spec

import pytest

from sweeps.house import PACKAGES

CELLAR = {"kit", "vault", "ledger"}
ABOVE = [p for p in PACKAGES if p not in CELLAR]
# Asked before anybody is looking: who is it, whose house is it. Each says so in its docstring.
BEFORE_ANYBODY = "without a viewer"
NOT_AN_ACT = "not an act"
NAMED = {inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD}


def _functions(package: str, door: str):
    name = f"holdspace.{package}.{door}"
    if not find_spec(name):
        return
    for function in vars(import_module(name)).values():
        where = getattr(function, "__module__", "")
        is_ours = inspect.isfunction(function) and where.startswith(name)
        if is_ours and not function.__name__.startswith("_"):
            yield function


@pytest.mark.parametrize("package", ABOVE)
def test_acts_say_who_acts(package):
    from holdspace.ledger.acts import acts

    functions = list(_functions(package, "actions"))
    known = {f.__wrapped__ for f in acts().values()}
    for function in functions:
        if NOT_AN_ACT in (function.__doc__ or ""):
            continue
        assert getattr(function, "__wrapped__", None) in known, f"{function.__name__} is no @act"
        parameters = inspect.signature(function).parameters
        assert "by" in parameters, function.__name__
        assert all(p.kind in NAMED for p in parameters.values()), function.__name__


@pytest.mark.parametrize("package", ABOVE)
def test_queries_say_who_looks(package):
    from holdspace.kit.guard import _QUERIES

    for function in _functions(package, "queries"):
        if BEFORE_ANYBODY in (function.__doc__ or ""):
            continue
        assert function in _QUERIES, f"{package}.queries.{function.__name__} is no @sees"
        assert "viewer" in inspect.signature(function).parameters, function.__name__


@pytest.mark.parametrize("package", ABOVE)
def test_rules_give_verdicts(package):
    from holdspace.kit.guard import _RULES

    for function in _functions(package, "rules"):
        assert function in _RULES, f"{package}.rules.{function.__name__} is no @may"
