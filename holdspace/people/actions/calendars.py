"""One's own calendar: the secret address that leads to it, what it says, and its end."""

from typing import Any

from holdspace.kit.guard import Unseen
from holdspace.kit.ids import new_token
from holdspace.ledger.acts import act
from holdspace.people.actions.ways import locked
from holdspace.people.log import note
from holdspace.people.models import CalendarKey
from holdspace.vault.tags import tag


def calendar_tag(organisation_scope: int, token: str) -> bytes:
    """The keyed tag by which a calendar's address is found."""
    return tag(organisation_scope, "calendar-key", token)


@act
def begin_calendar(*, by: object, account: int, chosen: dict[str, Any]) -> str:
    """A secret address for this account's calendar, told once; the one before ends at once."""
    person = locked(account)
    CalendarKey.objects.filter(person=person).delete()
    token = new_token()
    CalendarKey(
        organisation_id=person.organisation_id,
        person=person,
        token_tag=calendar_tag(person.organisation.scope, token),
        chosen=chosen,
    ).save(force_insert=True)
    note(person, "person.calendar_begun")
    return token


@act
def choose_for_calendar(*, by: object, account: int, chosen: dict[str, Any]) -> None:
    """The same address says more or less from now on. Raises Unseen where there is none."""
    key = CalendarKey.objects.select_related("person").filter(person=locked(account)).first()
    if key is None:
        raise Unseen
    key.chosen = chosen
    key.save(update_fields=["chosen"])


@act
def end_calendar(*, by: object, account: int) -> bool:
    """The address leads nowhere any more; whether there was one."""
    person = locked(account)
    gone, _by_model = CalendarKey.objects.filter(person=person).delete()
    if gone:
        note(person, "person.calendar_ended")
    return bool(gone)
