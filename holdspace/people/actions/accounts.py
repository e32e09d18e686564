"""Accounts: beginning one."""

from holdspace.kit import scope
from holdspace.ledger.acts import act
from holdspace.people.models import MEMBER, Person
from holdspace.vault.scopes import open_scope


def new_person(kind: str, name_tag: bytes | None = None) -> Person:
    """A Person of the organisation we are in, saved, with scopes of its own."""
    own = open_scope()
    person = Person(organisation_id=scope.current(), scope=own, kind=kind, name_tag=name_tag)
    person.secrets = {"log": open_scope(own)}
    person.save(force_insert=True)
    return person


@act
def begin_account(*, by: object) -> int:
    """An account with no way back yet, for someone who is joining; returns its opaque id.

    It signs nobody in (`sign_in_session` does) and writes no line: nothing is tied to its day.
    Commit it before the Member is written: the two never share a transaction.
    """
    return int(new_person(MEMBER).id)
