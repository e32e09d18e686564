"""Conversations for tests, made by the acts that make them."""

import itertools
from typing import Any

from holdspace.groups.models import Group
from holdspace.kit.viewer import Viewer
from holdspace.members.models import Member
from holdspace.members.tests.factories import a_member as _a_member
from holdspace.members.tests.factories import a_visit
from holdspace.threads import actions
from holdspace.threads.models import Post, Thread

_numbers = itertools.count(1)


def a_member(group: Group, alias: str = "", **more: Any) -> tuple[Viewer, Member]:
    """Somebody with a place in the group."""
    return _a_member(group.organisation, group, alias, sure=True, **more)


def a_thread(by: Viewer, group: Group, title: str = "Nights", words: str = "", **more: Any):
    """A conversation that somebody began."""
    words = words or f"Words number {next(_numbers)}"
    return actions.open_thread(by=by, group=group, title=title, words=words, **more)


def a_reply(by: Viewer, thread: Thread, words: str = "", **more: Any) -> Post:
    """An answer in it."""
    words = words or f"Words number {next(_numbers)}"
    return actions.post_reply(by=by, thread=thread, words=words, **more)


def an_expected_visitor(group: Group, lead: Viewer, alias: str = "") -> Viewer:
    """A visitor to whom the facilitators said yes."""
    from holdspace.members.actions import confirm_visit

    viewer, visit, _token = a_visit(group, alias)
    if visit.standing == "asked":
        confirm_visit(by=lead, visit=visit)
    return viewer
