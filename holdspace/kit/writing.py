"""How templates are written out: as Jinja does it, less what it asks again at every word.

A page has some four hundred values and two hundred calls in its templates. Jinja makes each value
a Markup before all of them are joined, and looks at each thing called for marks that most do not
bear. Both are left out here where they change nothing (docs/decide/0014).
"""

import re
from types import BuiltinMethodType, FunctionType, MethodType
from typing import Any

from jinja2.compiler import CodeGenerator
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

_AS_THEY_ARE = {FunctionType, MethodType, BuiltinMethodType, Macro}
_signs_in = re.compile("[&<>'\"]").search


def written(value: Any) -> str:
    """A value as it stands in a page, escaped unless it is markup already.

    Most texts are short and hold nothing to escape: to see that costs half of escaping them.
    """
    kind = type(value)
    if kind is Markup or (kind is str and not _signs_in(value)):
        return value  # type: ignore[no-any-return]
    return escape(value)


class Writer(CodeGenerator):
    """Templates in which `escape`, which Jinja puts around all that is written, is `written`."""

    def write_commons(self) -> None:
        """The names with which every part of a template begins."""
        super().write_commons()
        self.writeline("escape = environment.written")


class Words(Context):
    """The names of a template. What bears no mark for Jinja is called as it is."""

    def call(self, called: Any, /, *given: Any, **named: Any) -> Any:
        """Call something from a template."""
        if type(called) not in _AS_THEY_ARE or hasattr(called, "jinja_pass_arg"):
            return super().call(called, *given, **named)
        named.pop("_loop_vars", None)
        named.pop("_block_vars", None)
        return called(*given, **named)
