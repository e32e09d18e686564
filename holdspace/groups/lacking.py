"""What a group lacks before it can open."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from holdspace.groups.models import Group


def missing_to_open(group: Group, agreements: int) -> list[tuple[str | Promise, str]]:
    """All that a group lacks before it can open, each with the address name where it is done."""
    wanted = (
        (agreements, _("Write what the group agrees: nobody joins without it."), "agreements"),
        (
            group.first_visit,
            _("Say what happens the first time. It is what people look for first."),
            "group_edit",
        ),
        (group.leaders, _("Say in words who leads the group."), "group_edit"),
    )
    return [(words, where) for there, words, where in wanted if not there]
