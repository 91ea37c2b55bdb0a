"""Each meter against trees of files as the kernel makes them."""

import sys
from pathlib import Path

import pytest

from assistant import config
from assistant.power.reading import Counter, Reading, SensorError
from assistant.power.sensors import best, known
from assistant.power.sensors.battery import Battery, full, left
from assistant.power.sensors.estimate import Estimate, busy_seconds
from assistant.power.sensors.hwmon import Hwmon, Ina3221
from assistant.power.sensors.nvml import Nvml
from assistant.power.sensors.programs import Program, pmic_watts, tegra_watts
from assistant.power.sensors.rapl import PerfRapl, Rapl
from assistant.power.sensors.together import Together
from tests.machines import unpack, write

RAPL = "sys/class/powercap/intel-rapl:0"
BATTERY = "sys/class/power_supply/BAT0"

PMIC = """\
   3V7_WL_SW_A current(0)=0.10000000A
   VDD_CORE_A current(7)=2.00000000A
   EXT5V_V volt(24)=5.15000000V
   3V7_WL_SW_V volt(8)=3.70000000V
   VDD_CORE_V volt(15)=0.90000000V
"""


@pytest.fixture
def settings():
    return config.load([]).config.power


def test_a_counter_begins_again_at_its_limit():
    counter = Counter(100)
    assert [counter.add(v) for v in (90, 98, 3, 3, 50)] == [0, 8, 13, 13, 60]


def test_a_counter_without_limit_was_reset():
    counter = Counter(None)
    assert [counter.add(v) for v in (90, 98, 3, 5)] == [0, 8, 11, 13]


def test_rapl_adds_package_and_memory_and_passes_its_limit(tmp_path):
    root = unpack("thinkpad-power", tmp_path)
    rapl = Rapl(root)
    assert rapl.unavailable() == "" and rapl.covers == "processor"
    assert rapl.read().joules == 0
    write(root, f"{RAPL}/energy_uj", "671150")  # 328,850 to the limit, and on from 0
    write(root, f"{RAPL}/intel-rapl:0:2/energy_uj", "7000000")
    assert rapl.read().joules == pytest.approx(1.0 + 2.0)


def test_the_platform_domain_holds_all_others(tmp_path):
    root = unpack("thinkpad-power", tmp_path)
    write(root, "sys/class/powercap/intel-rapl:1/name", "psys")
    write(root, "sys/class/powercap/intel-rapl:1/energy_uj", "10")
    rapl = Rapl(root)
    rapl.read()
    write(root, f"{RAPL}/energy_uj", "5")
    write(root, "sys/class/powercap/intel-rapl:1/energy_uj", "3000010")
    assert rapl.covers == "board"
    assert rapl.read().joules == pytest.approx(3)


def test_rapl_for_root_only_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr("os.access", lambda path, mode: False)
    assert "root only" in Rapl(unpack("thinkpad-power", tmp_path)).unavailable()


def test_no_rapl(tmp_path):
    assert Rapl(tmp_path).unavailable()
    assert "no perf event" in PerfRapl(tmp_path).unavailable()


def test_perf_is_opened_on_the_machine_itself_only(tmp_path):
    folder = "sys/bus/event_source/devices/power"
    write(tmp_path, f"{folder}/type", "9")
    write(tmp_path, f"{folder}/events/energy-pkg", "event=0x02")
    write(tmp_path, f"{folder}/events/energy-pkg.scale", "2.3283064365386962890625e-10")
    assert "machine itself" in PerfRapl(tmp_path).unavailable()


def test_perf_counts_or_says_why_not():
    perf = PerfRapl(Path("/"))
    if perf.unavailable():
        assert perf.unavailable().endswith(".")
        return
    first = perf.read().joules
    assert perf.read().joules >= first
    perf.close()


def test_a_battery_that_counts_energy(tmp_path):
    root = unpack("thinkpad-power", tmp_path)
    battery = Battery(root)
    assert battery.unavailable() == ""
    assert battery.read().watts == pytest.approx(7.2)
    write(root, f"{BATTERY}/energy_now", "30230000")
    assert battery.read().joules == pytest.approx(36)  # 10 mWh
    assert left(root) == pytest.approx(30.23 * 3600)
    assert full(root) == pytest.approx(48 * 3600)


def test_a_battery_that_counts_charge(tmp_path):
    for name, value in {
        "type": "Battery", "status": "Discharging", "charge_now": "2000000",
        "voltage_now": "11000000", "voltage_min_design": "11400000", "current_now": "-500000",
    }.items():  # fmt: skip
        write(tmp_path, f"{BATTERY}/{name}", value)
    battery = Battery(tmp_path)
    assert battery.read().watts == pytest.approx(5.5)  # the sign differs from driver to driver
    write(tmp_path, f"{BATTERY}/charge_now", "1999000")
    assert battery.read().joules == pytest.approx(0.001 * 11.4 * 3600)


def test_a_battery_being_charged_measures_nothing_and_goes_on_afterwards(tmp_path):
    root = unpack("thinkpad-power", tmp_path)
    battery = Battery(root)
    battery.read()
    write(root, f"{BATTERY}/status", "Charging")
    assert "plugged in" in battery.unavailable()
    with pytest.raises(SensorError):
        battery.read()
    write(root, f"{BATTERY}/energy_now", "40000000")
    write(root, f"{BATTERY}/status", "Discharging")
    assert battery.read().joules == 0  # what the charger gave is not what was used


def test_no_battery(tmp_path):
    assert Battery(tmp_path).unavailable() == "There is no battery."
    assert left(tmp_path) is None


