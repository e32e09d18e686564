"""The templates' environment: autoescape, translations, and the parts as macros everywhere."""

from collections.abc import MutableMapping
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.utils import translation
from jinja2 import Environment, StrictUndefined

from holdspace.kit import speaking, writing
from holdspace.kit.addresses import address


class _Environment(Environment):
    """One set of names for all templates, and pages written out without detours."""

    code_generator_class = writing.Writer
    context_class = writing.Words
    written = staticmethod(writing.written)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The names themselves: Jinja's chain over them is walked in Python for every page."""
        return super().make_globals(d) if d else self.globals


def environment(**options: Any) -> Environment:
    """Jinja2 for all pages. Names a package offers to templates stand in its `shown.py`."""
    env = _Environment(
        **{**options, "undefined": StrictUndefined},
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext, translation.ngettext, newstyle=True, pgettext=translation.pgettext
    )
    env.globals.update(_=speaking.gettext, gettext=speaking.gettext, static=_static, url=address)
    env.template_class = speaking.Page
    for package in settings.PACKAGES:
        name = f"holdspace.{package}.shown"
        if find_spec(name):
            shown = import_module(name)
            env.globals.update(getattr(shown, "GLOBALS", {}))
            env.filters.update(getattr(shown, "FILTERS", {}))
    return env


@lru_cache(maxsize=1_000)
def _static(path: str) -> str:
    return static(path)
