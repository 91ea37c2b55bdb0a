"""The brightness, on trees of files as the kernel makes them."""

import pytest

from assistant.handlers.contract import Request
from assistant.handlers.machine import backlight
from assistant.handlers.machine.screen import Screen
from tests.handlers.conftest import NOW, Device
from tests.machines import unpack, write

LIGHT = "sys/class/backlight/intel_backlight"


@pytest.fixture
def laptop(settings, cascade, tmp_path):
    made = Device(settings, cascade, data=tmp_path / "data", root=unpack("laptop", tmp_path))
    made.root = tmp_path / "laptop"
    yield made
    made.functions.close()


def raw(device, light=LIGHT):
    return int((device.root / light / "brightness").read_text())


@pytest.mark.parametrize(
    ("language", "sentence", "answer", "value"),
    [
        ("en", "set the brightness to 30 percent", "Brightness thirty percent.", 7200),
        ("en", "brighten the screen", "Brightness seventy percent.", 16800),
        ("en", "a bit brighter", "Brightness sixty percent.", 14400),
        ("en", "make the screen a lot brighter", "Brightness ninety percent.", 21600),
        ("en", "dim the screen", "Brightness thirty percent.", 7200),
        ("en", "turn the brightness down by 5", "Brightness forty-five percent.", 10800),
        ("en", "maximum brightness", "Brightness one hundred percent.", 24000),
        ("en", "minimum brightness", "Brightness five percent, the least there is.", 1200),
        ("en", "brightness 0", "Brightness five percent, the least there is.", 1200),
        ("en", "brightness down by 90", "Brightness five percent, the least there is.", 1200),
        ("es", "sube el brillo un poco", "Brillo al sesenta por ciento.", 14400),
        ("es", "pon el brillo al mínimo", "Brillo al cinco por ciento, lo mínimo que pongo.", 1200),
    ],
)
def test_it_is_set(laptop, language, sentence, answer, value):
    assert laptop.say(sentence, language) == answer
    assert raw(laptop) == value


def test_it_is_taken_back(laptop):
    reply = laptop.ask("dim the screen")
    assert raw(laptop) == 7200
    reply.undo()
    assert raw(laptop) == 12000


def test_nothing_happens_before_the_command_is_certain(laptop):
    family = laptop.family("screen")
    reply = family.set(Request("", "en", NOW), level=10)
    assert raw(laptop) == 12000
    reply.then()
    assert raw(laptop) == 2400


def test_it_is_told(laptop):
    assert laptop.say("how bright is the screen") == "The brightness is at fifty percent."
    assert laptop.say("a cuánto está el brillo", "es") == "El brillo está al cincuenta por ciento."


def test_more_than_everything_is_refused(laptop):
    reply = laptop.ask("set the brightness to 150 percent")
    assert (reply.ok, reply.text) == (False, "The brightness goes from zero to one hundred.")
    assert raw(laptop) == 12000


def test_a_screen_that_is_darker_than_the_least_is_not_made_brighter_by_dimming(laptop):
    write(laptop.root, f"{LIGHT}/brightness", "240")
    laptop.say("dim the screen")
    assert raw(laptop) == 240
    laptop.say("brighten the screen")
    assert raw(laptop) == 5040  # 1 % and 20 %


@pytest.mark.parametrize(
    ("full", "value", "step", "expected"),
    [
        (7, 3, 10, 4),  # a step where ten percent are less than one
        (7, 3, -10, 2),
        (7, 1, -10, 1),  # never 0: that may be a dark screen
        (7, 7, 10, 7),
        (255, 128, 20, 178),
        (1, 1, -40, 1),
    ],
)
def test_a_coarse_backlight_moves_by_its_own_steps(tmp_path, full, value, step, expected):
    assert backlight.Light(tmp_path, value, full).moved(step) == expected


def test_of_two_kinds_for_one_screen_the_kernel_prefers_one(laptop):
    for file, text in {"type": "firmware", "brightness": "5", "max_brightness": "10"}.items():
        write(laptop.root, f"sys/class/backlight/acpi_video0/{file}", text)
    laptop.say("brightness 80")
    assert raw(laptop, "sys/class/backlight/acpi_video0") == 8
    assert raw(laptop) == 12000


def test_two_screens_go_together(laptop):
    for file, text in {"type": "raw", "brightness": "100", "max_brightness": "200"}.items():
        write(laptop.root, f"sys/class/backlight/ddcci3/{file}", text)
    reply = laptop.ask("brightness 80")
    assert (raw(laptop), raw(laptop, "sys/class/backlight/ddcci3")) == (19200, 160)
    reply.undo()
    assert (raw(laptop), raw(laptop, "sys/class/backlight/ddcci3")) == (12000, 100)


def test_the_backlight_of_the_graphics_that_is_not_used_is_left_alone(laptop):
    for file, text in {
        "type": "raw", "brightness": "9", "max_brightness": "10", "device/enabled": "disabled",
    }.items():  # fmt: skip
        write(laptop.root, f"sys/class/backlight/amdgpu_bl0/{file}", text)
    laptop.say("brightness 20")
    assert raw(laptop, "sys/class/backlight/amdgpu_bl0") == 9


def test_what_may_not_be_written_is_asked_for(tmp_path, monkeypatch):
    monkeypatch.setattr(backlight.os, "access", lambda *_: False)  # root may write everything
    asked = []
    screen = Screen(unpack("pi", tmp_path), lambda *what: asked.append(what))
    screen.set(Request("", "en", NOW), level=50).then()
    assert asked == [("10-0045", 16)]


@pytest.mark.parametrize("machine", ["jetson", "desktop"])
def test_a_machine_without_a_backlight_says_so(settings, cascade, tmp_path, machine):
    device = Device(settings, cascade, data=tmp_path / "data", root=unpack(machine, tmp_path))
    reply = device.ask("dim the screen")
    assert (reply.ok, reply.text) == (
        False,
        "There is no screen here whose brightness can be set.",
    )
    assert "screen" not in device.say("what can you do")


@pytest.mark.parametrize("broken", ["max_brightness", "brightness"])
def test_a_backlight_that_cannot_be_read_is_none(tmp_path, broken):
    root = unpack("laptop", tmp_path)
    write(root, f"{LIGHT}/{broken}", "")
    assert backlight.find(root) == []
