"""Small sealed facts of an account: an address, an age, the name of a device."""

from holdspace.kit import clock
from holdspace.ledger.acts import act
from holdspace.people.actions.signing import whose
from holdspace.people.actions.ways import change_secrets, locked
from holdspace.people.log import note
from holdspace.people.models import Session


@act
def keep_address(*, by: object, account: int, address: str) -> None:
    """Keep an e-mail address sealed, or none. Nothing finds an account by it."""
    person = locked(account)
    change_secrets(person, address=address or None)
    note(person, "person.address_kept" if address else "person.address_removed")


@act
def affirm_age(*, by: object, account: int, band: str) -> None:
    """Keep what somebody said of their age: "adult" or "young". Raises ValueError."""
    if band not in {"adult", "young"}:
        raise ValueError(band)
    change_secrets(locked(account), age=band, age_said=clock.today().isoformat())


@act
def name_session(*, by: object, account: int, session: int, name: str) -> None:
    """Give one of one's own signed-in browsers a name. Raises Session.DoesNotExist."""
    row = Session.objects.get(id=session, whose=whose(locked(account)))
    row.sealed = {**row.sealed, "device": name}
    row.save(update_fields=["sealed"])


@act
def end_one_session(*, by: object, account: int, session: int) -> None:
    """End one of one's own sessions; another's is not touched, and twice changes nothing."""
    Session.objects.filter(id=session, whose=whose(locked(account))).delete()


@act
def note_in_own_chain(*, by: object, account: int, kind: str, **facts: str | int) -> None:
    """A line about something a person decided, in their own chain."""
    note(locked(account), kind, **facts)
