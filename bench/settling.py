# ruff: noqa: PLC0415 -- Django is set up first
"""Run in a prepared folder: an organisation with groups and people signed in, made by acts.

Prints what a client needs to ask for their pages, as JSON.
"""

import datetime as dt
import json
import os

PEOPLE, GROUPS = 16, 3
NAMES = ["Wren", "Finch", "Otter", "Rowan", "Heron", "Linnet", "Badger", "Hazel", "Plover", "Elm"]


def begun():
    """Django, and an organisation with open doors."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from holdspace.kit import clock
    from holdspace.ledger.acts import SYSTEM, outside_act
    from holdspace.organisations.actions import open_organisation

    house = open_organisation(by=SYSTEM, name="Bench", slug="bench")
    with outside_act("benchmark"):  # the list before opening is people's work, not ours here
        house.opened_on = clock.today()
        house.save(update_fields=["opened_on"])
    return house


def a_group(house, number):
    """An open group that meets every week."""
    from holdspace.groups.tests.factories import a_group as made
    from holdspace.meetings.tests.factories import a_series, tuesdays

    group = made(f"Circle {number}", ceiling=PEOPLE + 4, town="London", area="Near the library")
    from holdspace.kit import clock

    a_series(group, tuesdays(starts=clock.today(), at=dt.time(18 + number)))
    return group


def somebody(house, groups, number):
    """A person who joined every group, under another name in each."""
    from holdspace.members.tests.factories import a_person, joined

    viewer = a_person(house)
    for place, group in enumerate(groups):
        alias = f"{NAMES[(number + place) % 10]} {NAMES[(number * 3 + place) % 10]} {number}"
        joined(viewer, group, alias, sure=True)
    return viewer


def in_a_browser(viewer):
    """The cookie of one browser in which they are signed in."""
    from holdspace.ledger.acts import SYSTEM
    from holdspace.people.actions import begin_session

    cookie, _session = begin_session(by=SYSTEM, account=viewer.holder.account, stay=True)
    return f"here={cookie}"


def settle():
    """Everything; the codes of the groups and a cookie for each person."""
    house = begun()
    from holdspace.kit import scope
    from holdspace.ledger.worker import run_due

    with scope.entered(house.id):
        groups = [a_group(house, number) for number in range(GROUPS)]
        people = [somebody(house, groups, number) for number in range(PEOPLE)]
        cookies = [in_a_browser(viewer) for viewer in people]
    run_due()
    return {"groups": [group.code for group in groups], "cookies": cookies, "people": PEOPLE}


if __name__ == "__main__":
    print(json.dumps(settle()))
