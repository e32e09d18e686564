"""Organisations for tests, made by the act that makes them."""

from holdspace.kit.ids import new_code
from holdspace.ledger.acts import SYSTEM
from holdspace.organisations.actions import open_organisation
from holdspace.organisations.models import Organisation


def an_organisation(name: str = "Harbour Circle", slug: str = "") -> Organisation:
    """An organisation of that name."""
    return open_organisation(by=SYSTEM, name=name, slug=slug or f"o{new_code(6)}")
