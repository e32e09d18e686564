"""What every test stands on: both databases, a root key, the laws of the house switched on."""

from collections.abc import Iterator

import pytest
from django.db import connections

from holdspace.kit import scope
from holdspace.ledger.acts import outside_act, refuse_writes_outside_acts
from holdspace.vault import keys, rootkey
from holdspace.vault.scopes import ensure_installation

BOTH = ["default", "keys"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every database test may use content and keys; nobody has to remember it."""
    for item in items:
        for mark in item.iter_markers("django_db"):
            mark.kwargs.setdefault("databases", BOTH)


@pytest.fixture(autouse=True)
def _cellar(request: pytest.FixtureRequest) -> Iterator[None]:
    """A root key, the installation's scope, and a database that refuses writes outside acts."""
    if not request.node.get_closest_marker("django_db"):
        yield
        return
    transactional = bool(request.node.get_closest_marker("django_db").kwargs.get("transaction"))
    request.getfixturevalue("transactional_db" if transactional else "db")
    rootkey.ensure()
    keys.forget()
    with outside_act("test set-up"):
        ensure_installation()
    with connections["default"].execute_wrapper(refuse_writes_outside_acts):
        yield
    keys.forget()


@pytest.fixture
def organisation(db: None) -> Iterator[object]:
    """One organisation, entered."""
    from holdspace.organisations.tests.factories import an_organisation

    made = an_organisation()
    with scope.entered(made.id):
        yield made


@pytest.fixture
def coordinator_viewer(organisation: object) -> object:
    """A coordinator of the organisation, looking."""
    from holdspace.staff.tests.factories import a_coordinator

    return a_coordinator()


@pytest.fixture
def group(organisation: object) -> object:
    """An open group of the organisation, whose doors are open and whose questions are read."""
    from holdspace.groups.tests.factories import a_group
    from holdspace.ledger.acts import SYSTEM
    from holdspace.organisations.actions import open_demonstration, set_cover

    open_demonstration(by=SYSTEM, organisation=organisation)
    set_cover(by=SYSTEM, organisation=organisation, hours=[[0, "18:00", "18:05"]])
    return a_group()


@pytest.fixture
def coordinator_client(organisation: object) -> object:
    """A browser in which a coordinator is signed in."""
    from holdspace.staff.tests.factories import a_client

    return a_client("coordinator")


@pytest.fixture
def facilitator_client(organisation: object) -> object:
    """A browser in which a facilitator (of no group yet) is signed in; `.staff` is who."""
    from holdspace.staff.tests.factories import a_client

    return a_client("facilitator", name="Sam Okafor")


@pytest.fixture
def anybody_client(organisation: object) -> object:
    """A browser in which nobody is signed in."""
    from holdspace.staff.tests.factories import a_strange_client

    return a_strange_client()
