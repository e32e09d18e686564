"""The queue in one process, on a clock of our own."""

import datetime as dt

import pytest

from holdspace.kit import clock
from holdspace.ledger import events, queue, schedule, worker
from holdspace.ledger.acts import act
from holdspace.ledger.models import Chain, Pulse, Task

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 11, 20, 12, 0, tzinfo=dt.UTC)


@act
def note(*, chain, by):
    Chain.objects.create(id=chain)


@pytest.fixture
def tasks(monkeypatch):
    """A registry of this test's own, and the record of what was called."""
    monkeypatch.setattr(events, "_TASKS", {})
    monkeypatch.setattr(events, "_EVERY", {})
    monkeypatch.setattr(events, "_AFTER", {})
    return []


def seconds(count):
    return clock.at(START + dt.timedelta(seconds=count))


def test_a_listener_is_called_with_the_facts_and_its_row_goes(tasks):
    @events.after("house.opened")
    def listener(group, day):
        tasks.append((group, day))

    @act
    def open_house(*, by):
        events.announce("house.opened", group=3, day="2026-11-20")

    open_house(by="clock")
    assert worker.run_due() == 1
    assert tasks == [(3, "2026-11-20")]
    assert not Task.objects.exists()


def test_a_listeners_effect_and_its_row_go_together(tasks):
    @events.after("house.opened")
    def listener():
        note(chain=7, by="clock")
        if not tasks:
            tasks.append("failed once")
            raise RuntimeError

    with seconds(0):
        act(lambda *, by: events.announce("house.opened"))(by="clock")
        worker.run_due()
        assert not Chain.objects.exists()
        assert Task.objects.get().tries == 1
    with seconds(10):
        worker.run_due()
    assert Chain.objects.count() == 1
    assert not Task.objects.exists()


def test_a_leased_task_is_left_alone_until_its_lease_ends(tasks):
    listen(tasks)
    with seconds(0):
        held = queue.claim()
        assert queue.claim() is None
    with seconds(59):
        assert queue.claim() is None
        queue.renew(held)
    with seconds(61):
        assert queue.claim() is None
    with seconds(120):
        again = queue.claim()
    assert (again.id, again.tries) == (held.id, 2)


def test_who_lost_the_lease_does_nothing_more(tasks):
    listen(tasks)
    with seconds(0):
        slow = queue.claim()
    with seconds(61):
        quick = queue.claim()
        queue.perform(quick)
        queue.perform(slow)
    assert tasks == ["called"]


def listen(tasks):
    @events.after("house.opened")
    def listener():
        tasks.append("called")

    with seconds(0):
        act(lambda *, by: events.announce("house.opened"))(by="clock")


def test_pauses_grow_and_end():
    waits = [queue.pause(tries).total_seconds() for tries in (1, 2, 3, 20)]
    assert 4 <= waits[0] <= 6
    assert 16 <= waits[1] <= 24
    assert 64 <= waits[2] <= 96
    assert waits[3] <= 6 * 3600 * 1.2


def test_a_task_whose_code_is_gone_is_dropped_in_the_end(tasks):
    listen(tasks)
    events._TASKS.clear()
    events._AFTER.clear()
    moment = 0
    while Task.objects.exists():
        with seconds(moment):
            worker.run_due()
        moment += 8 * 3600
        assert moment < 90 * 8 * 3600
    assert tasks == []


def every(rhythm, tasks, fault=None):
    @events.every(rhythm)
    def tick():
        tasks.append(clock.now())
        if fault:
            raise fault


def test_a_clock_task_has_one_row_and_runs_once_a_slot(tasks):
    every("10m", tasks)
    with seconds(1):
        schedule.plant()
        schedule.plant()
        worker.run_due()
    assert len(tasks) == 1
    assert Task.objects.get().slot == "2026-11-20T12:10:00Z"
    with seconds(605):
        worker.run_due()
        worker.run_due()
    assert len(tasks) == 2


def test_missed_slots_are_passed_over(tasks):
    every("10m", tasks)
    with seconds(1):
        schedule.plant()
    with seconds(3 * 3600 + 1):
        worker.run_due()
    assert len(tasks) == 1
    assert Task.objects.get().slot == "2026-11-20T15:10:00Z"


def test_a_daily_task_first_runs_at_its_hour(tasks):
    every("day 03:00", tasks)
    with seconds(0):
        schedule.plant()
        worker.run_due()
    assert tasks == []
    with seconds(16 * 3600):
        worker.run_due()
    assert len(tasks) == 1


def test_a_clock_task_that_fails_gives_way_to_its_next_slot(tasks):
    every("day 03:00", tasks, RuntimeError("no"))
    with seconds(0):
        schedule.plant()
    for hour in (15, 16, 17, 18):
        with seconds(hour * 3600):
            worker.run_due()
    assert len(tasks) == 3
    task = Task.objects.get()
    assert (task.slot, task.tries) == ("2026-11-22T03:00:00Z", 0)


def test_rhythms_that_change_or_go_take_their_rows_along(tasks):
    every("week mon 03:00", tasks)
    with seconds(0):
        schedule.plant()
        events._EVERY[next(iter(events._EVERY))] = "10m"
        schedule.plant()
        assert Task.objects.get().due == START + dt.timedelta(minutes=10)
        events._EVERY.clear()
        schedule.plant()
    assert not Task.objects.exists()


def test_a_later_task_waits_for_its_moment(tasks):
    @events.later
    def send(letter):
        tasks.append(letter)

    @act
    def queue_letter(*, by):
        events.do_later(send, due=START + dt.timedelta(hours=1), letter=5)

    queue_letter(by="clock")
    with seconds(0):
        assert worker.run_due() == 0
    with seconds(3600):
        assert worker.run_due() == 1
    assert tasks == [5]


def test_the_pulse_tells_whether_a_worker_is_alive():
    assert not worker.alive()
    with seconds(0):
        worker.beat()
        worker.beat()
        assert worker.alive()
    with seconds(61):
        assert not worker.alive()
    assert Pulse.objects.count() == 1
