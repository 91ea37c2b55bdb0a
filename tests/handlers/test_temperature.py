"""Temperatures and fans, on trees of files as the kernel makes them."""

import pytest

from tests.handlers.conftest import Device
from tests.machines import unpack, write


@pytest.fixture
def device(settings, cascade, tmp_path):
    def make(machine, **changes):
        root = unpack(machine, tmp_path)
        for path, text in changes.items():
            write(root, path, text)
        return Device(settings, cascade, data=tmp_path / "data", root=root)

    return make


@pytest.mark.parametrize(
    ("machine", "question", "answer"),
    [
        (
            "laptop",
            "how hot are you",
            "The processor is at fifty-four degrees and the disk is at thirty-nine degrees.",
        ),
        ("laptop", "how hot is the disk", "The disk is at thirty-nine degrees."),
        ("laptop", "how fast is your fan spinning",
         "The fan runs at two thousand four hundred turns a minute."),
        (
            "jetson",
            "are you overheating",
            "The processor is at forty-nine degrees and the graphics processor is at forty-seven"
            " degrees.",
        ),
        ("jetson", "gpu temperature", "The graphics processor is at forty-seven degrees."),
        ("jetson", "is your fan on", "The fan runs at two thousand six hundred turns a minute."),
        ("pi", "what is the cpu temperature", "The processor is at sixty-two degrees."),
        ("pi", "is your fan on", "The fan stands still."),
        (
            "desktop",
            "how hot is the processor",
            "The processor is at ninety degrees. That is close to the limit.",
        ),
        (
            "desktop",
            "how fast are the computer fans",
            "The fans run at one thousand three hundred turns a minute and eight hundred sixty"
            " turns a minute.",
        ),
    ],
)  # fmt: skip
def test_answers(device, machine, question, answer):
    assert device(machine).say(question) == answer


def test_answers_in_spanish(device):
    laptop = device("laptop")
    assert laptop.say("a qué temperatura estás", "es") == (
        "El procesador está a cincuenta y cuatro grados y el disco está a treinta y nueve grados."
    )
    assert laptop.say("a qué velocidad gira tu ventilador", "es") == (
        "El ventilador va a dos mil cuatrocientos vueltas por minuto."
    )


def test_a_part_without_a_sensor(device):
    reply = device("pi").ask("how hot is the graphics card")
    assert (reply.ok, reply.text) == (
        False,
        "The graphics processor has no temperature sensor here.",
    )


def test_a_fan_that_only_tells_its_power(device):
    made = device("jetson", **{"sys/class/hwmon/hwmon2/rpm": ""})
    assert made.say("is your fan on") == "The fan runs at forty percent."


@pytest.mark.parametrize("value", ["-256000", "999000", "", "hot"])
def test_a_sensor_that_is_off_or_broken_is_not_believed(device, value):
    changes = {f"sys/class/thermal/thermal_zone{n}/temp": value for n in (0, 5, 8)}
    assert device("jetson", **changes).say("how hot are you") == (
        "The graphics processor is at forty-seven degrees."
    )


def test_the_sensor_of_an_old_jetson_that_always_says_100_is_left_out(device):
    changes = {"sys/class/thermal/thermal_zone9/type": "PMIC-Die",
               "sys/class/thermal/thermal_zone9/temp": "100000"}  # fmt: skip
    assert "hundred" not in device("jetson", **changes).say("how hot are you")


def test_without_any_sensor_it_says_so(settings, cascade, tmp_path):
    device = Device(settings, cascade, data=tmp_path / "data", root=tmp_path)
    reply = device.ask("how hot are you")
    assert (reply.ok, reply.text) == (False, "There is no temperature sensor in this machine.")
