"""Against trees of files as the kernel makes them."""

import datetime as dt

import pytest

from assistant.power.power_supply import read
from tests.handlers.conftest import Device
from tests.machines import unpack, write

D = dt.timedelta

LAPTOP = {  # a ThinkPad on battery: energy in µWh, power in µW
    "type": "Battery",
    "present": "1",
    "status": "Discharging",
    "capacity": "63",
    "energy_full": "48000000",
    "energy_now": "30240000",
    "power_now": "10080000",
    "technology": "Li-poly",
}
CHARGE = {  # a Dell on the plug: charge in µAh, current in µA
    "type": "Battery",
    "present": "1",
    "status": "Charging",
    "capacity": "50",
    "charge_full": "4000000",
    "charge_now": "2000000",
    "current_now": "1000000",
    "voltage_now": "11400000",
}
MAINS = {"type": "Mains", "online": "1"}
MOUSE = {"type": "Battery", "scope": "Device", "capacity": "5", "status": "Discharging"}


@pytest.fixture
def tree(tmp_path):
    """Write a tree of power supplies."""

    def make(**supplies):
        folder = tmp_path / "sys/class/power_supply"
        for name, files in supplies.items():
            (folder / name).mkdir(parents=True)
            for file, text in files.items():
                (folder / name / file).write_text(f"{text}\n")
        return tmp_path

    return make


def test_a_battery_that_empties(tree):
    charge = read(tree(AC={**MAINS, "online": "0"}, BAT0=LAPTOP, hidpp_battery_0=MOUSE))
    assert (charge.percent, charge.flow, charge.time) == (63, "discharging", D(hours=3))


def test_a_battery_that_fills(tree):
    charge = read(tree(BAT0=CHARGE))
    assert (charge.percent, charge.flow, charge.time) == (50, "charging", D(hours=2))


def test_a_current_may_be_negative(tree):
    charge = read(tree(BAT0={**CHARGE, "status": "Discharging", "current_now": "-500000"}))
    assert charge.time == D(hours=4)


def test_two_batteries_are_told_as_one(tree):
    idle = {**LAPTOP, "status": "Not charging", "power_now": "0", "energy_now": "48000000"}
    charge = read(tree(BAT0=LAPTOP, BAT1={**idle, "capacity": "100"}))
    assert (charge.percent, charge.flow) == (82, "discharging")
    assert charge.time == D(hours=7, minutes=45)


@pytest.mark.parametrize(
    "change",
    [
        {"power_now": "0"},
        {"power_now": "100"},  # a month: no measurement
        {"power_now": ""},
        {"energy_now": "", "energy_full": ""},
    ],
)
def test_without_a_rate_there_is_no_time(tree, change):
    charge = read(tree(BAT0={**LAPTOP, **change}))
    assert (charge.percent, charge.time) == (63, None)


def test_percent_is_computed_where_the_driver_does_not_say_it(tree):
    files = {name: text for name, text in CHARGE.items() if name != "capacity"}
    assert read(tree(BAT0=files)).percent == 50


@pytest.mark.parametrize(("status", "flow"), [("Full", "full"), ("Unknown", "idle"), ("", "idle")])
def test_status(tree, status, flow):
    assert read(tree(BAT0={**LAPTOP, "status": status})).flow == flow


@pytest.mark.parametrize(
    "supplies",
    [
        {},
        {"AC": MAINS},
        {"mouse": MOUSE},
        {"BAT0": {**LAPTOP, "present": "0"}},
        {"BAT0": {"type": "Battery"}},
        {"BAT0": {"type": "Battery", "capacity": "soon"}},
    ],
)
def test_no_battery(tree, tmp_path, supplies):
    tree(**supplies)
    assert read(tmp_path) is None


@pytest.fixture
def device(tree, settings, cascade, tmp_path):
    def make(**files):
        return Device(
            settings, cascade, data=tmp_path / "data", root=tree(BAT0={**LAPTOP, **files})
        )

    return make