@pytest.mark.parametrize(
    ("machine", "watts"),
    [
        ("orin-nano-power", 5.0),  # VDD_IN feeds the other rails
        ("agx-orin-power", 3.8 + 0.76 + 3.0 + 0.57),  # nothing feeds all; "NC" is not connected
        ("jetson-nano-power", 2.15),
    ],
)
def test_jetson_boards(tmp_path, machine, watts):
    sensor = Ina3221(unpack(machine, tmp_path))
    assert sensor.unavailable() == ""
    assert sensor.read().watts == pytest.approx(watts)


def test_other_hwmon_devices(tmp_path):
    write(tmp_path, "sys/class/hwmon/hwmon0/name", "power_meter")
    write(tmp_path, "sys/class/hwmon/hwmon0/power1_average", "61500000")
    write(tmp_path, "sys/class/hwmon/hwmon1/name", "coretemp")
    write(tmp_path, "sys/class/hwmon/hwmon2/name", "amdgpu")
    write(tmp_path, "sys/class/hwmon/hwmon2/power1_input", "9000000")
    meter, gpu = Hwmon.all(tmp_path)
    assert (meter.name, meter.covers, meter.read().watts) == ("hwmon-power_meter", "machine", 61.5)
    assert (gpu.covers, gpu.read().watts) == ("part", 9.0)


def test_the_rails_of_a_raspberry_pi_5():
    assert pmic_watts(PMIC) == pytest.approx(1.1451 * (0.37 + 1.8) + 0.5879)
    with pytest.raises(SensorError):
        pmic_watts('error=1 error_msg="Command not registered"')


def test_a_line_of_tegrastats():
    line = "RAM 1903/7620MB CPU [2%@729,off] cpu@48C VDD_IN 4712mW/4500mW VDD_SOC 1370mW/1365mW"
    assert tegra_watts(line) == pytest.approx(4.712)
    assert tegra_watts("RAM 1/2MB POM_5V_IN 2150/2200 POM_5V_GPU 0/0") == pytest.approx(2.15)
    with pytest.raises(SensorError):
        tegra_watts("RAM 1903/7620MB")


def test_a_program_of_the_users():
    assert Program([sys.executable, "-c", "print('power: 12.5 W')"], "W").read().watts == 12.5
    counted = Program([sys.executable, "-c", "print(0.5)"], "Wh")
    assert (counted.read().joules, counted.read().joules) == (0, 0)
    with pytest.raises(SensorError, match="failed with 3"):
        Program([sys.executable, "-c", "raise SystemExit(3)"], "W").read()
    with pytest.raises(SensorError, match="no number"):
        Program([sys.executable, "-c", "print('none')"], "W").read()
    assert "no program" in Program(["no-such-meter"], "W").unavailable()


class Cards:
    """NVML's functions, for two cards."""

    def __init__(self, counts):
        self.counts = counts
        self.used = [0, 0]

    def nvmlInit(self):
        pass

    def nvmlDeviceGetCount(self):
        return 2

    def nvmlDeviceGetHandleByIndex(self, n):
        return n

    def nvmlDeviceGetPowerUsage(self, card):
        return 10_000  # mW

    def nvmlDeviceGetTotalEnergyConsumption(self, card):
        if not self.counts:
            raise RuntimeError("Not Supported")
        self.used[card] += 1500  # mJ
        return self.used[card]


def test_graphics_cards():
    new, old = Nvml(Path("/"), Cards(True)), Nvml(Path("/"), Cards(False))
    new.read()
    assert (new.read().joules, new.read().watts) == (pytest.approx(3), 20)
    assert (old.read().joules, old.read().watts) == (None, 20)


def test_the_estimate_is_called_one(tmp_path, settings):
    now = [0.0]
    write(tmp_path, "proc/stat", "cpu  1000 0 500 90000 200 0 10 0 0 0")
    estimate = Estimate(tmp_path, lambda: now[0], idle=2.0, core=3.0)
    assert estimate.read().joules == 0
    now[0] = 10.0
    write(tmp_path, "proc/stat", "cpu  1400 0 600 91000 200 0 10 0 0 0")  # 5 s of work
    assert estimate.read().joules == pytest.approx(2.0 * 10 + 3.0 * 5)
    assert estimate.estimated
    assert busy_seconds(tmp_path / "nowhere") is None


def test_what_measures_most_is_taken_first(tmp_path, settings):
    root = unpack("thinkpad-power", tmp_path)
    assert best(root, settings).name == "battery"
    write(root, f"{BATTERY}/status", "Full")
    assert best(root, settings).name == "rapl"
    empty = tmp_path / "empty"
    write(empty, "proc/stat", "cpu  1 0 1 1 1 0 0 0 0 0")
    assert best(empty, settings).name == "estimate"


def test_every_meter_that_does_not_work_says_why_in_a_sentence(tmp_path, settings):
    for sensor in known(tmp_path, settings):
        assert sensor.unavailable().endswith("."), sensor.name


class Card:
    """A graphics card that is there."""

    name, covers, estimated = "nvml", "graphics", False

    def __init__(self, told):
        self.told = told

    def unavailable(self):
        return ""

    def read(self):
        if self.told is None:
            raise SensorError("The card does not tell its power.")
        return Reading(self.told, None, 0.0, 0.0)

    def files(self):
        return []


def test_a_card_that_cannot_tell_its_power_leaves_the_processor_alone(tmp_path):
    rapl = Rapl(unpack("thinkpad-power", tmp_path))
    assert Together(rapl, Card(1.0)).unavailable() == ""
    assert Together(rapl, Card(None)).unavailable() == "The card does not tell its power."
