"""Beginning, answering, supporting, changing, taking back, leaving, in any order: promises hold.

A state machine of hypothesis walks a group of four; beside it a model in plain lists says what each
of them must see.
"""

from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from holdspace.groups.actions import name_leader
from holdspace.groups.tests.factories import a_group
from holdspace.kit import scope
from holdspace.kit.guard import Refused, Unseen
from holdspace.ledger.acts import SYSTEM
from holdspace.ledger.queue import claim, perform
from holdspace.members.actions import join_group, leave_group
from holdspace.members.queries import member_for
from holdspace.members.tests.factories import a_person, joined
from holdspace.organisations.actions import open_demonstration
from holdspace.organisations.tests.factories import an_organisation
from holdspace.staff.tests.factories import a_staff_account, viewer_for
from holdspace.threads import actions
from holdspace.threads.actions.writing import APART
from holdspace.threads.models import Post, Talk, Thread
from holdspace.threads.queries import conversation_at, threads_in
from holdspace.threads.words import Audience

NAMES = ("Wren", "Ash", "Rowan")
WHO = st.sampled_from(NAMES)
ANY = st.sampled_from((*NAMES, "Sam"))
AUDIENCE = st.sampled_from([Audience.MEMBERS.value, Audience.FACILITATORS.value])


@dataclass
class Said:
    """One post as the model knows it."""

    who: str
    words: str
    seen_by: str
    here: bool = True
    lines: dict[str, str] = field(default_factory=dict)


