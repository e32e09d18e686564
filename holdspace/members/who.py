"""Who acts in a group, as its chain names them."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from holdspace.consent.queries import TAKING_PART, yes_beside, yes_found
from holdspace.groups.queries import number_in_force
from holdspace.kit.guard import Refused
from holdspace.kit.prepared import prepared
from holdspace.kit.remembering import once_a_request
from holdspace.kit.viewer import Holder, Viewer
from holdspace.ledger.chain import name_of
from holdspace.members.models import Member
from holdspace.people.queries import stays

if TYPE_CHECKING:
    from holdspace.groups.models import Group


def actor_in(group: "Group", viewer: Viewer) -> str:
    """The actor for the ledger: a staff account by its id, a member by theirs, else nobody."""
    if viewer.staff is not None or viewer.holder is None:
        return name_of(viewer)
    mine = Member.objects.filter(group=group, holder=viewer.holder.tag(group.id)).first()
    return name_of(mine) if mine is not None else name_of(viewer)


def holder_of(viewer: Viewer) -> Holder:
    """The holder that acts, whose account stays until the act ends.

    Raises Refused when nobody is signed in any more, or the account has gone meanwhile.
    """
    if viewer.holder is None or not stays(viewer=viewer):
        raise Refused(_("Please begin again: this browser is not signed in any more."))
    return viewer.holder


@once_a_request
def record_of(viewer: Viewer, group: "Group") -> Member | None:
    """The viewer's own membership of the group in any standing, found by computing their tag.

    Its `in_force` is the number of the agreement in force; the yes to what is kept comes along.
    """
    if viewer.holder is None or viewer.organisation != group.organisation_id:
        return None
    holder = viewer.holder
    found = _held(group=group.id, holder=holder.tag(group.id), account=holder.account)
    for mine in found:
        mine.group = group
        yes_found(viewer, TAKING_PART.slug, mine)
    return found[0] if found else None


@prepared()
def _held(*, group: int, holder: bytes, account: int) -> QuerySet[Member]:
    rows: QuerySet[Member] = Member.objects.filter(group=group, holder=holder)
    return rows.annotate(in_force=number_in_force(), **yes_beside(account, TAKING_PART.slug))
