"""Five weeks of a house, told by its own clock: a backup, erasures, the backup put back.

Run as a program with databases of its own, once they are prepared: `python -m
sweeps.restored.weeks FOLDER`. Prints one line of JSON: what a thief and a visitor would find.
"""

import datetime as dt
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MONDAY = dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.UTC)
ERASED_ON = MONDAY + dt.timedelta(days=8)  # a Tuesday, eight days after the backup
WEEK = dt.timedelta(weeks=1)
GOES = "erasedcanary"  # in every word of those who go, and in nobody else's
STAYS = "livingcanary"


class House:
    """The people: some of them stay, some go after the backup was taken."""

    def __init__(self, organisation: Any) -> None:
        from holdspace.groups.tests.factories import a_group

        self.organisation = organisation
        self.full = a_group("Full", ceiling=3)
        asks = {"way_in": "approval", "questions": ["Why?"], "introductions": True}
        self.asking = a_group("Asking", ceiling=9, **asks)
        self.going: list[Any] = []

    def fill(self) -> None:
        """Three places taken, a line of four, applications, a visit, requests, a mail."""
        from holdspace.ledger.acts import SYSTEM
        from holdspace.members import actions
        from holdspace.members.tests.factories import a_member, a_person, a_visit
        from holdspace.people.actions import keep_address
        from holdspace.people.actions.narrow import tell, want_messages

        home, chance = self.organisation, iter(_letters())
        for who in (GOES, STAYS, STAYS):
            viewer, _one = a_member(
                home, self.full, alias=f"Bird {next(chance)}", about={"hello": who}
            )
            self._goes(who, viewer)
        for who in (GOES, STAYS, GOES, STAYS):
            viewer = a_person(home)
            actions.wait(by=viewer, group=self.full)
            self._goes(who, viewer)
        for who in (GOES, STAYS):
            viewer = a_person(home)
            draft = {"alias": who, "seed": 1, "agreement": 1}
            actions.apply(by=viewer, group=self.asking, answers=[["Why?", who]], draft=draft)
            self._goes(who, viewer)
            viewer = a_person(home)
            actions.ask_back(by=viewer, group=self.full)
            account = viewer.holder.account
            keep_address(by=SYSTEM, account=account, address=f"{who}@example.org")
            want_messages(by=SYSTEM, account=account, wanted=True)
            tell(by=SYSTEM, account=account, subject="Hello", text=who)
            self._goes(who, viewer)
        self.visitor, self.visit, _token = a_visit(
            self.asking, alias=f"Bird {next(chance)}", evening=GOES
        )

    def _goes(self, who: str, viewer: Any) -> None:
        if who == GOES:
            self.going.append(viewer)

    def go(self) -> None:
        """All that go, erase their accounts; the visit ends; the mails are sent."""
        from holdspace.consent.actions import carry_on, intend_erasure
        from holdspace.ledger.acts import SYSTEM
        from holdspace.members.actions import end_visit
        from holdspace.notices.actions import end_delivery
        from holdspace.notices.models import Delivery

        for viewer in self.going:
            assert carry_on(intend_erasure(by=viewer, spread=False))
        end_visit(by=self.visitor, visit=self.visit)
        for mail in Delivery.objects.all():
            end_delivery(by=SYSTEM, delivery=mail.id)


def _letters() -> Iterator[str]:
    for one in "bdgkmnrstvwx":
        yield f"{one}o{one}u"


def sealed_words() -> str:
    """All that opens, of every sealed column of every row."""
    from django.apps import apps

    from holdspace.vault.ciphers import Unopenable
    from holdspace.vault.fields import SealedField

    words = []
    for model in apps.get_models():
        sealed = [f for f in model._meta.fields if isinstance(f, SealedField)]
        for row in model._base_manager.all() if sealed else []:
            for field in sealed:
                try:
                    words.append(str(getattr(row, field.attname)))
                except Unopenable:
                    continue
    return "\n".join(words)


