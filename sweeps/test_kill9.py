"""kill -9 of the server: nothing that was acknowledged is lost, and nothing is there twice.

Real people over HTTP join a group, take a seat, say hello, answer, show a picture, change what they
said, and some erase their account; the web process is killed at chosen moments of those steps, and
started again on the same port.
"""

import itertools
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from holdspace.ledger.rehearsal import empty_databases
from sweeps.killed.house import House, Killer
from sweeps.killed.people import ANSWER, CHANGE, ERASE, JOIN, SAY, SEAT, SHOW, Person, Walk
from sweeps.killed.witness import CEILING

pytestmark = pytest.mark.process
SEED = 20_261_122
PEOPLE, AT_ONCE = 32, 6
KILLS_EACH, FEWEST_KILLS = 3, 7  # fewer than all only where the machine is very busy
AIMS = {
    JOIN: range(4, 30),
    SEAT: range(4, 28),
    SAY: range(4, 26),
    ANSWER: range(3, 24),
    SHOW: range(3, 24),
    CHANGE: range(3, 22),
    ERASE: range(1, 8),
}  # the how-manieth of each
WORDS = [
    ["Mossy", "Quiet", "Amber", "Early", "Silver", "Little", "Winter", "Copper"],
    ["Heron", "Bracken", "Lantern", "Pebble", "Harebell", "Kettle", "Lichen"],
]


class Told:
    """Everybody who came, and what the witness sees before and after the clock went on once."""

    def __init__(self, people, killer, before, finish, look):
        self.people, self.killer = people, killer
        self.before, self.finish, self.look = before, finish, look

    def who(self, step, how="told"):
        return [one for one in self.people if step in getattr(one, how)]


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    names = (" ".join(pair) for pair in itertools.product(*WORDS))
    people = [Person(name, n % 3 == 0, n % 9 > 0) for n, name in enumerate(names)][:PEOPLE]
    with empty_databases() as urls:
        house = House(tmp_path_factory.mktemp("killed"), urls)
        try:
            house.prepare()
            place = house.ask("begin")
            house.start()
            killer = Killer(house, SEED, AIMS, KILLS_EACH)
            with ThreadPoolExecutor(AT_ONCE) as crowd:
                list(crowd.map(lambda one: Walk(house, killer, place, one).go(), people))
            every = {
                "scopes": [scope for one in people for scope in one.scopes.values()],
                "cookies": [one.session for one in people if one.session],
            }
            before = house.ask("look", **every)
            finish = house.ask("finish")
            look = house.ask("look", **every)
        finally:
            house.stop()
    return Told(people, killer, before, finish, look)


def gone(told):
    """Those whose erasure is acknowledged, or turned out to have been begun."""
    living = set(told.look["living"])
    unsure = [one for one in told.who(ERASE, "lost") if one.session not in living]
    return [*told.who(ERASE), *unsure]


def test_the_server_was_killed_in_the_middle_of_it(told, capsys):
    assert told.killer.kills >= FEWEST_KILLS
    with capsys.disabled():
        for step in AIMS:
            counts = (len(told.who(step, how)) for how in ("told", "unanswered", "lost"))
            print("\n  {}: {} acknowledged, {} asked again, {} never told".format(step, *counts),
                  end="")  # fmt: skip
        print(
            f"\n  {told.killer.kills} kills; {told.finish['resumed']} erasures resumed later",
            end="",
        )
    assert any(one.unanswered or one.lost for one in told.people)


def test_every_acknowledged_join_is_one_member(told):
    there = Counter(told.look["aliases"])
    went = {one.alias for one in gone(told)}
    for one in told.who(JOIN):
        assert there[one.alias] == (one.alias not in went), one
    for one in told.who(JOIN, "lost"):
        assert there[one.alias] <= 1, one
    assert set(there) <= {one.alias for one in told.people}


def test_nobody_is_there_twice(told):
    for what in ("aliases", "holders", "accounts", "seated"):
        assert [n for n, often in Counter(told.look[what]).items() if often > 1] == [], what


def test_every_acknowledged_seat_is_one_seat(told):
    seated = Counter(told.look["seated"])
    went = {one.alias for one in gone(told)}
    for one in told.who(SEAT):
        assert seated[one.alias] == (one.alias not in went), one
    assert set(seated) <= set(told.look["aliases"])


def test_every_acknowledged_word_is_one_post(told):
    said = Counter(told.look["said"])
    went = {one.alias for one in gone(told)}
    for one in told.who(SAY):
        assert said[one.words] == (one.alias not in went), one
    assert [words for words, often in said.items() if often > 1] == []
    every = (
        words for one in told.people for words in (one.words, one.answer, one.better, one.seen)
    )
    assert set(said) <= set(every)
    assert told.look["posts"] == told.look["places"]
    assert told.look["drafts"] == 0


def test_every_acknowledged_answer_stands_once_in_its_newest_wording(told):
    said, earlier = Counter(told.look["said"]), Counter(map(tuple, told.look["earlier"]))
    went = {one.alias for one in gone(told)}
    for one in told.people:
        changes = earlier[one.answer, one.better]
        if one.alias in went:
            assert (said[one.answer], said[one.better], changes) == (0, 0, 0), one
        elif CHANGE in one.told:
            assert (said[one.answer], said[one.better], changes) == (0, 1, 1), one
        elif ANSWER in one.told:  # a change of which they were not told is whole or absent
            assert said[one.answer] + said[one.better] == 1, one
            assert said[one.better] == changes, one
        else:
            assert said[one.answer] <= 1, one
    assert sum(earlier.values()) <= len(told.people)


def test_every_acknowledged_picture_stands_once_beside_its_words(told):
    said, shown = Counter(told.look["said"]), Counter(told.look["shown"])
    went = {one.alias for one in gone(told)}
    for one in told.who(SHOW):
        assert (said[one.seen], shown[one.seen]) == ((0, 0) if one.alias in went else (1, 1)), one
    for one in told.people:
        assert shown[one.seen] == said[one.seen] <= 1, one


def test_the_ring_counts_what_is_there(told):
    for look in (told.before, told.look):
        assert look["taken"] == len(look["aliases"]) <= CEILING
        assert look["kept"] == 0


def test_what_is_erased_opens_nowhere_and_signs_nobody_in(told):
    for one in told.who(ERASE):  # at once, not only when the clock went on
        assert set(told.before["open"]).isdisjoint(one.scopes.values()), one
    still, living = set(told.look["open"]), set(told.look["living"])
    for one in gone(told):
        assert still.isdisjoint(one.scopes.values()), one
        assert one.session not in living, one


def test_an_erasure_of_which_nobody_was_told_is_whole_or_absent(told):
    assert told.finish["left"] == 0
    still, living = set(told.look["open"]), set(told.look["living"])
    for one in told.people:
        if one.session and one not in gone(told):
            assert still.issuperset(one.scopes.values()), one
            assert one.session in living, one
    assert told.look["nobody's"] == []


def test_every_chain_of_the_ledger_holds(told):
    assert told.look["broken"] == 0
