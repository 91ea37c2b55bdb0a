"""Whose energy it was, against a machine whose truth is known."""

import random
import time
from contextlib import closing

import pytest

from assistant.power.accelerator import Accelerator
from assistant.power.attribution import Baseline, Window, share
from assistant.power.ledger import Ledger
from assistant.power.meter import BestMeter, Energy, Meter
from assistant.power.reading import Reading, SensorError
from assistant.power.sensors.estimate import busy_seconds
from assistant.power.sensors.rapl import Rapl
from assistant.power.turn_meter import LAPSE, TurnMeter
from assistant.types import TurnTrace
from tests.machines import unpack, write

IDLE, CORE = 3.0, 6.0  # watts
TRACE = TurnTrace("1", "", "text", "answered", "en", (), {}, None, 0.0, 0.0)


class Machine:
    """A machine that idles at 3 W and needs 6 W more for each busy core, behind a meter that counts
    in steps of 61 µJ and is read a little late."""

    name, covers, estimated = "simulated", "processor", False

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.now = 1000.0
        self.slept = 0.0
        self.joules = self.busy = 0.0
        self.mine = {}
        self.silent = False

    def run(self, seconds, others=0.0, **mine):
        """others, mine: processor seconds."""
        self.now += seconds
        self.busy += others + sum(mine.values())
        self.joules += IDLE * seconds + CORE * (others + sum(mine.values()))
        for name, spent in mine.items():
            self.mine[name] = self.mine.get(name, 0.0) + spent

    def sleep(self, seconds, joules):
        self.slept += seconds
        self.joules += joules

    def unavailable(self):
        return ""

    def read(self):
        if self.silent:
            raise SensorError("silent")
        late = self.chance.uniform(0, 0.001) * IDLE
        step = 61e-6
        return Reading(int((self.joules + late) / step) * step, None, 0.0, step)

    def times(self):
        return {n: (name, spent) for n, (name, spent) in enumerate(self.mine.items())}

    def ledger(self):
        clock = lambda: self.now  # noqa: E731
        meter = Meter(self, clock, lambda: self.now + self.slept)
        return Ledger(meter, lambda _: Baseline(), lambda: round(self.busy, 2), self.times)


def test_a_day_of_turns_adds_up_to_the_meter_and_ours_to_the_truth():
    """Within 3 %: each stage's share, and the waiting, though others work meanwhile and nobody told
    what the idle machine needs. The first ten turns are left out: in them it is being learned."""
    machine = Machine(1)
    ledger, chance = machine.ledger(), random.Random(2)
    ledger.wait()
    stages, truth, waited, started, total = (
        {},
        {"hear": 0.0, "think": 0.0, "ears": 0.0},
        0.0,
        0.0,
        0.0,
    )
    for number in range(130):
        if number == 10:
            stages, truth, waited = {}, {"hear": 0.0, "think": 0.0, "ears": 0.0}, 0.0
            started, total = machine.joules, 0.0
        waiting = chance.uniform(20, 300)
        machine.run(waiting, others=chance.uniform(0, 0.3) * waiting, ears=0.02 * waiting)
        ledger.wait()
        hear, think = chance.uniform(0.1, 0.5), chance.uniform(0, 2)
        truth["hear"] += CORE * hear
        truth["think"] += CORE * think
        truth["ears"] += CORE * 0.02 * waiting
        machine.run(chance.uniform(1, 5), others=chance.uniform(0, 1), hear=hear, think=think)
        turn = ledger.turn()
        total += turn["joules"] + turn["machine"] + turn["others"] + turn["waited"]["all"]
        for name, joules in turn["stages"].items():
            stages[name] = stages.get(name, 0.0) + joules
        waited += turn["waited"]["joules"]
    assert stages["transcribe"] == pytest.approx(truth["hear"], rel=0.03)
    assert stages["think"] == pytest.approx(truth["think"], rel=0.03)
    assert waited == pytest.approx(truth["ears"], rel=0.03)
    assert total == pytest.approx(machine.joules - started, rel=0.001)


class Gauge(Machine):
    """A laptop's battery: counted in steps of 36 J every fifteen seconds, 1 % too little, and told
    with the watts of a moment that swing; a busy core takes more than its share when it is hot."""

    def __init__(self, seed):
        super().__init__(seed)
        self.counted, self.at, self.before, self.watts = 0.0, 0.0, (1000.0, 0.0), IDLE

    def run(self, seconds, others=0.0, **mine):
        super().run(seconds, others, **mine)
        load = (others + sum(mine.values())) / seconds
        self.joules += 0.8 * load**1.5 * seconds  # it clocks higher, at more volts
        if self.now - self.at >= 15:
            self.at, self.counted = self.now, int(0.99 * self.joules / 36) * 36.0
        at, joules = self.before
        self.watts = (self.joules - joules) / (self.now - at) * self.chance.uniform(0.97, 1.03)
        self.before = self.now, self.joules

    def read(self):
        return Reading(self.counted, self.watts, 0.05, 36.0)


