"""Recordings survive what happens to files and programs; figures come with how sure they are."""

import random
import sys
import time
from dataclasses import replace

import pytest

from assistant.config import load
from assistant.errors import StorageError
from assistant.power import statistics
from assistant.power.meter import Meter
from assistant.power.periods import Periods
from assistant.power.reading import Reading
from assistant.power.recording import Recorder, Recording, Step, mark, read
from assistant.power.statistics import Interval
from assistant.types import TurnTrace


class Sensor:
    name, covers, estimated = "plug", "machine", False
    joules = 0.0

    def unavailable(self):
        return ""

    def read(self):
        return Reading(self.joules, None, 0.02)


class Bench:
    """A recorder on a clock of the test's own."""

    def __init__(self, path):
        self.sensor, self.now, self.slept = Sensor(), 0.0, 0.0
        self.path = path
        self.start()

    def start(self):
        meter = Meter(self.sensor, lambda: self.now, lambda: self.now + self.slept)
        self.recorder = Recorder(self.path, meter, lambda: 1e9 + self.now + self.slept)

    def run(self, seconds, watts, on=True):
        self.now += seconds
        self.sensor.joules += seconds * watts
        return self.recorder.step(on=on)


@pytest.fixture
def bench(tmp_path):
    return Bench(tmp_path / "power.jsonl")


def test_a_recording_goes_on_after_a_restart_and_a_power_cut(bench):
    bench.run(5, 4)
    with bench.path.open("ab") as file:
        file.write(b'{"at": 1000000005.0, "kind": "ener')  # the power was cut here
    bench.now += 100  # nobody measured meanwhile
    bench.start()
    bench.run(5, 6)
    mark(bench.path, "on battery", lambda: 1e9 + bench.now)
    found = read(bench.path)
    assert [(s.seconds, round(s.watts, 6)) for s in found.steps] == [(5, 4), (5, 6)]
    assert (found.meter, found.seconds, found.joules) == ("plug", 10, 50)
    assert [text for _, text in found.marks] == ["on battery"]
    assert bench.path.stat().st_mode & 0o777 == 0o600


def test_sleep_is_left_out(bench):
    bench.run(5, 4)
    bench.slept += 3600
    assert bench.run(5, 100) is None
    bench.run(5, 4)
    assert read(bench.path).joules == 40


def test_what_is_no_recording(tmp_path):
    path = tmp_path / "x"
    path.write_bytes(b'[1]\n\xff\n{"kind": "energy", "at": "x"}\n')
    with pytest.raises(StorageError, match="holds no recording"):
        read(path)
    with pytest.raises(StorageError, match="cannot be read"):
        read(tmp_path / "nowhere")


def noisy(watts, seed, minutes=60):
    chance = random.Random(seed)
    steps = [
        Step(1e9 + n * 60, 60, 60 * (watts + chance.gauss(0, 0.3)), 0.0) for n in range(minutes)
    ]
    return Recording("plug", "machine", False, steps)


def test_a_real_difference_is_told_from_noise():
    more = [statistics.compare(noisy(5.0, n), noisy(5.5, 100 + n)) for n in range(60)]
    assert all(found.sure for found in more)
    assert sum(found.low < 0.5 < found.high for found in more) >= 52  # 57 are expected
    wrong = sum(statistics.compare(noisy(5, n), noisy(5, 100 + n)).sure for n in range(60))
    assert wrong <= 8  # of 60 comparisons of the same, one in twenty is expected to be taken in


def test_a_few_minutes_prove_nothing():
    assert not statistics.compare(noisy(5, 1, 2), noisy(9, 2, 2)).sure


def test_our_own_share_is_seen_through_a_drift_of_the_machine():
    """The machine's own power rises from 4 to 8 W; ours is 0.5 W."""
    steps = []
    for n in range(400):
        on = n // 10 % 2 == 1
        steps.append(Step(1e9 + n * 60, 60, 60 * (4 + n / 100 + 0.5 * on), 0.0, on))
    own = statistics.own_share(Recording("plug", "machine", False, steps))
    assert own.value == pytest.approx(0.5, abs=0.11)  # half a period of drift is left
    assert statistics.own_share(noisy(5, 1)) is None


def test_hours_of_battery_by_use():
    known = Interval(5.0, 4.0, 6.0)
    lasts = statistics.hours(50 * 3600, known, Interval(60.0, 50.0, 70.0))
    assert lasts["light"].value == pytest.approx(50 / (5 + 5 * 60 / 3600))
    assert lasts["heavy"].low < lasts["heavy"].value < lasts["heavy"].high
    assert lasts["heavy"].value < lasts["normal"].value < lasts["light"].value


def turn(**energy):
    return TurnTrace(
        "1", "2026-11-26T10:00:00+00:00", "text", "answered", "en", (), {}, None, 0, 0,
        energy=energy,
    )  # fmt: skip


def test_what_turns_took_is_not_counted_as_waiting():
    """Four minutes at 3 W and 60 J of turns, then as long without us, at 1 W."""
    on = [Step(60.0 * n, 60.0, 180.0 + 15, 0.0, True) for n in range(1, 5)]
    off = [Step(60.0 * n, 60.0, 60.0, 0.0, False) for n in range(5, 9)]
    turns = [turn(joules=20.0) for _ in range(3)]
    found = statistics.waiting(Recording("m", "machine", False, [*on, *off]), turns)
    assert (found.value, found.low, found.high) == pytest.approx((3.0, 3.0, 3.0))


