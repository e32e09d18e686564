"""What we keep: the machine-read file of every column, as a page that people can read."""

import tomllib
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from holdspace.kit.answers import page
from holdspace.kit.asks import Request
from holdspace.kit.guard import public

LEVELS = {
    "public": _("open to everybody"),
    "internal": _("for the machine only, names nobody"),
    "confidential": _("confidential"),
    "secret": _("sealed"),
}


@cache
def _sections() -> tuple[dict[str, Any], ...]:
    read = tomllib.loads((settings.ROOT / "privacy.toml").read_text())
    return tuple(read.values())


@public
def what_we_keep(request: Request) -> HttpResponse:
    """Every kind of row we keep: what, why, how long, how well guarded."""
    rows = [
        (_(part["what"]), _(part["why"]), LEVELS[part["level"]], _(part["keeps"]))
        for part in _sections()
    ]
    return page(request, "web/what_we_keep.html", rows=rows)
