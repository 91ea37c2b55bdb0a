"""Memory that gets short: steps down, up again, and the plan before anything is loaded."""

from dataclasses import replace
from itertools import pairwise

from assistant.config import load
from assistant.power.conditions import KEPT_FREE, Reader, limit_mb, used_mb
from assistant.power.fitting import chosen, ladder, needed
from assistant.power.ladder import PATIENCE, RUNGS, SETTLE, Ladder, Memory
from assistant.power.standing import with_steps
from tests.machines import write

GIVES = {"caches": 40.0, "no_model": 190.0, "small_ears": 40.0, "plain_voice": 120.0}


class Machine:
    """What is used follows from the rungs that are taken; `others` leave less free."""

    def __init__(self, whole, budget, total=4000.0):
        self.ladder = Ladder(RUNGS, GIVES)
        self.whole, self.budget, self.total, self.others = whole, budget, total, 0.0
        self.now, self.most = 0.0, 0.0

    def used(self):
        return self.whole - sum(GIVES[step] for step in self.ladder.taken)

    def run(self, seconds):
        for _ in range(round(seconds / 2)):
            self.now += 2
            free = self.total - self.others - self.used()
            self.ladder.look(self.now, Memory(self.used(), self.budget, free, 150.0))
        return [step for step in RUNGS if step in self.ladder.taken]


def test_steps_are_taken_until_the_budget_is_kept_and_no_further():
    machine = Machine(500, 340)
    assert machine.run(SETTLE * 5) == ["caches", "no_model"]
    assert machine.used() < 340
    assert machine.run(600) == ["caches", "no_model"]  # nothing flaps


def test_they_are_taken_back_in_turn_when_there_is_room():
    machine = Machine(500, 0, total=1000)
    machine.others = 700
    assert machine.run(60) == list(RUNGS)
    machine.others = 0
    assert machine.run(PATIENCE + 4) == ["caches", "no_model", "small_ears"]
    assert machine.run(PATIENCE * 4) == []


def test_one_that_is_taken_back_in_vain_waits_longer_each_time():
    machine = Machine(500, 0, total=900)
    took = []
    for _ in range(60 * 60):
        machine.others = 0 if machine.ladder.taken else 300  # each time there is room, it goes
        before = len(machine.ladder.taken)
        machine.run(2)
        if len(machine.ladder.taken) > before:
            took.append(machine.now)
    waits = [b - a for a, b in pairwise(took)]
    assert waits[-1] > 4 * waits[0] and len(took) < 20


def test_the_system_that_waits_for_memory_counts_as_short():
    rungs = Ladder(RUNGS, GIVES)
    rungs.look(10.0, Memory(100, 0, 9000, 150, stalled=30))
    assert list(rungs.taken) == ["caches"]


def test_what_engines_need_while_they_work_counts_although_they_rest_now():
    rungs = Ladder(RUNGS, GIVES)
    resting = Memory(120, 500, 9000, 150, need=400)
    rungs.look(10.0, resting)
    assert rungs.taken == {}
    rungs.look(20.0, replace(resting, budget=420))
    assert list(rungs.taken) == ["caches"]
    for now in range(30, 300):  # there is room, but not for what would be needed
        rungs.look(now, replace(resting, budget=450))
    assert list(rungs.taken) == ["caches"]
    for now in range(300, 400):
        rungs.look(now, replace(resting, budget=550))
    assert rungs.taken == {}


def test_it_is_the_kernel_that_tells_how_long_tasks_waited(tmp_path):
    rungs = Ladder(RUNGS, GIVES)
    write(tmp_path, "proc/meminfo", "MemAvailable: 8000000 kB")
    reader = Reader(tmp_path, 0, 150, lambda: 0.0)
    rungs.look(10.0, reader.memory())
    assert rungs.taken == {}  # an old kernel does not tell
    told = "some avg10={} avg60=3.10 avg300=1.00 total=9\nfull avg10=99.00 avg60=0 avg300=0 total=1"
    for now, percent, steps in ((20.0, "9.90", []), (30.0, "10.50", ["caches"])):
        write(tmp_path, "proc/pressure/memory", told.format(percent))
        rungs.look(now, reader.memory())
        assert list(rungs.taken) == steps


def test_what_does_not_fit_is_planned_away_before_it_is_loaded(monkeypatch):
    monkeypatch.setattr("assistant.power.standing._there", lambda _: True)
    config = load(["stt.model_en=whisper-small.en"]).config
    whole = needed(chosen(config))
    assert not ladder(config, 0).taken and not ladder(config, whole * 1.2).taken
    for most in (800, 500, 400, 300):
        planned = ladder(config, most)
        after = needed(chosen(with_steps(config, list(planned.taken))))
        assert planned.taken and (after <= most or set(planned.taken) == set(planned.usable))
    tight = ladder(load(['governor.forbid=["plain_voice"]']).config, 200)
    assert "plain_voice" not in tight.taken and "no_model" in tight.taken


def test_there_is_no_step_for_what_is_not_there():
    config = load(["profile=minimal"]).config
    assert set(ladder(config, 0).usable) <= {"caches", "small_ears"}


def test_limits_of_both_versions_of_control_groups(tmp_path):
    two, one = tmp_path / "two", tmp_path / "one"
    write(two, "proc/self/cgroup", "0::/user/app")
    write(two, "sys/fs/cgroup/user/memory.max", "500000000")
    write(two, "sys/fs/cgroup/user/memory.current", "300000000")
    write(two, "sys/fs/cgroup/user/app/memory.max", "max")
    write(two, "sys/fs/cgroup/user/app/memory.current", "1")
    assert limit_mb(load().config, two) == 450
    write(one, "proc/self/cgroup", "5:cpu,memory:/app\n0::/")
    write(one, "sys/fs/cgroup/memory/app/memory.limit_in_bytes", "200000000")
    write(one, "sys/fs/cgroup/memory/app/memory.usage_in_bytes", "150000000")
    write(one, "sys/fs/cgroup/memory/app/memory.stat", "total_inactive_file 50000000")
    assert limit_mb(load().config, one) == 180
    assert limit_mb(load(["budget.memory_peak_mb=100"]).config, one) == 100
    from assistant.power.cgroup import free_mb

    assert free_mb(one) == 100 and free_mb(two) == 200
    assert limit_mb(load().config, tmp_path) == 0


def test_a_group_that_is_given_less_while_we_run_is_noticed(tmp_path):
    write(tmp_path, "proc/self/cgroup", "0::/app")
    write(tmp_path, "proc/meminfo", "MemAvailable: 8000000 kB")
    write(tmp_path, "sys/fs/cgroup/app/memory.current", "200000000")
    reader = Reader(tmp_path, 1000, 150, lambda: 0.0)

    def given(limit):
        write(tmp_path, "sys/fs/cgroup/app/memory.max", limit)
        return reader.memory()

    free = given("max")
    assert (free.budget, free.free, free.least_free) == (1000, 8000, 150)
    ample = given("2000000000")
    assert (ample.budget, ample.free, ample.least_free) == (1000, 1800, 150)
    less = given("400000000")
    # of a group that is ours alone a share stays free, not what a whole machine wants
    assert (less.budget, less.free, less.least_free) == (360, 200, KEPT_FREE * 400)
    # what this process itself holds is no matter here, and changes
    assert replace(given("2000000000"), used=ample.used) == ample


def test_what_we_use_is_counted_with_our_children():
    import subprocess
    import sys

    before = used_mb()
    code = "import time; held = bytearray(b'x' * 60_000_000); print(); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as child:
        child.stdout.readline()
        more = used_mb() - before
        child.kill()
    assert 55 < more < 90
