"""What care offers to every template."""

from collections.abc import Callable
from typing import Any

from jinja2 import Environment, pass_environment

from holdspace.care.queries import universal_lines
from holdspace.care.words import ways_of
from holdspace.kit.viewer import Viewer


@pass_environment
def help_line(env: Environment, organisation: Any) -> str:
    """The sentence "If you need someone now: …" with every universal line of the country."""
    macro: Callable[..., str] = env.get_template("care/parts/help_line.html").module.help_line  # type: ignore[attr-defined]
    if not organisation:
        return macro([])
    here = Viewer(organisation=organisation.id)
    return macro(ways_of(universal_lines(organisation.country, viewer=here)))


GLOBALS = {"help_line": help_line}
