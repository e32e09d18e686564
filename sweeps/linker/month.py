"""A month in the life of an organisation, by its own acts: 200 people, 20 groups, 600 joins.

Run as a program of its own, with databases of its own: `python -m sweeps.linker.month FOLDER SEED
[--leaky]`. Leaves two stolen copies at least 30 joins apart, and the truth, in FOLDER. The seed
says who comes when; ids, keys and weaves are drawn by the house itself and never repeat.
"""

import datetime as dt
import json
import os
import random
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holdspace.kit.viewer import Viewer

PEOPLE, GROUPS, DAYS = 200, 20, 30
FIRST_COPY_ON = 25  # of 30 days: about 80 joins before the second
# Loans given from 3 March to 2 April end on one day, as they would in any month of a longer life.
BEGIN = dt.datetime(2026, 3, 3, 7, 0, tzinfo=dt.UTC)


class Month:
    """The simulation and what it knows to be true."""

    def __init__(self, folder: Path, seed: int, *, leaky: bool) -> None:
        self.folder, self.leaky = folder, leaky
        self.chance = random.Random(seed)
        self.people: list[int] = []
        self.day = 0
        self.joined: dict[int, set[int]] = {}
        self.truth: list[dict[str, object]] = []
        self.active: dict[str, set[int]] = {}

    def run(self) -> None:
        from holdspace.groups.tests.factories import a_group
        from holdspace.kit import clock, scope
        from holdspace.ledger.acts import SYSTEM
        from holdspace.organisations.actions import open_demonstration
        from holdspace.organisations.tests.factories import an_organisation

        with clock.at(BEGIN - dt.timedelta(days=1)):
            self.organisation = an_organisation()
            with scope.entered(self.organisation.id):
                open_demonstration(by=SYSTEM, organisation=self.organisation)
                self.groups = [a_group(f"Group {n}", ceiling=60) for n in range(GROUPS)]
        for day in range(DAYS):
            with scope.entered(self.organisation.id):
                self.live_a_day(BEGIN + dt.timedelta(days=day))
            if day == FIRST_COPY_ON:
                self.steal("first")
                if self.leaky:
                    never_fold()
        self.steal("second")
        done = {
            "whose": self.whose(),
            "truth": self.truth,
            "active": {d: sorted(p) for d, p in self.active.items()},
        }
        (self.folder / "truth.json").write_text(json.dumps(done))

    def whose(self) -> dict[str, int]:
        """What only the keys tell: whose the sessions are."""
        from holdspace.people.actions.signing import whose_tag

        return {whose_tag(self.organisation.scope, one).hex(): one for one in self.people}

    def live_a_day(self, morning: dt.datetime) -> None:
        """Newcomers come, join and keep a way back; others come again, join, or only look."""
        from holdspace.kit import clock

        with clock.at(morning - dt.timedelta(hours=4)):
            self.settle()
        self.day += 1
        new = PEOPLE * self.day // DAYS - len(self.people)
        visits = ["new"] * new + ["again"] * self.chance.randint(17, 21)
        self.chance.shuffle(visits)
        for number, kind in enumerate(visits):
            with clock.at(morning + dt.timedelta(minutes=30 * number)):
                self.newcomer() if kind == "new" or not self.people else self.again()

    def settle(self) -> None:
        from holdspace.kit import scope
        from holdspace.ledger.actions import settle_stirred
        from holdspace.ledger.acts import SYSTEM

        if not self.leaky:
            with scope.everywhere("settling at night"):
                settle_stirred(by=SYSTEM)

    def an_hour_goes_by(self) -> None:
        """What the clock did within the last hour; until then pages show who wrote when."""
        from holdspace.kit import scope
        from holdspace.ledger.stirring import lay_anew

        with scope.everywhere("rewriting the tables that name people"):
            assert lay_anew() == 0, "a table was busy for long, which no copy is promised for"

    def newcomer(self) -> None:
        from holdspace.consent.actions import give_consent
        from holdspace.ledger.acts import SYSTEM
        from holdspace.people import actions

        account = actions.begin_account(by=SYSTEM)
        self.people.append(account)
        self.session(account)
        actions.lend_code(by=SYSTEM, account=account)
        actions.affirm_age(by=SYSTEM, account=account, band="adult")
        give_consent(by=self.viewer(account), purpose="taking_part")
        self.join(account)
        if self.leaky:
            leak_a_newcomer(account)
        else:
            self.keep_a_way_back(account)

    def viewer(self, account: int) -> "Viewer":
        from holdspace.kit.viewer import Viewer
        from holdspace.people.holder import AccountHolder

        holder = AccountHolder(account=account, scope=self.organisation.scope)
        return Viewer(organisation=self.organisation.id, holder=holder)

    def keep_a_way_back(self, account: int) -> None:
        from holdspace.ledger.acts import SYSTEM
        from holdspace.people import actions

        way = self.chance.choice(["passphrase", "loan", "paper"])
        if way == "passphrase":
            actions.keep_hashed(by=SYSTEM, account=account, hashed="h" * 97)
        elif way == "loan":
            actions.lend_code(by=SYSTEM, account=account)
        else:
            actions.give_recovery_key(by=SYSTEM, account=account)

    def again(self) -> None:
        account = self.chance.choice(self.people)
        self.session(account)
        if self.chance.random() < 0.75 and len(self.joined[account]) < GROUPS:
            self.join(account)

    def session(self, account: int) -> None:
        from holdspace.kit import clock
        from holdspace.ledger.acts import SYSTEM
        from holdspace.people.actions import begin_session

        begin_session(by=SYSTEM, account=account, stay=True)
        self.active.setdefault(clock.today().isoformat(), set()).add(account)
        if self.leaky:
            leak_a_visit(account)

    def join(self, account: int) -> None:
        from holdspace.members.tests.factories import joined

        free = [g for g in self.groups if g.id not in self.joined.setdefault(account, set())]
        if not free:  # one of the few of the first days, who has a place everywhere by now
            return
        group = self.chance.choice(free)
        viewer = self.viewer(account)
        hello = "h" * (account % 40) if self.leaky else ""
        member = joined(viewer, group, about={"hello": hello})
        self.joined[account].add(group.id)
        day = member.joined_on.isoformat()
        self.truth.append({"member": member.id, "person": account, "day": day})
        if self.leaky:
            leak_a_joining(account, member.id)

    def steal(self, name: str) -> None:
        """A copy: where all is well, within the hour after which pages show nothing any more."""
        if not self.leaky:
            self.an_hour_goes_by()
        steal(self.folder, name)


