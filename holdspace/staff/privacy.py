"""What staff accounts hold on somebody, to be exported and erased with their sign-in."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from holdspace.kit.holdings import of_a_person, say
from holdspace.ledger.acts import SYSTEM
from holdspace.staff.actions import forget_colleague
from holdspace.staff.models import StaffAccount


def _export(account: int) -> dict[str, Any]:
    staff = StaffAccount.objects.filter(account=account).first()
    if staff is None:
        return {}
    roles = staff.roles.order_by("since", "name").values_list("name", "since", "until")
    return {
        "name": staff.name,
        "shown_as": staff.shown_as,
        "began_on": staff.began_on.isoformat(),
        "ended_on": staff.ended_on.isoformat() if staff.ended_on else None,
        "roles": [
            {"role": name, "since": since.isoformat(), "until": until and until.isoformat()}
            for name, since, until in roles
        ],
    }


def _erase(account: int) -> list[int]:
    forget_colleague(by=SYSTEM, account=account)
    return []


of_a_person("staff", export=_export, erase=_erase)
say(
    {
        "staff": _("Your work here"),
        "name": _("Name"),
        "shown_as": _("Shown as"),
        "began_on": _("Began"),
        "ended_on": _("Ended"),
        "roles": _("Roles"),
        "role": _("Role"),
    }
)
