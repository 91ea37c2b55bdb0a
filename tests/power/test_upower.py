"""UPower on a system bus of its own, played by a mock: no battery is here."""

from pathlib import Path

import pytest

from assistant.config import load
from assistant.power.meter import Meter
from assistant.power.reading import SensorError
from assistant.power.sensors import best
from assistant.power.sensors.upower import LAG, UPower
from tests.bus import buses, no_buses  # noqa: F401 - fixtures

DEVICE = "/org/freedesktop/UPower/devices/DisplayDevice"
INTERFACE = "org.freedesktop.UPower.Device"
HERE = Path("/")


@pytest.fixture
def battery(buses):  # noqa: F811
    """Sets what UPower tells of the battery."""
    with buses.system.mock("org.freedesktop.UPower", DEVICE, INTERFACE) as upower:

        def tell(kind=2, state=2, present=True, energy=30.0, rate=7.2):
            told = {
                "Type": ("u", kind), "State": ("u", state), "IsPresent": ("b", present),
                "Energy": ("d", energy), "EnergyRate": ("d", rate),
            }  # fmt: skip
            if not known:
                upower.properties(INTERFACE, **told)
            known.update(told)
            upower._tell("UpdateProperties", "sa{sv}", INTERFACE, told)

        known = {}
        tell()
        yield tell


def test_energy_counts_down_and_power_is_told(battery):
    meter, now = UPower(HERE), [0.0]
    assert meter.unavailable() == ""
    meter = Meter(meter, lambda: now[0], lambda: now[0])
    assert meter.take() is None
    now[0] += 3600
    battery(energy=22.8)
    used = meter.take()
    assert used.joules == pytest.approx(7.2 * 3600)
    assert LAG * 7.2 < used.error < 0.08 * used.joules
    now[0] += 10
    assert meter.take().joules == pytest.approx(72)  # the counter is not that quick: by power


def test_charging_is_not_using(battery):
    meter = UPower(HERE)
    meter.read()
    battery(state=1, energy=40.0)
    assert "plugged in" in meter.unavailable()
    with pytest.raises(SensorError):
        meter.read()
    battery(energy=45.0)
    assert meter.read().joules == 0
    battery(energy=44.0)
    assert meter.read().joules == pytest.approx(3600)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"kind": 0}, "no battery"),
        ({"present": False}, "no battery"),
        ({"energy": 0.0, "rate": 0.0}, "only a percentage"),
    ],
)
def test_why_it_cannot_be_read(battery, told, said):
    battery(**told)
    assert said in UPower(HERE).unavailable()


def test_without_a_bus_or_on_another_machine(no_buses, tmp_path):  # noqa: F811
    assert "does not answer" in UPower(HERE).unavailable()
    assert "itself" in UPower(tmp_path).unavailable()


def test_it_is_the_best_where_the_files_are_not_seen(battery):
    found = best(HERE, load().config.power)
    assert found.name in {"upower", "battery", "ina3221"}
