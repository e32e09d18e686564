"""A member's calendar of one group: its secret address, what it says, its end."""

from typing import TYPE_CHECKING, Any

from holdspace.kit.guard import Unseen, demand
from holdspace.kit.ids import new_token
from holdspace.ledger.acts import act
from holdspace.meetings.models import GroupCalendar
from holdspace.members.queries import as_it_stands
from holdspace.members.rules import is_here
from holdspace.vault.tags import tag

if TYPE_CHECKING:
    from holdspace.members.models import Member


def calendar_tag(organisation_scope: int, token: str) -> bytes:
    """The keyed tag by which the address is found."""
    return tag(organisation_scope, "group-calendar", token)


@act
def begin_group_calendar(*, by: "Member", scope: int, chosen: dict[str, Any]) -> str:
    """A secret address for this member, told once; the one before ends at once.

    `scope` is the organisation's. Raises Refused for who is not here any more.
    """
    member = as_it_stands(by)
    demand(is_here(member))
    GroupCalendar.objects.filter(member=member).delete()
    token = new_token()
    GroupCalendar(
        organisation_id=member.organisation_id,
        member=member,
        scope=member.scope,
        token_tag=calendar_tag(scope, token),
        chosen=chosen,
    ).save(force_insert=True)
    return token


@act
def choose_for_group_calendar(*, by: "Member", chosen: dict[str, Any]) -> None:
    """The same address says more or less from now on. Raises Unseen where there is none."""
    demand(is_here(as_it_stands(by)))
    kept = GroupCalendar.objects.filter(member=by.pk).first()
    if kept is None:
        raise Unseen
    kept.chosen = chosen
    kept.save(update_fields=["chosen"])


@act
def end_group_calendar(*, by: object, member: int) -> bool:
    """The address leads nowhere any more; whether there was one."""
    gone, _by_model = GroupCalendar.objects.filter(member=member).delete()
    return bool(gone)
