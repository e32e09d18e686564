"""Whoever does something in a conversation has used their place."""

import pytest

from holdspace.groups.models import Group
from holdspace.members.queries import unused_in
from holdspace.threads import actions
from holdspace.threads.tests.factories import a_member, a_reply, a_thread

pytestmark = pytest.mark.django_db


def test_writing_answering_and_supporting_are_use(group: Group) -> None:
    (writes, _), (answers, _), (supports, _) = (a_member(group) for _ in range(3))
    _viewer, silent = a_member(group)
    assert len(unused_in(group)) == 4
    thread = a_thread(writes, group)
    post = a_reply(answers, thread)
    actions.support(by=supports, post=post, kind="hear-you")
    assert unused_in(group) == [silent]
