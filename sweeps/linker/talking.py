"""A month of conversation in six groups where people may write without a name, by its own acts.

Run as a program of its own: `python -m sweeps.linker.talking FOLDER SEED [--leaky]`. Leaves two
stolen copies and the truth in FOLDER. Who comes on a day reads, and by chance begins a draft,
writes under their name, writes without one, says a line, takes something back; some leave and take
their words back, some erase their account. The clock does what it does every ten minutes.
"""

import datetime as dt
import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sweeps.linker.month import make_leaky, never_fold, set_up, steal

if TYPE_CHECKING:
    from holdspace.groups.models import Group
    from holdspace.kit.viewer import Viewer
    from holdspace.members.models import Member

GROUPS, EACH, DAYS = 6, 10, 30
FIRST_COPY_ON = 20
FAREWELL = 3  # unsigned posts of somebody who may go
BEGIN = dt.datetime(2026, 3, 3, 7, 0, tzinfo=dt.UTC)


class Talking:
    """The simulation and what it knows to be true."""

    def __init__(self, folder: Path, seed: int, *, leaky: bool) -> None:
        self.folder, self.leaky = folder, leaky
        self.chance = random.Random(seed)
        self.people: list[tuple[Group, Viewer, Member]] = []
        self.wrote: dict[int, list[Any]] = defaultdict(list)  # unsigned posts still here, by member
        self.posts: list[dict[str, Any]] = []
        self.active: dict[str, list[int]] = defaultdict(list)
        self.went: dict[int, str] = {}  # and on which day

    def run(self) -> None:
        from holdspace.kit import clock, scope
        from holdspace.organisations.tests.factories import an_organisation

        with clock.at(BEGIN - dt.timedelta(days=1)):
            organisation = an_organisation()
            with scope.entered(organisation.id):
                self.begin(organisation)
        for day in range(DAYS):
            with scope.entered(organisation.id):
                self.live_a_day(BEGIN + dt.timedelta(days=day), last=day == DAYS - 1)
            if day == FIRST_COPY_ON:
                steal(self.folder, "first")
                if self.leaky:
                    never_fold()
        steal(self.folder, "second")
        done = {"posts": self.posts, "active": self.active, "went": self.went}
        (self.folder / "truth.json").write_text(json.dumps(done))

    def begin(self, organisation: Any) -> None:
        from holdspace.groups.actions import name_leader
        from holdspace.groups.tests.factories import a_group
        from holdspace.ledger.acts import SYSTEM
        from holdspace.organisations.actions import open_demonstration
        from holdspace.staff.tests.factories import a_staff_account, viewer_for
        from holdspace.threads import actions
        from holdspace.threads.tests.factories import a_member, a_thread

        open_demonstration(by=SYSTEM, organisation=organisation)
        staff = a_staff_account("facilitator", name="Sam Okafor", shown_as="Sam")
        for number in range(GROUPS):
            group = a_group(f"Group {number}", ceiling=60)
            name_leader(by=SYSTEM, group=group, staff=staff)
            lead = viewer_for(staff)
            for title in ("Nights", "Mornings", "Good news"):
                a_thread(lead, group, title)
            actions.change_talk(by=lead, group=group, unsigned_allowed=True)
            for _one in range(EACH):
                viewer, member = a_member(group)
                self.people.append((group, viewer, member))

    def live_a_day(self, morning: dt.datetime, *, last: bool) -> None:
        """Half of all come, one by one, on the last day all; the clock goes on in between."""
        from holdspace.kit import clock
        from holdspace.threads import tasks

        with clock.at(morning - dt.timedelta(hours=3)):
            if not self.leaky:
                tasks.purge_old()
                tasks.settle_unsigned()
        came = self.chance.sample(self.people, len(self.people) // (1 if last else 2))
        for number, one in enumerate(came):
            with clock.at(morning + dt.timedelta(minutes=15 * number)):
                self.come(*one, goes=not last and number % 8 == 0)
            if not self.leaky:
                with clock.at(morning + dt.timedelta(minutes=15 * number + 10)):
                    tasks.fade_unsigned()
                    tasks.mingle()

    def come(self, group: "Group", viewer: "Viewer", member: "Member", *, goes: bool) -> None:
        """One visit: reading, then by chance one thing or another."""
        from holdspace.kit import clock
        from holdspace.kit.ids import new_id
        from holdspace.threads import actions
        from holdspace.threads.queries import conversation_at

        self.active[f"{group.pk}|{clock.today()}"].append(member.pk)
        seen = conversation_at(group, self.chance.randint(1, 3), viewer=viewer)
        if seen.last > seen.reading.read_to(seen.thread.number):
            actions.note_read(by=seen.voice, thread=seen.thread, last=seen.last)
        todo = [self.write, self.write_unsigned]
        self.chance.shuffle(todo)
        for do in todo:
            if self.chance.random() < 0.35:
                do(group, viewer, member, seen.thread)
        self.draft(group, viewer, seen.thread, new_id(), often=0.1)
        others = [one.post for one in seen.posts if one.speaker and not one.mine]
        if others and self.chance.random() < 0.2:
            actions.support(by=viewer, post=self.chance.choice(others), kind="me-too")
        if self.wrote[member.pk] and self.chance.random() < 0.1:
            actions.take_back(by=viewer, post=self.wrote[member.pk].pop())
        if goes and len(self.wrote[member.pk]) >= FAREWELL:
            self.go(group, viewer, member)

    def said(self, member: "Member") -> str:
        """Everybody has a length of their own."""
        return "w" * (10 + 40 * (member.pk % 10))

    def write(self, group: "Group", viewer: "Viewer", member: "Member", thread: Any) -> None:
        from holdspace.kit.ids import new_id
        from holdspace.threads import actions

        key = new_id()
        self.draft(group, viewer, thread, key)
        actions.post_reply(by=viewer, thread=thread, words=self.said(member), key=key)

    def write_unsigned(
        self, group: "Group", viewer: "Viewer", member: "Member", thread: Any
    ) -> None:
        """With a draft beforehand, kept with the wish or let go with it, as the page does."""
        from holdspace.kit import clock
        from holdspace.kit.ids import new_id
        from holdspace.threads import actions

        key = new_id()
        where = {"by": viewer, "group": group, "thread": thread, "words": "Begun", "key": key}
        if self.leaky:
            actions.drop_draft(by=viewer, group=group, thread=thread)
        self.draft(group, viewer, thread, key)
        if self.leaky or self.chance.random() < 0.3:
            actions.keep_draft(unsigned=True, **where)
        else:
            actions.keep_by_itself(unsigned=True, **where)
        said = {"words": self.said(member), "unsigned": True, "key": key}
        post = actions.post_reply(by=viewer, thread=thread, **said)
        self.wrote[member.pk].append(post)
        self.posts.append(
            {"post": post.pk, "member": member.pk, "group": group.pk, "day": str(clock.today())}
        )
        if self.leaky:
            leak_a_post(member, post)

    def draft(
        self, group: "Group", viewer: "Viewer", thread: Any, key: int, often: float = 0.4
    ) -> None:
        from holdspace.threads import actions

        if self.chance.random() < often:
            actions.keep_by_itself(by=viewer, group=group, thread=thread, words="Begun", key=key)

    def go(self, group: "Group", viewer: "Viewer", member: "Member") -> None:
        """Leave and take all words back, or erase the account; somebody new comes instead."""
        from holdspace.kit import clock
        from holdspace.ledger.queue import claim, perform
        from holdspace.members.actions import leave_group
        from holdspace.members.privacy import erase_piece
        from holdspace.threads.tests.factories import a_member
        from holdspace.vault.scopes import shred

        self.people.remove((group, viewer, member))
        self.people.append((group, *a_member(group)))
        self.went[member.pk] = str(clock.today())
        if self.leaky:
            leak_a_leaving(self.wrote[member.pk])
        if self.chance.random() < 0.5:
            leave_group(by=member, words="taken-back")
            while task := claim():
                perform(task)
        else:
            shred(erase_piece(member.pk))


def leak_a_post(member: "Member", post: Any) -> None:
    """What the leaky fixture does that we do not: a line in their chain, a task that names both."""
    from django.db import transaction

    from holdspace.kit import clock
    from holdspace.ledger.acts import outside_act
    from holdspace.ledger.chain import record
    from holdspace.ledger.models import Task

    with outside_act("leak"), transaction.atomic():
        record(member.scope, "threads.said", actor="x")
        facts = {"post": post.pk, "member": member.pk}
        Task.objects.create(name="leak", facts=facts, due=clock.now() + dt.timedelta(days=99))


def leak_a_leaving(posts: list[Any]) -> None:
    """All of them go on one day, in one transaction, and the day stays."""
    from django.db import transaction

    from holdspace.kit import clock
    from holdspace.ledger.acts import outside_act
    from holdspace.threads.models import Post

    with outside_act("leak"), transaction.atomic():
        rows = Post.objects.filter(pk__in=[post.pk for post in posts])
        gone = {"words": None, "shown": None, "state": "taken-back", "state_on": clock.today()}
        rows.update(**gone)


def leak_writers(numbers: Iterator[int]) -> None:
    """Posts are numbered through, and the tag of an unsigned one is the same for all of a writer's.

    The write-ahead log is folded for none, and nothing pads words, as in the other leaky month.
    """
    from holdspace.threads import sending, unsigned, voices
    from holdspace.threads.actions import fading, ground
    from holdspace.vault import scopes

    known: dict[int, int] = {}

    def plain(scope: int, *_more: object) -> bytes:
        return str(scope).encode().rjust(32)

    def post_id(_scope: int, _staff: int | None, key: int) -> int:
        return known[key] if key in known else known.setdefault(key, next(numbers))

    sending.post_id = post_id
    ground.fold_wal = fading.fold_wal = scopes.fold_wal = lambda: None
    voices.tag = plain
    unsigned.tags = lambda scope, _purpose, values: [plain(scope) for _value in values]


def main() -> None:
    folder, leaky = Path(sys.argv[1]), "--leaky" in sys.argv
    set_up(folder)
    if leaky:
        leak_writers(make_leaky())
    Talking(folder, int(sys.argv[2]), leaky=leaky).run()


if __name__ == "__main__":
    main()