def counted(house: House) -> dict[str, Any]:
    """The line and the ring of the full group, and how many rows of each kind there are."""
    from django.apps import apps

    from holdspace.members.models import Ring, Waiting

    ring = Ring.objects.get(group=house.full)
    turns = Waiting.objects.filter(group=house.full, standing__in=Waiting.LIVE)
    names = ["Application", "Member", "Return", "Visit"]
    rows = {name: apps.get_model("members", name).objects.count() for name in names}
    rows["Person"] = apps.get_model("people", "Person").objects.count()
    rows["Delivery"] = apps.get_model("notices", "Delivery").objects.count()
    line = [[turn.number, turn.standing] for turn in turns.order_by("number")]
    return {"taken": ring.taken, "kept": ring.kept, "line": line, "rows": rows}


def opened_by(root: Path, keys: list[tuple[int, int, int | None, int | None, bytes]]) -> int:
    """How many of the keys of an old copy the root keys in a folder still open."""
    from holdspace.vault import ciphers
    from holdspace.vault import keys as ours

    files = [bytes.fromhex(file.read_text().strip()) for file in root.glob("epoch-*.key")]
    found = 0
    for scope, version, parent, _epoch, wrapped in keys:
        place = ours.wrapping_place(scope, version, parent)
        for one in files if parent is None else []:
            try:
                ciphers.decrypt(one, wrapped, place)
            except ciphers.Unopenable:
                continue
            found += 1
    return found


def live(folder: Path) -> dict[str, Any]:
    """The weeks, and what is found."""
    from holdspace.groups.models import Group
    from holdspace.kit import clock, scope
    from holdspace.ledger import actions
    from holdspace.ledger.acts import SYSTEM
    from holdspace.ledger.proof import prove
    from holdspace.notices import post
    from holdspace.organisations.actions import open_demonstration
    from holdspace.organisations.tests.factories import an_organisation
    from holdspace.vault import rootkey, rotation
    from holdspace.vault.backup.restoring import restore
    from holdspace.vault.models import Key

    post.is_set_up = lambda: True
    found: dict[str, Any] = {}
    with clock.at(MONDAY):
        actions.rotate_root_key(by=SYSTEM)
        organisation = an_organisation()
        with scope.entered(organisation.id):
            open_demonstration(by=SYSTEM, organisation=organisation)
            house = House(organisation)
            house.fill()
            found["before"] = sealed_words()
        actions.take_backup(folder, by=SYSTEM)
        old_keys = list(Key.objects.values_list("scope", "version", "parent", "epoch", "wrapped"))
        old_keys = [(*row[:4], bytes(row[4])) for row in old_keys]
    with clock.at(MONDAY + WEEK):
        actions.rotate_root_key(by=SYSTEM)
    with clock.at(ERASED_ON), scope.entered(organisation.id):
        house.go()
        found["promised"] = rotation.gone_by(clock.today()).isoformat()
    with clock.at(ERASED_ON + dt.timedelta(hours=1)), scope.everywhere("a restore"):
        restore(folder)
        house.full = Group.objects.get(id=house.full.id)
        found["restored"] = sealed_words()
        actions.restore_backup(folder, by="operator")
        found["cleared"], found["counted"] = sealed_words(), counted(house)
        found["broken"] = prove()["broken"]
    found["openable"] = {}
    for week in range(2, 8):
        with clock.at(MONDAY + week * WEEK), scope.everywhere("the clock goes on"):
            actions.rotate_root_key(by=SYSTEM)
            day = clock.today().isoformat()
            found["openable"][day] = opened_by(rootkey.folder(), old_keys)
            actions.take_backup(folder, by=SYSTEM)
    found["key copies"] = sorted(f.name[:8] for f in (folder / "keys").iterdir())
    return found


def main() -> None:
    os.environ["HOLDSPACE_TESTING"] = "1"  # factories, and doors open without the gate
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()
    sys.stdout.write(json.dumps(live(Path(sys.argv[1]))) + "\n")


if __name__ == "__main__":
    main()
