"""A person's own chain in the ledger, which no open column ties to them."""

from typing import Any

from holdspace.ledger.chain import record
from holdspace.people.models import Person
from holdspace.vault.tags import tag


def chain_of(organisation_scope: int, account: int) -> int:
    """The id of a person's chain: 63 bits of a keyed tag, so that only the key leads to it."""
    return int.from_bytes(tag(organisation_scope, "chain", str(account))[:8], "big") >> 1 or 1


def note(person: Person, kind: str, *, actor: object = "self", **facts: Any) -> None:
    """Write a line about this person's own security into their chain, sealed under its scope."""
    chain = chain_of(person.organisation.scope, person.id)
    record(person.secrets["log"], kind, actor=actor, chain=chain, **facts)
