"""What the joining dialog offers: three names and six weaves."""

import secrets
from itertools import islice
from random import Random
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from holdspace.groups.queries import group_ids, leaders_of
from holdspace.kit import weave
from holdspace.kit.guard import sees
from holdspace.kit.viewer import Viewer
from holdspace.members.models import Member, Visit
from holdspace.members.naming import offer_names, passes_for, skeleton
from holdspace.members.naming.offered import THINGS
from holdspace.members.queries.mine import tags_of
from holdspace.vault.tags import tags

if TYPE_CHECKING:
    from holdspace.groups.models import Group

NAMES, WEAVES = 3, 6
LOOKED_AHEAD = 24  # names drawn before those in use are left out


@sees
def names_offered(group: "Group", *, viewer: Viewer, n: int = NAMES) -> list[str]:
    """`n` kindly names that pass for nobody who leads.

    With an account, names that nobody in this group uses, found by tag: no alias is opened.
    Strangers get pairs, drawn without looking at who is here: what is never offered would tell.
    """
    chance = Random(secrets.randbits(64))  # noqa: S311 -- which birds; nothing hangs on it
    stranger = viewer.holder is None
    drawn = offer_names(LOOKED_AHEAD + len(THINGS) // 4, (), chance, paired=stranger)
    used = set() if stranger else _used(group, drawn)
    leaders = [part.staff.shown_as for part in leaders_of(group, viewer=viewer)]
    house = group.organisation.name
    free = (name for name in drawn if name not in used)
    fit = (name for name in free if not passes_for(name, leaders=leaders, organisation=house))
    return list(islice(fit, n))


def _used(group: "Group", names: list[str]) -> set[str]:
    marks = tags(group.scope, "alias", [skeleton(name) for name in names])
    members, visits = (
        model.objects.filter(group=group, alias_tag__in=marks).values_list("alias_tag", flat=True)
        for model in (Member, Visit)
    )
    found = {bytes(mark) for mark in members.union(visits)}
    return {name for name, mark in zip(names, marks, strict=True) if mark in found}


@sees
def weaves_offered(group: "Group", *, viewer: Viewer, n: int = WEAVES) -> list[int]:
    """`n` seeds unlike each other, unlike the group's, and unlike the viewer's own elsewhere.

    The viewer's own are found by tag for this one moment; nothing about them is kept.
    """
    theirs: Any = Member.objects.filter(group=group)
    if viewer.holder is not None:
        mine = tags_of(viewer.holder, group_ids(viewer=viewer))
        theirs = Member.objects.filter(Q(group=group) | Q(holder__in=mine))
    seeds = theirs.values_list("seed", flat=True)
    visits = Visit.objects.filter(group=group).values_list("seed", flat=True)
    return weave.offer(n, seeds.union(visits))
