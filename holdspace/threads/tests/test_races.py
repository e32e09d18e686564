"""Several at once, with real parallel connections: one post for one key, no number twice."""

import pytest
from django.db import connection

from holdspace.groups.tests.factories import a_group
from holdspace.members.queries import member_for
from holdspace.members.tests.racing import together
from holdspace.threads import actions
from holdspace.threads.models import Draft, Post, Reader, Support, Talk, Thread, Version
from holdspace.threads.tests.factories import a_member, a_reply, a_thread
from holdspace.threads.voices import voice_in

AT_ONCE = 8


@pytest.fixture
def house(organisation):
    from holdspace.ledger.acts import SYSTEM
    from holdspace.organisations.actions import open_demonstration

    if connection.vendor != "postgresql":
        pytest.skip("NOT RUN HERE: needs PostgreSQL; ./check runs it there")
    open_demonstration(by=SYSTEM, organisation=organisation)
    return organisation


def fresh():
    return Thread.objects.select_related("talk__group").get()


def first():
    return Post.objects.select_related("talk__group", "thread").get(number=1)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_first_words_of_a_group_sent_many_times_at_once(house):
    group = a_group()
    viewer = a_member(group)[0]
    groups = type(group).objects
    runs = [lambda: a_thread(viewer, groups.get(pk=group.pk), words="Once", key=5)] * AT_ONCE
    assert together(house, runs) == {"done": AT_ONCE}
    assert (Talk.objects.count(), Thread.objects.count(), Post.objects.count()) == (1, 1, 1)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_many_answer_at_once_and_one_of_them_twice(house):
    group = a_group(ceiling=20)
    viewers = [a_member(group)[0] for _ in range(AT_ONCE)]
    a_thread(viewers[0], group)
    runs = [lambda v=v: a_reply(v, fresh(), "Once", key=1) for v in viewers for _ in range(2)]
    runs += [lambda v=v: actions.support(by=v, post=first(), kind="me-too") for v in viewers[1:]]
    assert together(house, runs) == {"done": len(runs)}
    numbers = sorted(Post.objects.values_list("number", flat=True))
    assert numbers == list(range(1, AT_ONCE + 2))
    assert Thread.objects.get().last_number == Talk.objects.get().last_place == AT_ONCE + 1
    assert Support.objects.count() == AT_ONCE - 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_somebody_opens_their_first_conversation_in_many_tabs_at_once(house):
    group = a_group()
    viewer = a_member(group)[0]
    thread = a_thread(viewer, group)
    voice = voice_in(group, viewer)
    runs = [lambda: actions.note_read(by=voice, thread=thread, last=1)] * AT_ONCE
    assert together(house, runs) == {"done": AT_ONCE}
    assert Reader.objects.get().kept["read"] == {"1": 1}


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_who_edit_at_once_one_is_told(house):
    group = a_group()
    viewer = a_member(group)[0]
    a_thread(viewer, group)
    told = []

    def edit(words):
        try:
            actions.edit_post(by=viewer, post=first(), words=words, edition=1)
        except actions.EditedMeanwhile:
            told.append(words)

    assert together(house, [lambda: edit("One"), lambda: edit("Other")]) == {"done": 2}
    assert len(told) == 1
    assert Version.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_taking_back_leaving_and_answering_at_once_ends_well(house):
    from holdspace.ledger.queue import claim, perform
    from holdspace.members.actions import leave_group

    group = a_group(ceiling=20)
    viewers = [a_member(group)[0] for _ in range(AT_ONCE)]
    a_thread(viewers[0], group)
    members = [member_for(group, viewer=v) for v in viewers]
    runs = [lambda v=v: a_reply(v, fresh()) for v in viewers]
    runs += [lambda m=m: leave_group(by=m, words="taken-back") for m in members[:3]]
    runs += [lambda: actions.take_back(by=viewers[0], post=first())]
    told = together(house, runs)
    assert set(told) <= {"done", "refused", "Unseen: "}, told
    while task := claim():
        perform(task)
    gone = [m.pk for m in members[:3]]
    assert not Post.objects.filter(member__in=gone, state="here").exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_page_that_keeps_while_its_words_are_sent_brings_nothing_back(house):
    group = a_group()
    viewer = a_member(group)[0]
    a_thread(viewer, group)
    groups = type(group).objects

    def keep():
        here = groups.get(pk=group.pk)
        actions.keep_by_itself(by=viewer, group=here, thread=fresh(), words="Half", key=5)

    runs = [keep] * AT_ONCE + [lambda: a_reply(viewer, fresh(), "Whole", key=5)]
    assert together(house, runs) == {"done": len(runs)}
    assert (Post.objects.count(), Draft.objects.count()) == (2, 0)
