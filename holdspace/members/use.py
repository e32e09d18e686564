"""Places that nobody used: a flood of newcomers leaves them, and so does somebody who never came.

Used is a place whose member said something, took a seat, wrote, has a role, or keeps a way back in.
Packages above tell what they know of use; whether somebody keeps a way back is asked of their
account, and only yes or no comes back. Asked inside an act or a query that knows who is looking.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from holdspace.members.models import Member
from holdspace.people.queries import with_a_way_back
from holdspace.vault.scopes import prefetch

if TYPE_CHECKING:
    from holdspace.groups.models import Group

Signs = Callable[["Group"], set[int]]
LAPSED = "lapsed"  # in `about`: the place was freed because nobody had used it
SAYS = ("hello", "needs", "hope")

_signs: list[Signs] = []


def signs_of_use_come_from(signs: Signs) -> None:
    """Register who used their place, by ids of members: once, in AppConfig.ready of a package.

    Registering looks at nothing, so it works without a viewer.
    """
    if signs not in _signs:
        _signs.append(signs)


def unused_in(group: "Group") -> list[Member]:
    """Members of the group who have done nothing with their place, first come first.

    Asked by the clock and inside acts and queries that know who is looking, without a viewer.
    """
    here = Member.objects.filter(
        group=group, standing=Member.Standing.JOINED, role=Member.Role.MEMBER, returned_on=None
    )
    rows = list(here.order_by("joined_on", "id"))
    prefetch(row.scope for row in rows)
    used = {member for signs in _signs for member in signs(group)}
    silent = [m for m in rows if m.id not in used and not any(m.said[says] for says in SAYS)]
    stay = with_a_way_back([m.person["account"] for m in silent if m.person])
    return [m for m in silent if not m.person or m.person["account"] not in stay]
