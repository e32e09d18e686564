"""Sets up, in databases of its own, a house with a door to go through: a program for the test.

Prints as JSON what the test needs: codes of the groups, cookies of the staff.
"""

import json
import os
import sys


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    os.environ["HOLDSPACE_TESTING"] = "1"  # doors open without the gate
    import django

    django.setup()
    from django.test import Client

    from holdspace.groups import actions as groups
    from holdspace.groups.tests.factories import a_group
    from holdspace.kit import scope
    from holdspace.ledger.acts import SYSTEM
    from holdspace.organisations.actions import open_demonstration, set_cover
    from holdspace.organisations.tests.factories import an_organisation
    from holdspace.staff.tests.factories import a_client

    names = json.loads(sys.stdin.read())
    organisation = an_organisation("Stolen Harbour", "harbour")
    with scope.entered(organisation.id):
        open_demonstration(by=SYSTEM, organisation=organisation)
        hours = [[day, "00:00", "23:59"] for day in range(7)]  # else no questions are taken
        set_cover(by=SYSTEM, organisation=organisation, hours=hours)
        open_group = a_group(names["control"])
        asking = a_group("Asking Circle", way_in="approval", questions=["What brings you?"])
        staff: Client = a_client("facilitator", name=names["staff"])
        for group in (open_group, asking):
            groups.name_leader(by=SYSTEM, group=group, staff=staff.staff)  # type: ignore[attr-defined]
        coordinator = a_client("coordinator", name=names["coordinator"])
    told = {
        "open": open_group.code,
        "asking": asking.code,
        "facilitator": {name: morsel.value for name, morsel in staff.cookies.items()},
        "coordinator": {name: morsel.value for name, morsel in coordinator.cookies.items()},
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
