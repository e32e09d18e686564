"""Welcome back (I11): into the same place, after every key was lost, by two people."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from holdspace.kit import clock
from holdspace.kit.guard import Refused, Unseen, demand
from holdspace.kit.ids import new_code
from holdspace.kit.viewer import Viewer
from holdspace.ledger.acts import act
from holdspace.ledger.chain import record
from holdspace.ledger.events import announce
from holdspace.members import places, rules
from holdspace.members.fresh import afresh
from holdspace.members.models import Member, Return
from holdspace.members.steps import free_places
from holdspace.members.tokens import return_tag
from holdspace.members.who import actor_in, holder_of
from holdspace.vault.scopes import open_scope, shred

if TYPE_CHECKING:
    from holdspace.groups.models import Group

LASTS = dt.timedelta(days=14)
CODE_LENGTH = 8  # 40 bits, spoken aloud, for one group and 14 days


@act
def ask_back(*, by: Viewer, group: "Group") -> str:
    """Ask to be let back into one's old place with a new sign-in; returns a code to say aloud.

    Asking again gives a new code. Raises Refused for whoever has a place here already.
    """
    holder = holder_of(by)
    if Member.objects.filter(group=group, holder=holder.tag(group.id)).exists():
        raise Refused(_("This sign-in belongs to a place in this group already."))
    code = new_code(CODE_LENGTH)
    _end(Return.objects.filter(group=group, holder=holder.tag(group.id)))
    asked = Return(
        organisation_id=group.organisation_id,
        group=group,
        scope=open_scope(group.scope),
        holder=holder.tag(group.id),
        code_tag=return_tag(group, code),
        until=clock.today() + LASTS,
    )
    asked.person = {"account": holder.account}
    asked.save(force_insert=True)
    return code


@act
def vouch(*, by: Viewer, group: "Group", code: str, member: Member) -> Return:
    """A first person, who knows them, names the member behind a code.

    Raises Unseen for a code that is not open in this group, Refused for whoever may not vouch.
    """
    demand(rules.may_vouch(by, group))
    rows = Return.objects.select_for_update().filter(group=group, code_tag=return_tag(group, code))
    asked: Return | None = rows.filter(until__gte=clock.today()).first()
    if asked is None or member.group_id != group.id:
        raise Unseen
    asked.member, asked.first = afresh(member), actor_in(group, by)
    asked.save(update_fields=["member", "first"])
    record(group.scope, "members.vouched", actor=asked.first, subject=member)
    return asked


@act
def welcome_back(*, by: Viewer, asked: Return) -> tuple[Member, int | None]:
    """A second person confirms: the member's place belongs to the new sign-in from now on.

    The old sign-in's tag dies; the group sees a return. Returns the member and the old account,
    to be told. Private words sealed for the old sign-in stay closed.
    """
    group = asked.group
    ring = places.lock(group)
    rows = Return.objects.select_for_update(of=("self",)).select_related("member")
    asked = rows.get(id=asked.id)
    who = actor_in(group, by)
    demand(rules.may_welcome_back(by, asked, who))
    member = Member.objects.select_for_update().get(id=asked.member_id)
    old = member.person.get("account")
    if not member.is_current:
        if free_places(group, ring) < 1:
            raise Refused(_("They had left, and no place is free at the moment."))
        places.take(ring, None)
        member.standing = Member.Standing.JOINED.value
        member.since = clock.today()
    member.holder, member.person = bytes(asked.holder), asked.person
    member.returned_on = clock.today()
    member.save(update_fields=["holder", "person", "returned_on", "standing", "since"])
    record(group.scope, "members.welcomed_back", actor=who, subject=member)
    announce("members.welcomed_back", group=group.id, member=member.id)
    _end(Return.objects.filter(id=asked.id))
    return member, old


@act
def turn_down_return(*, by: Viewer, asked: Return) -> None:
    """Somebody does not know this person, or named the wrong member: the request ends."""
    demand(rules.may_vouch(by, asked.group))
    record(asked.group.scope, "members.return_turned_down", actor=actor_in(asked.group, by))
    _end(Return.objects.filter(id=asked.id))


@act
def forget_returns(*, by: object) -> int:
    """The clock's: requests past their day."""
    return _end(Return.objects.filter(until__lt=clock.today()))


def _end(rows: QuerySet[Return]) -> int:
    """Delete requests, and their keys as the last thing; how many there were."""
    scopes = list(rows.values_list("scope", flat=True))
    rows.delete()
    if scopes:
        shred(scopes)
    return len(scopes)
