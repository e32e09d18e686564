"""The parts as template globals: each macro of kit/parts/ under its own name, without import."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.template import engines
from markupsafe import Markup, escape

PARTS = {
    "acts": ("button", "button_link", "actions", "back", "onward"),
    "forms": ("field", "fields", "error_summary", "weave_choices"),
    "boxes": ("card", "cards", "notice", "tag", "nothing", "more", "doors", "helpline", "opening"),
    "lists": ("facts", "timeline", "row", "rows", "submenu", "table", "older", "stage"),
    "signs": ("person", "ring", "band", "picture", "icon", "clock", "code_sheet", "meter"),
}


def attributes(given: dict[str, Any]) -> Markup:
    """HTML attributes: true ones stand by their name alone, false and None are left out."""
    written = [
        f" {escape(name)}" if said is True else f' {escape(name)}="{escape(said)}"'
        for name, said in given.items()
        if said is not None and said is not False
    ]
    return Markup("".join(written))  # noqa: S704 -- all of it escaped here


def _part(path: str, name: str) -> Callable[..., str]:
    """A macro of ours as a plain function. It is looked up when first called: parts use parts."""

    @cache
    def macro() -> Callable[..., str]:
        jinja: Any = engines["jinja2"]
        return getattr(jinja.env.get_template(path).module, name)  # type: ignore[no-any-return]

    def part(*args: Any, **kwargs: Any) -> str:
        return macro()(*args, **kwargs)

    part.__name__ = name
    return part


MACROS = {
    name: _part(f"kit/parts/{file}.html", name) for file, names in PARTS.items() for name in names
}
