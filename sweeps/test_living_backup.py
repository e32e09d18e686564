"""`./manage backup` while people join and take seats: what comes back from it was true once.

Real people over HTTP, backups one after another meanwhile; then each backup during which somebody
came in is put back elsewhere by `./manage restore`, and somebody with the keys looks at it.
"""

import shutil
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from holdspace.ledger.rehearsal import empty_databases
from sweeps.killed.house import House, Killer
from sweeps.killed.people import ERASE, JOIN, SAY, SEAT, Person, Walk

pytestmark = pytest.mark.process
PEOPLE, AT_ONCE = 28, 4
MOST_LOOKED_AT = 2  # backups put back


@dataclass
class Backup:
    """One backup: who had been told what when it began, and when it was done."""

    folder: Path
    before: dict[str, set[str]]
    after: dict[str, set[str]]
    look: dict[str, Any] | None = None

    def how_many_came(self) -> int:
        return sum(len(self.after[step] - self.before[step]) for step in (JOIN, SEAT))


def _told(people: list[Person]) -> dict[str, set[str]]:
    return {step: {one.alias for one in people if step in one.told} for step in (JOIN, SEAT)}


def _taken(house: House, place: dict[str, Any], base: Path) -> list[Backup]:
    """Every backup taken while people were coming."""
    names = ["Mossy", "Quiet", "Amber", "Early", "Silver", "Little", "Winter"]
    animals = ["Heron", "Bracken", "Lantern", "Pebble"]
    aliases = [f"{a} {b}" for b in animals for a in names][:PEOPLE]
    people = [Person(one, erases=False, known=n % 4 > 0) for n, one in enumerate(aliases)]
    nobody_dies = Killer(house, 0, {step: range(1) for step in (JOIN, SEAT, SAY, ERASE)}, 0)
    made: list[Backup] = []
    with ThreadPoolExecutor(AT_ONCE) as crowd:
        walks = [crowd.submit(Walk(house, nobody_dies, place, one).go) for one in people]
        while not all(walk.done() for walk in walks):
            before, folder = _told(people), base / str(len(made))
            house.do("backup", str(folder))
            made.append(Backup(folder, before, _told(people)))
        for walk in walks:
            walk.result()
    return made


def _put_back(backup: Backup, house: House, place: dict[str, Any], folder: Path) -> None:
    """Restore it elsewhere, with a copy of the root key, and look."""
    root = Path("keys") / "root"
    shutil.copytree(Path(house.env["HOLDSPACE_DATA"]) / root, folder / "var" / root)
    with empty_databases() as urls:
        again = House(folder, urls)
        try:
            again.do("restore", str(backup.folder))
            again.stand_by()
            again.ask("come_back", **place)
            backup.look = again.ask("look", scopes=[], cookies=[])
        finally:
            again.stop()


@pytest.fixture(scope="module")
def backups(tmp_path_factory):
    with ExitStack() as stack:
        house = House(tmp_path_factory.mktemp("living"), stack.enter_context(empty_databases()))
        stack.callback(house.stop)
        house.prepare()
        place = house.ask("begin")
        house.start()
        made = _taken(house, place, tmp_path_factory.mktemp("backups"))
        busiest = sorted(made, key=Backup.how_many_came)[-MOST_LOOKED_AT:]
        for backup in busiest:
            _put_back(backup, house, place, tmp_path_factory.mktemp("again"))
    return busiest


def test_people_came_while_it_was_taken(backups, capsys):
    with capsys.disabled():
        counts = [(one.how_many_came(), len((one.look or {})["aliases"])) for one in backups]
        print(
            "\n  " + "; ".join(f"{c} acts meanwhile, {n} members in it" for c, n in counts), end=""
        )
    assert backups[-1].how_many_came() > 0


def test_everything_in_it_opens_and_every_chain_holds(backups):
    for backup in backups:
        assert (backup.look["closed"], backup.look["broken"]) == (0, 0)


def test_what_was_acknowledged_before_it_began_is_in_it(backups):
    for backup in backups:
        assert backup.before[JOIN] <= set(backup.look["aliases"])
        assert backup.before[SEAT] <= set(backup.look["seated"])


def test_nothing_in_it_is_half_done(backups):
    """Counters as the rows say; no seat without a member, no member without an account."""
    for backup in backups:
        look = backup.look
        assert look["taken"] == len(look["aliases"])
        assert look["kept"] == 0
        assert set(look["seated"]) <= set(look["aliases"])
        assert look["nobody's"] == []
        for what in ("aliases", "holders", "accounts", "seated"):
            assert [n for n, often in Counter(look[what]).items() if often > 1] == [], what
