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
    "public": _("Open to everybody."),
    "internal": _("For the machine alone. It names nobody."),
    "confidential": _("Confidential."),
    "secret": _("Sealed."),
}
# What is nearest to whoever reads comes first; a package that no part names is behind the scenes.
PARTS = (
    (_("Your account"), ("people", "consent")),
    (_("You in a group"), ("members", "meetings")),
    (_("What is said between meetings"), ("threads",)),
    (_("The groups, and how they are found"), ("groups", "directory", "care")),
    (_("The organisation, and who works there"), ("organisations", "staff", "notices")),
)
BEHIND = _("Behind the scenes")


@cache
def _sections() -> dict[str, dict[str, Any]]:
    return tomllib.loads((settings.ROOT / "privacy.toml").read_text())


def _told(section: dict[str, Any]) -> tuple[Any, ...]:
    return _(section["what"]), _(section["why"]), LEVELS[section["level"]], _(section["keeps"])


@cache
def _by_part() -> list[tuple[Any, list[tuple[Any, ...]]]]:
    """Each part with its sections, all of them in exactly one."""
    part_of = {package: title for title, packages in PARTS for package in packages}
    parts: dict[Any, list[tuple[Any, ...]]] = {title: [] for title, _packages in PARTS}
    parts[BEHIND] = []
    for name, section in _sections().items():
        parts[part_of.get(name.partition(".")[0], BEHIND)].append(_told(section))
    return list(parts.items())


@public
def what_we_keep(request: Request) -> HttpResponse:
    """Every kind of row we keep: what, why, how long, how well guarded."""
    return page(request, "web/what_we_keep.html", parts=_by_part())
