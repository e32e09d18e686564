"""The language of the page being written: asked once a page, not at each of its hundred words."""

from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from django.utils import translation
from jinja2 import Template
from markupsafe import Markup

_written_in: ContextVar[str] = ContextVar("written_in", default="")


class Page(Template):
    """A template that knows which language it is written in while it is."""

    def render(self, *args: Any, **words: Any) -> str:
        token = _written_in.set(translation.get_language() or "")
        try:
            return super().render(*args, **words)
        finally:
            _written_in.reset(token)


def language() -> str:
    """The language of the page being written, else the one that is active."""
    return _written_in.get() or translation.get_language() or ""


@lru_cache(maxsize=20_000)
def _said(_language: str, message: str) -> tuple[Markup, bool]:
    text = Markup(translation.gettext(message))  # noqa: S704 -- ours: it stands in a catalogue
    return text, "%" in text


def gettext(message: str, **words: Any) -> Markup:
    """A sentence of a template in the language of the page, with what stands in it filled in."""
    text, has_gaps = _said(language(), message)
    return text % words if has_gaps else text
