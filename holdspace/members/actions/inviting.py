"""Invitations: a link for one person, until a day."""

import datetime as dt
from typing import TYPE_CHECKING

from holdspace.kit import clock
from holdspace.kit.guard import demand
from holdspace.kit.ids import new_token
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import act
from holdspace.ledger.chain import record
from holdspace.members import rules
from holdspace.members.models import Invitation
from holdspace.members.tokens import digest
from holdspace.members.who import actor_in

if TYPE_CHECKING:
    from holdspace.groups.models import Group

LASTS = dt.timedelta(days=14)


@act
def invite(*, by: Viewer, group: "Group") -> str:
    """A link's token, good once within 14 days; kept nowhere. The chain says who invited."""
    demand(rules.may_invite(by, group))
    token = new_token()
    invitation = Invitation(
        organisation_id=group.organisation_id,
        group=group,
        digest=digest(token),
        until=clock.today() + LASTS,
    )
    invitation.save(force_insert=True)
    record(group.scope, "members.invited", actor=actor_in(group, by), subject=invitation)
    return token


@act
def withdraw_invitation(*, by: Viewer, invitation: Invitation) -> None:
    """Take an unused invitation back, also while nobody is taken in."""
    group = invitation.group
    demand(rules.may_facilitate(by, group))
    if not invitation.delete()[0]:  # used, or taken back already
        return
    record(group.scope, "members.invitation_withdrawn", actor=actor_in(group, by))


@act
def forget_invitations(*, by: object) -> int:
    """The clock's: invitations past their day."""
    return Invitation.objects.filter(until__lt=clock.today()).delete()[0]


def is_good(group: "Group", invitation: str) -> bool:
    """Whether a token is an unused invitation to this group within its day; not an act."""
    if not invitation:
        return False
    mine = Invitation.objects.filter(group=group, digest=digest(invitation))
    return mine.filter(until__gte=clock.today()).exists()


def use_up(group: "Group", invitation: str) -> None:
    """Good once: gone with the place or the turn it gave; not an act, called inside one."""
    if invitation:
        Invitation.objects.filter(group=group, digest=digest(invitation)).delete()