@pytest.mark.parametrize(
    ("files", "question", "answer"),
    [
        ({}, "how much battery is left", "The battery is at sixty-three percent."),
        (
            {"status": "Charging"},
            "battery status",
            "The battery is at sixty-three percent and charging.",
        ),
        ({"status": "Full"}, "how much battery is left", "The battery is full."),
        ({}, "is the battery charging", "No, it runs on battery: sixty-three percent."),
        ({"status": "Charging"}, "are you charging", "Yes, it is charging: sixty-three percent."),
        (
            {"status": "Not charging"},
            "are you plugged in",
            "It is plugged in, at sixty-three percent.",
        ),
        ({}, "how long will the battery last", "The battery lasts about three hours more."),
        (
            {"status": "Charging"},
            "how long until the battery is full",
            "It will be full in about one hour and forty-five minutes.",
        ),
        (
            {"power_now": "0"},
            "how long will the battery last",
            "I cannot tell yet. The battery is at sixty-three percent.",
        ),
    ],
)
def test_answers(device, files, question, answer):
    assert device(**files).say(question) == answer


def test_answers_in_spanish(device):
    spanish = device()
    assert (
        spanish.say("cuánta batería queda", "es") == "La batería está al sesenta y tres por ciento."
    )
    assert (
        spanish.say("cuánto durará la batería", "es")
        == "La batería durará tres horas, más o menos."
    )
    assert spanish.say("¿se está cargando la batería?", "es") == (
        "No, funciona con batería: sesenta y tres por ciento."
    )


@pytest.fixture
def machine(settings, cascade, tmp_path):
    def make(name, **changes):
        root = unpack(name, tmp_path)
        for path, text in changes.items():
            write(root, f"sys/class/power_supply/{path}", text)
        return Device(settings, cascade, data=tmp_path / "data", root=root)

    return make


@pytest.mark.parametrize(
    ("changes", "question", "answer"),
    [
        (
            {},
            "is the battery worn out",
            "The battery holds eighty-four percent of what it held when it was new, after two"
            " hundred fourteen charge cycles.",
        ),
        (
            {"BAT0/cycle_count": "0"},
            "how healthy is the battery",
            "The battery holds eighty-four percent of what it held when it was new.",
        ),
        (
            {"BAT0/energy_full": "58000000", "BAT0/cycle_count": "1"},
            "battery health",
            "The battery holds one hundred percent of what it held when it was new, after one"
            " charge cycle.",
        ),
        (
            {"BAT0/energy_full_design": ""},
            "battery health",
            "The battery does not tell how worn it is.",
        ),
        ({}, "is the charger connected", "No, it runs on battery: sixty-three percent."),
        (
            {"AC/online": "1"},
            "is the laptop plugged in",
            "It is plugged in, but the charger gives too little: sixty-three percent, and it goes"
            " down.",
        ),
        (
            {"ucsi-source-psy-USBC000:001/online": "1"},
            "are you plugged in",
            "It is plugged in, but the charger gives too little: sixty-three percent, and it goes"
            " down.",
        ),
        (
            {"AC/online": "1", "BAT0/status": "Not charging", "BAT0/capacity": "80"},
            "is the battery charging",
            "It is plugged in, at eighty percent.",
        ),
        (
            {},
            "how much battery does the mouse have",
            "Wireless Mouse MX Master 3, fifty-five percent.",
        ),
        (
            {"hidpp_battery_0/scope": "", "hidpp_battery_0/present": "0"},
            "how much battery does the mouse have",
            "Nothing that is connected tells me its charge.",
        ),
    ],
)
def test_a_laptop(machine, changes, question, answer):
    assert machine("laptop", **changes).say(question) == answer


def test_a_laptop_in_spanish(machine):
    assert machine("laptop").say("está gastada la batería", "es") == (
        "La batería conserva el ochenta y cuatro por ciento de su capacidad de fábrica, tras"
        " doscientos catorce ciclos de carga."
    )


def test_a_desktop_has_that_of_its_keyboard_only(machine):
    desktop = machine("desktop")
    assert desktop.say("how much battery does the keyboard have") == (
        "Wireless Keyboard K270, low."
    )
    reply = desktop.ask("how much battery is left")
    assert (reply.ok, reply.text) == (False, "There is no battery in this machine.")


def test_the_names_of_devices_are_only_text(machine):
    changes = {"hidpp_battery_0/model_name": "Mouse {0} <rule> $(reboot)"}
    assert machine("laptop", **changes).say("mouse battery level") == (
        "Mouse {0} <rule> $(reboot), fifty-five percent."
    )
