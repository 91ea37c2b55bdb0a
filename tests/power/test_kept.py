"""What stays known between runs."""

import datetime as dt

from assistant.config import load
from assistant.power import kept
from assistant.power.attribution import Baseline, Window
from assistant.power.kept import Day, Kept
from assistant.power.ledger import Book, Ledger
from assistant.power.meter import Energy, Meter
from tests.power.test_attribution import Machine

MONDAY = dt.date(2026, 3, 2)


def ledger(machine, path, day=lambda: MONDAY):
    meter = Meter(machine, lambda: machine.now, lambda: machine.now)
    known = kept.read(path)
    baseline = Baseline(begun_with=known.idle.get("simulated"))
    book = Book(known, day, path)
    return Ledger(
        meter, lambda _: baseline, lambda: machine.busy, machine.times, book=book
    ), baseline


def test_the_days_add_up_over_runs(tmp_path):
    path = tmp_path / "energy.json"
    total = 0.0
    for run in range(3):
        machine = Machine(run)
        made, _ = ledger(machine, path)
        made.wait()
        for _ in range(10):
            machine.run(60, ears=1.0)
            made.wait()
            machine.run(2, hear=0.5)
            made.turn()
        made.close()
        total += machine.joules
    day = kept.read(path).days["2026-03-02"]
    assert day.turns == 30 and abs(day.seconds - 1860) < 1
    assert abs(day.all - total) < 0.001 * total
    assert 0 < day.in_turns < day.waiting and not day.estimated and not day.whole
    assert (path.stat().st_mode & 0o777) == 0o600


def test_the_idle_watts_of_the_last_run_count_until_this_one_knows_better(tmp_path):
    path = tmp_path / "energy.json"
    machine = Machine(1)
    made, baseline = ledger(machine, path)
    assert baseline.idle_watts() is None
    made.wait()
    for number in range(12):
        machine.run(60, others=60 * (0.3 + number / 10))  # never idle: seen through
        made.wait()
    made.close()
    learned = kept.read(path).idle["simulated"]
    assert abs(learned - 3.0) < 0.1
    _, again = ledger(Machine(2), path)
    assert again.idle_watts() == learned
    again.add(Window(Energy(60, 60 * 9.0, 0), 60.0, {}))
    assert again.idle_watts() == learned  # a busy minute is no news
    again.add(Window(Energy(60, 60 * 2.0, 0), 0.0, {}))
    assert again.idle_watts() == 2.0


def test_old_days_go_and_damage_loses_only_these_figures(tmp_path):
    held = Kept()
    for number in range(100):
        kept.add(held, MONDAY + dt.timedelta(days=number), Day(turns=1))
    assert len(held.days) == kept.DAYS and min(held.days) == "2026-04-11"
    path = tmp_path / "energy.json"
    path.write_text("{half a")
    assert kept.read(path) == Kept()
    kept.write(held, tmp_path)  # a folder: cannot be written


def test_what_the_battery_taught_calibrates_the_estimate_on_the_mains(tmp_path):
    path = tmp_path / "energy.json"
    machine = Machine(1)
    machine.name = "battery"
    made, _ = ledger(machine, path)
    made.wait()
    for number in range(12):
        machine.run(60, others=60 * (0.1 + number / 20))
        made.wait()
    made.close()
    settings = load().config.power
    found = kept.calibrated(settings, kept.read(path))
    assert abs(found.idle_watts - 3.0) < 0.1 and abs(found.core_watts - 6.0) < 0.1
    own = load(["power.idle_watts=2"]).config.power
    assert kept.calibrated(own, kept.read(path)) == own  # the user knows better
    assert kept.calibrated(settings, Kept(idle={"rapl": 1.0}, core={"rapl": 4.0})) == settings
