"""People at the door."""

import pytest
from django.test import Client

from holdspace.ledger.acts import SYSTEM
from holdspace.people.actions import begin_account, keep_passphrase

PASSPHRASE = "kettle on the stove"


@pytest.fixture
def door(organisation):
    """A browser without a session, at this organisation."""
    return Client(HTTP_HOST=f"{organisation.slug}.localhost")


@pytest.fixture
def known(organisation):
    """Somebody with a sign-in name and a passphrase: (account, name)."""
    account = begin_account(by=SYSTEM)
    name = keep_passphrase(
        by=SYSTEM, account=account, passphrase=PASSPHRASE, name="wren-lantern-oak", exact=True
    )
    return account, name


@pytest.fixture
def inside(door, known):
    """A browser that is signed in as `known`."""
    answer = door.post("/sign-in/", {"name": known[1], "passphrase": PASSPHRASE})
    assert answer.status_code == 303
    return door