def test_a_coarse_gauge_that_lags_is_agreed_with_over_a_day():
    """All that is told of turns and of the waiting between them, beside what was used: within
    3 %, though no turn takes as much as ten steps, and the watts of its end are no mean."""
    machine = Gauge(4)
    ledger, chance, told = machine.ledger(), random.Random(5), 0.0
    ledger.wait()
    for _ in range(200):
        for _ in range(chance.randint(1, 5)):  # a look a minute
            machine.run(60, others=chance.uniform(0, 18), ears=0.3)
            ledger.wait()
        machine.run(chance.uniform(2, 6), hear=chance.uniform(0.1, 0.5), think=chance.uniform(0, 3))
        turn = ledger.turn()
        told += turn["joules"] + turn["machine"] + turn["others"] + turn["waited"]["all"]
    assert told == pytest.approx(machine.joules, rel=0.03)


def test_the_shares_of_a_window_are_what_the_meter_counted():
    chance = random.Random(3)
    for _ in range(500):
        seconds, joules = chance.uniform(0.1, 100), chance.uniform(0, 1000)
        mine = {name: chance.uniform(0, 5) for name in chance.sample(["hear", "x", "speak"], 2)}
        window = Window(Energy(seconds, joules, 0), chance.uniform(0, 20), mine)
        found = share(window, chance.uniform(0, 10))
        assert found.machine + found.others + found.ours == pytest.approx(joules)
        assert min(found.machine, found.others, found.ours) >= -1e-9


def test_nothing_is_ours_when_we_did_nothing():
    found = share(Window(Energy(10, 80, 0), 5.0, {}), 3.0)
    assert (found.machine, found.others, found.ours) == (30, 50, 0)


def test_the_time_in_which_the_machine_slept_is_nobodys():
    machine = Machine(1)
    ledger = machine.ledger()
    ledger.wait()
    machine.run(10, ears=0.2)
    ledger.wait()
    machine.sleep(3600, joules=900)
    machine.run(10, ears=0.2)
    ledger.wait()
    machine.run(1, hear=0.5)
    turn = ledger.turn()
    assert turn["waited"]["joules"] < 3
    assert turn["stages"]["transcribe"] == pytest.approx(3.0, rel=0.1)


def test_a_silent_meter_leaves_the_trace_without_energy_and_works_again():
    machine = Machine(1)
    ledger = machine.ledger()
    ledger.wait()
    machine.run(60)
    ledger.wait()
    machine.silent = True
    machine.run(3, hear=1)
    assert ledger.turn() == {}
    machine.silent = False
    ledger.wait()
    machine.run(3, hear=1)
    assert ledger.turn()["joules"] > 0


def test_a_machine_that_is_never_idle_is_seen_through():
    """The least that was seen is 9 W; the line through power and load ends at 3 W."""
    baseline = Baseline()
    for busy in [1.0, 1.2, 1.5, 1.9, 1.1, 1.7, 1.3, 1.6]:
        baseline.add(Window(Energy(60, 60 * (IDLE + CORE * busy), 0), 60 * busy, {}))
    assert baseline.idle_watts() == pytest.approx(IDLE)


def test_the_least_that_was_seen_counts_while_little_was_seen():
    baseline = Baseline()
    assert baseline.idle_watts() is None
    for watts in (5.0, 4.0, 6.0):
        baseline.add(Window(Energy(10, 10 * watts, 0), 1.0, {}))
    assert baseline.idle_watts() == 4.0
    assert Baseline(2.5).idle_watts() == 2.5


def test_watts_are_summed_up_between_looks():
    class Watts(Machine):
        watts = 4.0

        def read(self):
            return Reading(None, self.watts, 0.01)

    machine = Watts(1)
    meter = Meter(machine, lambda: machine.now, lambda: machine.now)
    assert meter.take() is None
    machine.now += 10
    machine.watts = 6.0
    energy = meter.take()
    assert (energy.joules, energy.error) == (pytest.approx(50), pytest.approx(10.5))


def test_a_coarse_counter_leaves_short_times_to_the_watts():
    class Coarse(Machine):
        held = 0.0

        def read(self):
            return Reading(self.held, 5.0, 0.05, 36.0)

    machine = Coarse(1)
    meter = Meter(machine, lambda: machine.now, lambda: machine.now)
    meter.take()
    machine.now += 2
    assert meter.take().joules == pytest.approx(10)
    machine.now += 600
    machine.held = 3096.0
    assert meter.take().joules == pytest.approx(3096)


