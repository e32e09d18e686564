"""Passkeys: kept under the tag of their credential, used by whoever holds the device."""

from holdspace.ledger.acts import act
from holdspace.people.actions.ways import locked
from holdspace.people.log import note
from holdspace.people.models import Passkey
from holdspace.vault.tags import tag


def credential_tag(organisation_scope: int, credential: bytes) -> bytes:
    """The keyed tag by which a passkey is found."""
    return tag(organisation_scope, "passkey", credential)


@act
def add_passkey(
    *, by: object, account: int, credential: bytes, public_key: bytes, count: int, name: str
) -> Passkey:
    """Keep a passkey whose making was verified. Raises IntegrityError if it is known already."""
    person = locked(account)
    kept = Passkey(
        organisation_id=person.organisation_id,
        person=person,
        credential_tag=credential_tag(person.organisation.scope, credential),
    )
    kept.sealed = {
        "credential": credential.hex(),
        "key": public_key.hex(),
        "count": count,
        "name": name,
    }
    kept.save(force_insert=True)
    note(person, "person.passkey_added")
    return kept


@act
def remove_passkey(*, by: object, account: int, passkey: int) -> None:
    """Remove one of one's own passkeys; removing it again changes nothing."""
    person = locked(account)
    if Passkey.objects.filter(id=passkey, person=person).delete()[0]:
        note(person, "person.passkey_removed")


@act
def count_passkey(*, by: object, passkey: Passkey, count: int) -> None:
    """Keep the signature counter of a device that has one; most stay at 0 and write nothing."""
    passkey.sealed = {**passkey.sealed, "count": count}
    passkey.save(update_fields=["sealed"])
