"""A group with people in it, and somebody who leads it."""

import pytest

from holdspace.groups.actions import name_leader
from holdspace.ledger.acts import SYSTEM
from holdspace.staff.tests.factories import a_staff_account, viewer_for
from holdspace.threads.tests.factories import a_member


@pytest.fixture
def wren(group):
    """A member, looking."""
    return a_member(group, "Wren")[0]


@pytest.fixture
def ash(group):
    """Another member, looking."""
    return a_member(group, "Ash")[0]


@pytest.fixture
def lead(group):
    """A facilitator who works here, looking."""
    staff = a_staff_account("facilitator", name="Sam Okafor", shown_as="Sam")
    name_leader(by=SYSTEM, group=group, staff=staff)
    return viewer_for(staff)