def test_the_trace_of_a_turn_holds_its_energy(tmp_path):
    """With real threads, on the recorded counters of a laptop."""
    root = unpack("thinkpad-power", tmp_path)
    counter = "sys/class/powercap/intel-rapl:0/energy_uj"

    def load():
        meter = Meter(Rapl(root), time.monotonic, time.monotonic)
        return Ledger(meter, lambda _: Baseline(0.01), lambda: busy_seconds(root))

    with closing(TurnMeter(load)) as meter:
        assert meter.measured(TRACE).energy == {}  # it was not called
        meter.called()
        meter.called()  # the same turn
        meter._worker.start(lambda _: write(root, counter, "262143020000")).result()
        until = time.process_time() + 0.05
        while time.process_time() < until:
            pass
        energy = meter.measured(TRACE).energy
    assert energy["meter"] == "rapl" and not energy["estimated"]
    total = energy["joules"] + energy["machine"] + energy["others"]
    assert total == pytest.approx(0.02, abs=0.002)
    assert energy["processor"]["turn"] >= 0.05


def test_without_a_meter_nothing_is_done():
    meter = TurnMeter(None)
    meter.called()
    meter.tick(1e9)
    assert meter.measured(TRACE) is TRACE
    meter.close()


class Watts(Machine):
    """A meter that knows only the power of the moment: a Jetson's, a Pi 5's."""

    watts = IDLE

    def run(self, seconds, others=0.0, **mine):
        super().run(seconds, others, **mine)
        self.watts = IDLE + CORE * (others + sum(mine.values())) / seconds

    def read(self):
        return Reading(None, self.watts, 0.01)


@pytest.mark.parametrize("sampled", [True, False])
def test_a_turn_is_seen_by_a_meter_of_power_only_if_it_is_sampled(sampled):
    machine = Watts(1)
    ledger = machine.ledger()
    ledger.wait()
    told = truth = 0.0
    for _ in range(50):
        machine.run(30)
        ledger.wait()
        for seconds in (0.5, 0.5, 0.5, 0.5):
            machine.run(seconds, hear=0.6 * seconds)
            if sampled:
                ledger.sample()
        truth += CORE * 1.2
        machine.run(0.1)  # it is over
        told += ledger.turn()["stages"]["transcribe"]
    assert (told == pytest.approx(truth, rel=0.2)) == sampled


def test_a_counter_is_not_sampled():
    machine = Machine(1)
    ledger = machine.ledger()
    ledger.wait()
    machine.run(10, hear=1)
    ledger.sample()
    machine.run(10, hear=1)
    assert not ledger.only_power
    assert ledger.turn()["seconds"] == 20


def test_counters_that_were_reset_in_the_sleep_add_nothing():
    """RAPL begins at nothing again after a suspend: that looks like 262 kJ, or like 5."""
    machine = Machine(1)
    meter = Meter(machine, lambda: machine.now, lambda: machine.now + machine.slept)
    meter.take()
    machine.sleep(3600, joules=200_000)
    machine.run(10)
    slept = meter.take()
    assert not slept.whole and slept.joules == 0
    machine.run(10)
    assert meter.take().joules == pytest.approx(IDLE * 10, rel=0.01)


def test_a_battery_counts_on_while_the_machine_sleeps():
    machine = Machine(1)
    machine.covers = "battery"
    meter = Meter(machine, lambda: machine.now, lambda: machine.now + machine.slept)
    meter.take()
    machine.sleep(3600, joules=900)
    machine.run(10)
    slept = meter.take()
    assert not slept.whole and slept.joules == pytest.approx(930, rel=0.01)


def test_the_meter_changes_with_the_power_source():
    """A battery tells nothing while it is charged: the processor's counter does, until then."""
    battery, processor = Machine(1), Machine(2)
    battery.name, battery.covers = "battery", "battery"
    battery.unavailable = lambda: "plugged in" if battery.silent else ""
    now = lambda: processor.now  # noqa: E731
    meter = BestMeter([battery, processor], now, now)
    ledger = Ledger(meter, lambda _: Baseline(), lambda: processor.busy, processor.times)

    def turn():
        for machine in (battery, processor):
            machine.run(60)
        ledger.wait()
        for machine in (battery, processor):
            machine.run(2, hear=1)
        return ledger.turn()

    ledger.wait()
    assert turn()["meter"] == "battery"
    battery.silent = True
    turn()  # nobody measured this one's beginning
    assert turn()["meter"] == "simulated"
    battery.silent = False
    turn()
    last = turn()
    assert last["meter"] == "battery" and last["joules"] == pytest.approx(CORE, rel=0.1)


