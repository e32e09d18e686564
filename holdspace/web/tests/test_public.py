"""The first page and the pages about groups, as anybody gets them."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from holdspace.directory.actions import renew_own
from holdspace.groups.models import Group
from holdspace.kit import clock
from holdspace.ledger.acts import SYSTEM
from holdspace.meetings.actions import plan_series
from holdspace.meetings.rhythm import Rhythm, Weekly
from holdspace.organisations.models import Organisation
from holdspace.web.about import PAGES
from holdspace.web.home import hours_words

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)  # a Tuesday


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with clock.at(NOON):
        yield


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_home_in_its_order(client: Client, organisation: Organisation, group: Group) -> None:
    shown = text(client, "/")
    order = [organisation.name, "Find people who understand.", "without an account", "See groups",
             "Help me choose", "Today and tonight", "For me", "For someone I care about",
             "referring someone", "What a group is", "Who runs this"]  # fmt: skip
    places = [shown.index(words, shown.index("<main")) for words in order[1:]]
    assert places == sorted(places)


def test_nothing_tonight_names_help(client: Client, group: Group) -> None:
    shown = text(client, "/")
    assert "Nothing is open tonight" in shown
    assert "Samaritans" in shown


def test_tonight_is_on_the_first_page(
    client: Client, organisation: Organisation, group: Group
) -> None:
    rhythm = Rhythm(shape=Weekly(days=(1,)), starts=NOON.date(), at=dt.time(19), minutes=90,
                    zone="Europe/London")  # fmt: skip
    plan_series(by=SYSTEM, group=group, rhythm=rhythm, attendance="in_person")
    renew_own(by=SYSTEM, organisation=organisation.id)
    shown = text(client, "/")
    assert group.name in shown
    assert "You can simply come" in shown
    assert "19:00" in shown


def test_closed_doors_are_said(client: Client, organisation: Organisation) -> None:
    assert "We are not open yet" in text(client, "/")


@pytest.mark.parametrize("name", [name for name, _words in PAGES])
def test_pages_about_groups(client: Client, organisation: Organisation, name: str) -> None:
    shown = text(client, reverse(f"web:{name}"))
    assert shown.count("<h1") == 1
    assert 'aria-current="page"' in shown
    main = re.sub(r"<[^>]+>", " ", shown[shown.index("<main") :])
    for word in ("commit suicide", "suffers from", "suffering from", "!"):
        assert word not in main


def test_what_a_group_is_not(client: Client, organisation: Organisation) -> None:
    shown = text(client, "/what-groups-are/")
    assert "Not therapy." in shown
    assert "Not an emergency service." in shown


def test_hours_in_words() -> None:
    cover = [[0, "18:00", "22:00"], [2, "18:00", "22:00"], [5, "10:00", "12:00"]]
    assert hours_words(cover) == ["Monday, Wednesday: 18:00 to 22:00", "Saturday: 10:00 to 12:00"]
    week = [[day, "09:00", "17:00"] for day in (0, 1, 2, 3, 5, 6)]
    assert hours_words(week) == ["Monday to Thursday, Saturday, Sunday: 09:00 to 17:00"]
