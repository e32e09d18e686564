"""What groups hold on somebody who works here: the parts they have or had in groups."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from holdspace.groups.actions import end_parts_of
from holdspace.groups.models import Leadership
from holdspace.kit.holdings import of_a_person, say
from holdspace.ledger.acts import SYSTEM


def _export(account: int) -> dict[str, Any]:
    parts = Leadership.objects.filter(staff__account=account).order_by("since", "id")
    rows = parts.values_list("group__name", "part", "since", "until")
    found = [
        {"group": group, "part": part, "since": since.isoformat(), "until": until and str(until)}
        for group, part, since, until in rows
    ]
    return {"parts": found} if found else {}


def _erase(account: int) -> list[int]:
    end_parts_of(by=SYSTEM, account=account)
    return []


of_a_person("groups", export=_export, erase=_erase)
say(
    {
        "groups": _("Parts you have in groups"),
        "parts": _("Parts"),
        "group": _("Group"),
        "part": _("Part"),
        "since": _("Since"),
    }
)
