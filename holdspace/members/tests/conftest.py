"""Here the organisation's doors are open."""

import pytest

from holdspace.ledger.acts import SYSTEM
from holdspace.organisations.actions import open_demonstration


@pytest.fixture
def organisation(organisation):
    """One organisation, entered, open to the public."""
    open_demonstration(by=SYSTEM, organisation=organisation)
    return organisation