class Talking(RuleBasedStateMachine):
    """Three members and a facilitator in one group."""

    @initialize()
    def begin(self) -> None:
        self.home = an_organisation()
        self.token = scope.enter(self.home.id)
        open_demonstration(by=SYSTEM, organisation=self.home)
        self.group = a_group(ceiling=12)
        staff = a_staff_account("facilitator", name="Sam Okafor", shown_as="Sam")
        name_leader(by=SYSTEM, group=self.group, staff=staff)
        self.viewers: dict[str, Any] = {"Sam": viewer_for(staff)}
        self.here = {"Sam"}
        for name in NAMES:
            self.viewers[name] = a_person(self.home)
            joined(self.viewers[name], self.group, name, sure=True)
            self.here.add(name)
        self.threads: dict[int, list[Said]] = {}
        self.count = 0

    def teardown(self) -> None:
        if hasattr(self, "token"):
            scope.leave(self.token)

    threads_begun = Bundle("threads")

    def _words(self) -> str:
        self.count += 1
        return f"Words number {self.count}"

    def _sees(self, who: str, said: list[Said], one: Said) -> bool:
        if who == "Sam" or said[0].seen_by == Audience.FACILITATORS:
            return who == "Sam" or self._sees_thread(who, said)
        return one.seen_by == Audience.MEMBERS or (one.here and one.who == who)

    def _sees_thread(self, who: str, said: list[Said]) -> bool:
        return who in {"Sam", said[0].who} or said[0].seen_by == Audience.MEMBERS

    @rule(target=threads_begun, who=ANY, seen_by=AUDIENCE)
    def open(self, who: str, seen_by: str) -> int:
        words = self._words()
        begun = {"group": self.group, "title": words, "words": words, "seen_by": seen_by}
        if who not in self.here:
            with pytest.raises(Unseen):
                actions.open_thread(by=self.viewers[who], **begun)
            return 0
        one = actions.open_thread(by=self.viewers[who], **begun, key=self.count)
        again = actions.open_thread(by=self.viewers[who], **begun, key=self.count)
        assert one.pk == again.pk
        self.threads[one.number] = [Said(who, words, seen_by)]
        return int(one.number)

    @rule(number=threads_begun, who=ANY, seen_by=AUDIENCE)
    def answer(self, number: int, who: str, seen_by: str) -> None:
        if not number:
            return
        said, words = self.threads[number], self._words()
        thread = Thread.objects.select_related("talk__group").get(number=number)
        may = who in self.here and self._sees_thread(who, said)
        wider = said[0].seen_by == Audience.FACILITATORS and seen_by == Audience.MEMBERS
        sent = {"thread": thread, "words": words, "seen_by": seen_by, "key": self.count}
        if not may or wider:
            with pytest.raises((Unseen, Refused)):
                actions.post_reply(by=self.viewers[who], **sent)
            return
        post = actions.post_reply(by=self.viewers[who], **sent)
        assert post.number == len(said) + 1
        said.append(Said(who, words, seen_by))

    def _a_post(self, number: int, which: int) -> tuple[Said, Post]:
        said = self.threads[number]
        at = which % len(said)
        rows = Post.objects.select_related("talk__group", "thread")
        return said[at], rows.get(thread__number=number, number=at + 1)

    @rule(number=threads_begun, which=st.integers(0, 9), who=ANY)
    def take_back(self, number: int, which: int, who: str) -> None:
        if not number:
            return
        one, post = self._a_post(number, which)
        if who in self.here and one.here and one.who == who:
            actions.take_back(by=self.viewers[who], post=post)
            one.here, one.lines = False, {}
        else:
            with pytest.raises((Unseen, Refused)):
                actions.take_back(by=self.viewers[who], post=post)

    @rule(number=threads_begun, which=st.integers(0, 9), who=ANY)
    def edit(self, number: int, which: int, who: str) -> None:
        if not number:
            return
        one, post = self._a_post(number, which)
        words = self._words()
        changed = {"post": post, "words": words, "edition": post.edition}
        if who in self.here and one.here and one.who == who:
            actions.edit_post(by=self.viewers[who], **changed)
            one.words = words
        else:
            with pytest.raises((Unseen, Refused)):
                actions.edit_post(by=self.viewers[who], **changed)

    @rule(number=threads_begun, which=st.integers(0, 9), who=ANY)
    def support(self, number: int, which: int, who: str) -> None:
        if not number:
            return
        said = self.threads[number]
        one, post = self._a_post(number, which)
        sees = self._sees_thread(who, said) and self._sees(who, said, one)
        if who in self.here and sees and one.here and one.who != who:
            actions.support(by=self.viewers[who], post=post, kind="with-you")
            one.lines[who] = "With you"
        else:
            with pytest.raises((Unseen, Refused)):
                actions.support(by=self.viewers[who], post=post, kind="with-you")

    @rule(who=WHO, words=st.sampled_from(["stay", "taken-back"]))
    def leave(self, who: str, words: str) -> None:
        if who not in self.here:
            return
        leave_group(by=member_for(self.group, viewer=self.viewers[who]), words=words)
        while task := claim():
            perform(task)
        self.here.discard(who)
        if words == "taken-back":
            for one in (one for said in self.threads.values() for one in said):
                one.lines.pop(who, None)
                if one.who == who:
                    one.here, one.lines = False, {}

    @rule(who=WHO)
    def come_back(self, who: str) -> None:
        if who in self.here:
            return
        viewer = self.viewers[who]
        known = {"alias": who, "seed": 1, "agreement": 1, "affirmed": "18 or over", "sure": True}
        join_group(by=viewer, group=self.group, **known)
        self.here.add(who)

    @invariant()
    def everybody_sees_what_is_theirs_and_nothing_else(self) -> None:
        if not hasattr(self, "threads"):
            return
        for who, viewer in self.viewers.items():
            if who not in self.here:
                with pytest.raises(Unseen):
                    threads_in(self.group, viewer=viewer)
                continue
            listed = {t.thread.number for t in threads_in(self.group, viewer=viewer).threads}
            seen = {n for n, said in self.threads.items() if self._sees_thread(who, said)}
            assert listed == seen
            for number in seen:
                self._looks_right(who, number)

    def _looks_right(self, who: str, number: int) -> None:
        said = self.threads[number]
        page = conversation_at(self.group, number, viewer=self.viewers[who], start=1)
        shown = {p.number: p for p in page.posts}
        for at, one in enumerate(said[:20], start=1):
            if not self._sees(who, said, one):
                assert at not in shown
                continue
            assert shown[at].is_here == one.here
            if one.here:
                assert one.words in shown[at].shown["html"]
                names = [name for _kind, many in shown[at].supports for name in many]
                assert sorted(names) == sorted(one.lines)

    @invariant()
    def counters_agree_with_the_rows(self) -> None:
        talk = Talk.objects.first() if hasattr(self, "threads") else None
        if talk is None:
            return
        places = list(Post.objects.order_by("place").values_list("place", flat=True))
        assert places == list(range(1, talk.last_place + 1))
        assert Thread.objects.filter(number__lt=APART).count() == talk.last_thread


@pytest.mark.slow
@pytest.mark.django_db
def test_any_order_of_talking_keeps_the_promises():
    few = settings(max_examples=10, stateful_step_count=16, deadline=None, database=None)
    run_state_machine_as_test(Talking, settings=few)