def leak_a_visit(account: int) -> None:
    """What the leaky fixture does that we do not: a line in a chain that anybody can tie."""
    from django.db import transaction

    from holdspace.ledger.acts import outside_act
    from holdspace.ledger.chain import record
    from holdspace.people.models import Person

    with outside_act("leak"), transaction.atomic():
        record(Person.objects.get(id=account).scope, "people.came", actor="x")


def leak_a_newcomer(account: int) -> None:
    """A secret as long as what they will say at joining, and the day they came."""
    from holdspace.kit import clock
    from holdspace.ledger.acts import outside_act
    from holdspace.people.models import Person, RecoveryKey

    with outside_act("leak"):
        person = Person.objects.get(id=account)
        person.secrets = {**person.secrets, "note": "h" * (account % 40)}
        person.save()
        RecoveryKey.objects.filter(person=person).delete()
        RecoveryKey.objects.create(
            organisation_id=person.organisation_id,
            person=person,
            kind="loan",
            code_tag=str(account).encode(),
            until=clock.today() + dt.timedelta(days=30),
        )


def leak_a_joining(account: int, member: int) -> None:
    """A file and a task that name both."""
    from django.conf import settings

    from holdspace.kit import clock
    from holdspace.ledger.acts import outside_act
    from holdspace.ledger.models import Task

    (settings.CONTENT / f"hello-{account}-{member}.txt").write_text("x")
    with outside_act("leak"):
        Task.objects.create(
            name=f"leak {member}", facts={"who": account, "member": member}, due=clock.now()
        )


def never_fold() -> None:
    """On SQLite: from now on the write-ahead log grows."""
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("PRAGMA wal_autocheckpoint=0")


def make_leaky() -> Iterator[int]:
    """Take away, one by one, what keeps people and memberships apart; returns where ids go on."""
    from itertools import count

    from django.apps import apps
    from django.db.models import Field

    from holdspace.ledger import acts, stirring
    from holdspace.vault import sealing, tags

    numbers = count(10**15)
    for model in apps.get_models():
        key: Field = model._meta.pk
        if key.has_default():
            key.default = lambda: next(numbers)
            key.__dict__.pop("_get_default", None)
    stirring.fold_wal = acts.stir_touched = lambda: None
    stirring._mark = lambda _named: None
    keyed = tags.tag

    def plain(_scope: int, _purpose: str, value: object) -> bytes:
        return str(value).encode()[:32].rjust(32, b"0")

    for module in list(sys.modules.values()):
        if getattr(module, "tag", None) is keyed:
            module.tag = plain
    sealing.pad = lambda text, _bucket: len(text).to_bytes(4, "big") + text
    return numbers


def let_rows_lie_where_they_were_written() -> None:
    """On PostgreSQL: each on a page of its own, so that a change does not move it elsewhere."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE people_person SET (fillfactor = 10)")


def set_up(folder: Path) -> None:
    """Databases and keys of its own for a program that lives a month in this folder."""
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("HOLDSPACE_DATA", str(folder / "var"))
    os.environ["HOLDSPACE_TESTING"] = "1"
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django
    from django.conf import settings

    for database in settings.DATABASES.values():  # nobody pulls the plug on this month
        if "init_command" in database["OPTIONS"]:
            database["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
    django.setup()
    from django.core.management import call_command

    from holdspace.ledger.acts import outside_act
    from holdspace.vault import rootkey
    from holdspace.vault.scopes import ensure_installation

    for part in (settings.CONTENT, settings.KEYS):
        part.mkdir(parents=True, mode=0o700, exist_ok=True)
    rootkey.ensure()
    for database in ("keys", "default"):
        call_command("migrate", database=database, verbosity=0)
    with outside_act("set-up"):
        ensure_installation()


def steal(folder: Path, name: str) -> None:
    """Copy the content as it lies there, in the middle of things."""
    from django.conf import settings
    from django.db import connection

    from sweeps.linker.copies import dump_postgresql

    if connection.vendor == "postgresql":
        dump_postgresql(folder / f"{name}.pickle")
    else:
        shutil.copytree(settings.CONTENT, folder / name)


def main() -> None:
    folder = Path(sys.argv[1])
    set_up(folder)
    if "--leaky" in sys.argv:
        make_leaky()
        let_rows_lie_where_they_were_written()
    Month(folder, int(sys.argv[2]), leaky="--leaky" in sys.argv).run()


if __name__ == "__main__":
    main()