def test_energy_by_stage():
    turns = [
        turn(joules=3.0, stages={"transcribe": 2.0, "route": 1.0}, waited={"joules": 5.0}),
        turn(joules=2.0, stages={"transcribe": 2.0}, waited={"joules": 1.0}),
        turn(),  # from before there was a meter
    ]
    found = statistics.by_stage(turns)
    assert found == {"transcribe": 4.0, "route": 1.0, "waiting": 6.0}
    assert statistics.per_command(turns).value == 2.5
    assert statistics.per_command([turn()]) is None


def test_on_and_off_take_turns(tmp_path):
    alive = tmp_path / "alive"
    code = f"import pathlib, time; pathlib.Path({str(alive)!r}).touch(); time.sleep(60)"
    with Periods([sys.executable, "-c", code], 10) as periods:
        assert [periods.on(t) for t in (100, 105, 109.9)] == [False, False, False]
        assert periods.on(110) and periods.on(119)
        running = periods._running
        until = time.monotonic() + 30
        while not alive.exists() and time.monotonic() < until:
            time.sleep(0.02)
        assert alive.exists() and running.poll() is None
        assert not periods.on(121)
        assert running.poll() is not None
        assert periods.on(131)
        running = periods._running
    assert running.poll() is not None  # leaving ends it


def test_without_a_program_all_is_on():
    with Periods([], 10) as periods:
        assert periods.on(0) and periods.on(1000)


def drifting(watts, seed, minutes=240):
    """A machine whose own power wanders, as its screen and its fan do."""
    chance, wander, steps = random.Random(seed), 0.0, []
    for n in range(minutes * 4):
        wander = 0.995 * wander + chance.gauss(0, 0.03)
        steps.append(Step(1e9 + 15 * n, 15, 15 * (watts + wander + chance.gauss(0, 0.2)), 0.0))
    return Recording("plug", "machine", False, steps)


def test_what_wanders_is_no_difference():
    """Minutes side by side would take half of these for one: neighbours are alike."""
    assert statistics.independent(drifting(5, 1).steps) > 60
    assert statistics.independent(noisy(5, 1).steps) == 60
    wrong = sum(statistics.compare(drifting(5, n), drifting(5, 100 + n)).sure for n in range(40))
    assert wrong <= 8
    assert statistics.compare(drifting(5, 1), drifting(8, 2)).sure


def test_our_own_share_is_compared_by_itself():
    """The machine of B needs a watt more; we need half a watt less in it."""

    def day(machine, ours):
        steps = []
        for n in range(200):
            on = n // 10 % 2 == 1
            steps.append(Step(1e9 + n * 60, 60, 60 * (machine + ours * on), 0.0, on))
        return Recording("plug", "machine", False, steps)

    found = statistics.compare_own(day(4, 1.0), day(5, 0.5))
    assert found.value == pytest.approx(-0.5) and found.sure
    assert statistics.compare_own(noisy(5, 1), day(4, 1.0)) is None


def test_commands_are_compared_with_those_of_their_kind():
    def called(function, joules):
        return replace(turn(joules=joules), route={"kind": "intent", "function": function})

    a = [called("clock.time", 2.0), called("timers.start", 4.0)] * 5
    b = [called("clock.time", 1.0)] * 5 + [called("lights.on", 90.0)]
    found = statistics.compare_turns(a, b)
    assert (found.value, found.sure) == (pytest.approx(-1.0), True)
    assert statistics.compare_turns(a, [called("lights.on", 90.0)]) is None
    assert not statistics.compare_turns(a[:2], b).sure  # one pair proves nothing


def test_what_a_meter_may_be_wrong_by_widens_the_hours():
    wide = Interval(10.0, 9.9, 10.1).widened(0.5)
    assert (wide.low, wide.high) == (pytest.approx(5, abs=0.01), pytest.approx(15, abs=0.01))


def test_the_hours_of_a_battery_come_from_a_meter_of_the_whole_machine_only():
    from assistant.power.figures import of_recording

    limits = ["watts_idle=0.1", "joules_per_command=15", "first_audio_seconds=0.5"]
    budget = load([f"budget.{limit}" for limit in limits]).config.budget
    steps = [Step(1e9 + 60 * n, 60, 300.0, 15.0, n // 10 % 2 == 1) for n in range(60)]
    turns = [replace(turn(joules=20.0, stages={"think": 20.0}), first_audio_seconds=0.4)]
    plug = of_recording(Recording("plug", "machine", False, steps), turns, 180_000, budget)
    assert plug["battery, light use, h"]["value"] == pytest.approx(10, rel=0.02)
    assert plug["battery, light use, h"]["low"] < 9.7  # the meter says 5 %
    assert plug["budget of the profile for ours"] == "0.1, kept"
    assert plug["budget of the profile for a command"] == "15, broken"
    assert plug["to the first sound, s"] == 0.4
    assert plug["budget of the profile for the first sound"] == "0.5, kept"
    rapl = of_recording(Recording("rapl", "processor", False, steps), turns, 180_000, budget)
    assert not any("battery" in name for name in rapl)
