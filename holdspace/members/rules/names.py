"""Which name may be used in a group, and which is free."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from holdspace.groups.queries import leaders_of
from holdspace.kit.guard import may
from holdspace.kit.verdicts import Verdict, no, when, yes
from holdspace.kit.viewer import Viewer
from holdspace.members.models import Member, Visit
from holdspace.members.naming import look_at, passes_for, skeleton
from holdspace.members.naming.contacts import tells_how_to_reach
from holdspace.people.rules import may_use_alias as may_use_beside_sign_in
from holdspace.vault.tags import tag

if TYPE_CHECKING:
    from holdspace.groups.models import Group


@may
def may_use_alias(viewer: Viewer, group: "Group", alias: str, *, sure: bool = False) -> Verdict:
    """The name is fit to use here, whoever else has one. `sure` overrules what we only warn about.

    It does not ask whether somebody has it: `is_alias_free` does, and never of a stranger.
    """
    for finding in look_at(alias):
        if finding.firm or not sure:
            return no(finding.text)
    leaders = [part.staff.shown_as for part in leaders_of(group, viewer=viewer)]
    if passes_for(alias, leaders=leaders, organisation=group.organisation.name):
        return no(_("This could be taken for somebody who leads or works here. Choose another."))
    return yes() if viewer.holder is None else may_use_beside_sign_in(viewer, alias)


@may
def is_alias_free(group: "Group", alias: str, *, own: int = 0) -> Verdict:
    """Nobody here has the name, or one that looks like it. `own` is a member's or visit's id.

    Asked of those with an account, each try counted: the answer tells who is here.
    """
    taken = _has_alias(Member, group, alias, own) or _has_alias(Visit, group, alias, own)
    return when(not taken, _("Somebody here already has this name, or one that looks like it."))


@may
def is_evening_name_free(group: "Group", alias: str) -> Verdict:
    """No other visitor has the name. Members are not looked at: a visitor is always called one."""
    return when(
        not _has_alias(Visit, group, alias, 0),
        _("Another visitor has chosen this name. Please choose another."),
    )


def _has_alias(kind: type[Member | Visit], group: "Group", alias: str, own: int) -> bool:
    mark = tag(group.scope, "alias", skeleton(alias))
    rows: Any = kind.objects.filter(group=group, alias_tag=mark)
    return bool(rows.exclude(id=own).exists())


@may
def says_no_way_to_reach(words: str) -> Verdict:
    """Words hold no mail address, link, handle or number; who writes them may send them anyway."""
    return when(
        not tells_how_to_reach(words),
        _("This looks like a way to reach somebody outside this group. Others may copy it."),
    )
