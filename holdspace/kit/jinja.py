"""The templates' environment: autoescape, translations, and the parts as macros everywhere."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, StrictUndefined


def environment(**options: Any) -> Environment:
    """Jinja2 for all pages. Names a package offers to templates stand in its `shown.py`."""
    env = Environment(  # noqa: S701 -- Django's backend passes autoescape=True
        **{**options, "undefined": StrictUndefined},
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext, translation.ngettext, newstyle=True, pgettext=translation.pgettext
    )
    env.globals.update(static=static, url=_url)
    for package in settings.PACKAGES:
        name = f"holdspace.{package}.shown"
        if find_spec(name):
            shown = import_module(name)
            env.globals.update(getattr(shown, "GLOBALS", {}))
            env.filters.update(getattr(shown, "FILTERS", {}))
    return env


def _url(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args or None, kwargs=kwargs or None)
