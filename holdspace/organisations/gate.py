"""The opening gate: what must be done before an organisation's groups open to the public.

Packages above register what they know in a module `opening.py`, which is found by itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from holdspace.kit.verdicts import Verdict

if TYPE_CHECKING:
    from holdspace.organisations.models import Organisation

Asking = Callable[["Organisation"], Verdict]


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the list: what it is, who can do it, where, and how to ask whether it is."""

    name: str
    asking: Asking
    title: str | Promise
    who: str | Promise
    href: str


_CHECKS: dict[str, Check] = {}


def check(
    name: str,
    asking: Asking,
    *,
    title: str | Promise = "",
    who: str | Promise = "",
    href: str = "",
) -> None:
    """Register (or replace, by name) a check; `asking` gets the organisation, inside its scope.

    `title` says what must be done, `who` by whom, `href` the page where it is done.
    """
    _CHECKS[name] = Check(name, asking, title or name, who, href)


def checks() -> list[Check]:
    """Every check, in the order in which the list shows them."""
    order = ["safety_lead", "lines", "cover", "mail", "restore", "report_and_block"]
    known = {name: place for place, name in enumerate(order)}
    return sorted(_CHECKS.values(), key=lambda c: (known.get(c.name, len(order)), c.name))