class Card:
    """A graphics card that idles at 4 W and takes 50 W more while it works, by its own meter."""

    name, covers, estimated = "card", "graphics", False

    def __init__(self, machine):
        self.machine, self.worked, self.began = machine, 0.0, machine.now

    def read(self):
        joules = 4.0 * (self.machine.now - self.began) + 50.0 * self.worked
        return Reading(joules, None, 0.0)


@pytest.mark.parametrize("measured", [True, False])
def test_what_a_graphics_card_takes_is_that_of_the_stage_that_works_on_it(measured):
    """With a meter of the card, and without one: then it is what the processors do not explain.
    The thread that waits for the card takes hardly any processor time."""
    machine, chance = Machine(6), random.Random(7)
    machine.covers = "machine"
    card = Card(machine)
    clock = lambda: machine.now  # noqa: E731
    accelerator = Accelerator(
        ["think"], Meter(card, clock, clock) if measured else None, lambda _: card.worked
    )
    ledger = Ledger(
        Meter(machine, clock, clock), lambda _: Baseline(), lambda: machine.busy, machine.times,
        accelerator=accelerator,
    )  # fmt: skip
    ledger.wait()
    told = {"think": 0.0, "transcribe": 0.0}
    truth = dict(told)
    total = before = 0.0
    for number in range(60):
        for _ in range(3):
            seconds = chance.uniform(20, 60)
            machine.joules += 4.0 * seconds
            machine.run(seconds, others=chance.uniform(0, 0.5) * seconds)
            ledger.wait()
        hear, think = chance.uniform(0.2, 0.5), chance.uniform(0.5, 2)
        machine.joules += 4.0 * 3 + 50.0 * think
        card.worked += think
        machine.run(3, others=chance.uniform(0, 1), hear=hear, think=0.05 * think)
        turn = ledger.turn()
        if number < 10:
            before = machine.joules
            continue
        total += turn["joules"] + turn["machine"] + turn["others"] + turn["waited"]["all"]
        for stage in told:
            told[stage] += turn["stages"][stage]
        truth["think"] += (50.0 + 0.05 * CORE) * think
        truth["transcribe"] += CORE * hear
    assert total == pytest.approx(machine.joules - before, rel=0.001)
    assert told == pytest.approx(truth, rel=0.03 if measured else 0.1)


def test_a_call_that_comes_to_nothing_is_waiting():
    """Nobody spoke after the wake word: what follows does not belong to the next turn."""
    machine = Machine(1)
    with closing(TurnMeter(machine.ledger)) as meter:
        settle = lambda: meter._worker._thread.submit(lambda: None).result()  # noqa: E731
        meter.tick(100.0)
        meter.called()
        settle()
        machine.run(3600, ears=36.0)
        meter.tick(100.0 + LAPSE + 1)
        settle()
        meter.called()
        settle()
        meter.begun()
        machine.run(2, hear=1)
        energy = meter.measured(TRACE).energy
    assert energy["seconds"] == 2
    assert energy["waited"]["seconds"] == 3600


class Counting:
    """A ledger that notes when it is asked for what."""

    def __init__(self, only_power):
        self.only_power, self.waits, self.samples = only_power, 0, 0

    def wait(self):
        self.waits += 1

    def sample(self):
        self.samples += 1

    def turn(self):
        return {"joules": 1.0}

    def close(self):
        pass


@pytest.mark.parametrize(("only_power", "waiting", "in_turn"), [(True, 12, 8), (False, 0, 0)])
def test_how_often_a_meter_is_looked_at(only_power, waiting, in_turn):
    """Once a minute; one that knows only power every ten seconds, and twice a second in a turn."""
    ledger = Counting(only_power)
    with closing(TurnMeter(lambda: ledger)) as meter:
        settle = lambda: meter._worker._thread.submit(lambda: None).result()  # noqa: E731

        def pass_by(seconds, now):
            for tick in range(seconds * 4):
                meter.tick(now + tick / 4)
                settle()
            return now + seconds

        now = pass_by(1, 1000.0)  # it is loaded, and tells what it is
        ledger.waits = ledger.samples = 0
        now = pass_by(120, now)
        assert ledger.waits == 2 and abs(ledger.samples - waiting) <= 1
        ledger.samples = 0
        meter.begun()
        now = pass_by(4, now)
        assert abs(ledger.samples - in_turn) <= 1
        assert meter.measured(TRACE).energy == {"joules": 1.0}
        ledger.samples = 0
        pass_by(1, now)
        assert ledger.samples == bool(only_power)  # soon after it


def test_what_sensors_hold_open_is_closed():
    machine, closed = Machine(1), []
    machine.close = lambda: closed.append(True)
    now = lambda: machine.now  # noqa: E731
    meter = BestMeter([machine], now, now)
    Ledger(meter, lambda _: Baseline(), lambda: 0.0, dict).close()
    assert closed == [True]
