"""Someone who stands by with the keys: sets the house up, knows who is who, looks at the end.

A program for the test. Reads one JSON line with a question, answers with one JSON line.
"""

import datetime as dt
import json
import os
import sys
from typing import Any

CEILING, SEATS = 60, 60


class Witness:
    """Inside the organisation, in a process of its own that nobody kills."""

    def begin(self) -> dict[str, Any]:
        """A group that takes people, and a meeting in five days."""
        from holdspace.groups.tests.factories import a_group
        from holdspace.kit import clock, scope
        from holdspace.ledger.acts import SYSTEM
        from holdspace.meetings.actions import add_meeting
        from holdspace.organisations.actions import open_demonstration
        from holdspace.organisations.tests.factories import an_organisation

        organisation = an_organisation("Steady Harbour", "harbour")
        self.inside = scope.entered(organisation.id)
        self.inside.__enter__()  # until this program ends
        open_demonstration(by=SYSTEM, organisation=organisation)
        self.group = a_group("Breakwater Circle", ceiling=CEILING)
        self.meeting = add_meeting(
            by=SYSTEM, group=self.group, day=clock.today() + dt.timedelta(days=5), at=dt.time(19),
            minutes=60, zone="Europe/London", attendance="in_person", seats=SEATS,
            area="Old Town", place="The boathouse",
        )  # fmt: skip
        return {"code": self.group.code, "number": self.meeting.number}

    def come_back(self, code: str, number: int) -> None:
        """Stand by in a house that was put back: inside, and beside the same group."""
        from holdspace.groups.models import Group
        from holdspace.kit import scope
        from holdspace.meetings.models import Meeting
        from holdspace.organisations.models import Organisation

        self.inside = scope.entered(Organisation.objects.get(slug="harbour").id)
        self.inside.__enter__()  # until this program ends
        self.group = Group.objects.get(code=code)
        self.meeting = Meeting.objects.get(group=self.group, number=number)

    def who(self, alias: str) -> dict[str, Any]:
        """The scopes of someone who is about to go: their membership's and their account's."""
        from holdspace.people.models import Person

        member = self._under(alias)
        account = Person.objects.get(id=int(member.person["account"]))
        return {"member": member.scope, "account": account.scope}

    def _under(self, alias: str) -> Any:
        from holdspace.members.models import Member
        from holdspace.members.naming import skeleton
        from holdspace.vault.tags import tag

        wanted = tag(self.group.scope, "alias", skeleton(alias))
        return Member.objects.get(group=self.group, alias_tag=wanted)

    def finish(self) -> dict[str, Any]:
        """What the clock would do next, once: erasures go on, tasks are done."""
        from holdspace.consent.models import Erasing
        from holdspace.consent.tasks import carry_on_erasing
        from holdspace.ledger.worker import run_due

        before = Erasing.objects.count()
        carry_on_erasing()
        run_due()
        return {"resumed": before, "left": Erasing.objects.count()}

    def look(self, scopes: list[int], cookies: list[str]) -> dict[str, Any]:
        """All that the test judges; of these scopes those that open, of these sessions the living.

        A member's row counts only when every sealed word on it opens.
        """
        from holdspace.ledger.proof import prove
        from holdspace.meetings.models import Seat
        from holdspace.members.models import Member, Ring
        from holdspace.people.models import Person
        from holdspace.people.sessions import session_at
        from holdspace.threads.models import Draft, Picture, Post, Talk, Version
        from holdspace.vault.scopes import is_open

        members = list(Member.objects.filter(group=self.group))
        accounts = [int(member.person["account"]) for member in members]
        ring = Ring.objects.get(group=self.group)
        seats = Seat.objects.filter(meeting=self.meeting).values_list("member_id", flat=True)
        said = Post.objects.filter(talk=self.group.id)
        talk = Talk.objects.get(group=self.group)
        earlier = Version.objects.filter(post__talk=talk).select_related("post")
        pictures = Picture.objects.filter(post__talk=talk).select_related("post")
        aliases = {member.id: member.alias for member in members}
        proof = prove()
        return {
            "aliases": [m.alias for m in members if m.is_current and m.said],
            "holders": [bytes(m.holder).hex() for m in members],
            "accounts": accounts,
            "nobody's": [a for a in accounts if not Person.objects.filter(id=a).exists()],
            "seated": [aliases.get(member, "nobody") for member in seats],
            "said": [post.words for post in said if post.is_here],
            "earlier": [(one.words, one.post.words) for one in earlier],
            "shown": [
                one.post.words for one in pictures if one.small and one.post.shown["picture"]
            ],
            "drafts": Draft.objects.filter(talk=self.group.id).count(),
            "posts": said.count(),
            "places": talk.last_place,
            "taken": ring.taken,
            "kept": ring.kept,
            "open": [scope for scope in scopes if is_open(scope)],
            "living": [cookie for cookie in cookies if session_at(cookie)],
            "broken": proof["broken"],
            "closed": proof["closed"],
        }


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    os.environ["HOLDSPACE_TESTING"] = "1"  # factories, and doors open without the gate
    import django

    django.setup()
    witness = Witness()
    for line in sys.stdin:
        asked, more = json.loads(line)
        sys.stdout.write(json.dumps(getattr(witness, asked)(**more)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
