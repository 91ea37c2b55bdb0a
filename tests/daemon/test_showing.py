"""LEDs, on files as the kernel has them; notifications, on a real session bus."""

import os
import threading
import time

import pytest

from assistant import paths
from assistant.config import load
from assistant.daemon.leds import COLOURS, apa102_frame, leds
from assistant.daemon.notices import Notices
from assistant.daemon.showing import Showing
from assistant.errors import AssistantError
from assistant.handlers.bus_wire import BusError
from assistant.testing.gpio import FakeChip, FakeGpio
from assistant.types import Event
from tests.bus import buses, no_buses  # noqa: F401 - fixtures


def config(*given):
    return load(given).config


def test_the_frame_of_the_data_sheet():
    """A start of 32 zeros; for each LED 111, five bits of brightness, blue, green, red."""
    frame = apa102_frame([(1, 2, 3)] * 3, 6)
    assert frame == bytes(4) + bytes([0xE6, 3, 2, 1]) * 3 + bytes(4) + bytes(1)
    assert apa102_frame([(0, 0, 0)], 31)[4:8] == b"\xe0\0\0\0"
    assert len(apa102_frame([(1, 1, 1)] * 40, 1)) == 4 + 160 + 4 + 3


def test_apa102_gets_whole_frames(tmp_path):
    device = tmp_path / "dev" / "spidev0.0"
    device.parent.mkdir()
    os.mkfifo(device)
    reader = os.open(device, os.O_RDONLY | os.O_NONBLOCK)
    made = leds(config("show.leds=apa102:/dev/spidev0.0", "show.brightness=0.2"), tmp_path)
    made.show(COLOURS["muted"])
    made.close()
    assert os.read(reader, 100) == apa102_frame([(255, 0, 0)] * 3, 6) + apa102_frame(
        [(0, 0, 0)] * 3, 6
    )
    os.close(reader)


@pytest.fixture
def led(tmp_path):
    folder = tmp_path / "sys/class/leds/status"
    folder.mkdir(parents=True)
    (folder / "max_brightness").write_text("255\n")
    (folder / "trigger").write_text("none [heartbeat]\n")
    return folder


def test_an_led_of_the_kernel(led, tmp_path):
    made = leds(config("show.leds=led:status", "show.brightness=0.5"), tmp_path)
    assert (led / "trigger").read_text() == "none"
    made.show(COLOURS["listening"])
    assert (led / "brightness").read_text() == "128" and not (led / "multi_intensity").exists()
    made.close()
    assert (led / "brightness").read_text() == "0"


def test_one_of_several_colours(led, tmp_path):
    (led / "multi_index").write_text("green red blue\n")
    made = leds(config("show.leds=led:status"), tmp_path)
    made.show((255, 80, 1))
    assert (led / "multi_intensity").read_text() == "80 255 1"


def test_a_line_of_the_board():
    chip = FakeChip()
    file = paths.config_dir() / "board.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text('[[line]]\nname = "lamp"\nchip = "gpiochip0"\nline = 3\nactive_low = true\n')
    made = leds(config("show.leds=line:lamp"), gpio=FakeGpio(chip))
    made.show(COLOURS["speaking"])
    assert chip.levels[3] is False
    made.show((0, 0, 0))
    assert chip.levels[3] is True
    made.close()
    assert chip.users == {}


@pytest.mark.parametrize(
    "setting",
    ["neopixel:18", "led:../../etc", "led:", "led:nothing", "apa102:/dev/none", "apa102:x",
     "line:lamp"],
)  # fmt: skip
def test_what_cannot_be_used_is_told(setting, tmp_path):
    with pytest.raises(AssistantError) as raised:
        leds(config(f"show.leds={setting}"), tmp_path)
    assert str(raised.value).startswith(("show.leds: ", str(paths.config_dir())))


def test_none_wanted():
    assert leds(config()) is None


class Lamp:
    def __init__(self):
        self.shown, self.broken = [], False
        self.changed = threading.Condition()

    def show(self, colour):
        with self.changed:
            if self.broken:
                raise OSError("unplugged")
            self.shown.append(colour)
            self.changed.notify_all()

    def close(self):
        self.show((0, 0, 0))

    def wait_for(self, count):
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.shown) >= count, 60)


def test_each_state_has_its_colour_and_the_end_is_dark():
    lamp = Lamp()
    showing = Showing(config(), opens=lambda _: lamp)
    showing.start()
    states = ["listening", "listening", "thinking", "speaking", "waiting", "muted"]
    for state in states:
        showing.tell(state)
    showing.tell("speaking", Event("announcing", "Tea is ready."))
    lamp.wait_for(6)
    showing.close()
    names = ["listening", "thinking", "speaking", "", "muted", "ringing", ""]
    assert lamp.shown == [COLOURS.get(name, (0, 0, 0)) for name in names]


def test_broken_lamps_end_nothing(caplog):
    lamp, told = Lamp(), []
    lamp.broken = True
    showing = Showing(config(), told.append, opens=lambda _: lamp)
    showing.start()
    for state in ("listening", "thinking"):
        showing.tell(state)
    deadline = time.monotonic() + 60
    while "left alone" not in caplog.text:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    showing.close()

    def none(_):
        raise AssistantError("show.leds: nothing there")

    showing = Showing(config(), told.append, opens=none)
    showing.start()
    showing.tell("listening")
    while not told:
        time.sleep(0.01)
    showing.close()
    assert told == ["show.leds: nothing there"]


DESKTOP = "org.freedesktop.Notifications"


@pytest.fixture
def desktop(buses):  # noqa: F811
    with buses.session.mock(DESKTOP, "/org/freedesktop/Notifications", DESKTOP) as mock:
        mock.method(DESKTOP, "Notify", "susssasa{sv}i", "u", "ret = args[1] or 7")
        yield mock


def test_a_notification(desktop):
    notices = Notices(["timer", "muted"], "es")
    notices.show(Event("announcing", "El té está <b>listo</b> & caliente."))
    notices.show(Event("saying", "not wanted"))
    notices.show(Event("muted"))
    notices.show(Event("unmuted"))
    shown = desktop.calls("Notify")
    assert [call[4] for call in shown] == [
        "El té está &lt;b&gt;listo&lt;/b&gt; &amp; caliente.",
        "",
        "",
    ]
    assert [call[3] for call in shown][1:] == [
        "El micrófono está cerrado",
        "El micrófono está abierto",
    ]
    assert [call[1] for call in shown] == [0, 0, 7], "the second takes the place of the first"
    assert shown[0][6]["urgency"] == 2


def test_a_desktop_without_notifications(no_buses):  # noqa: F811
    with pytest.raises(BusError):
        Notices(["timer"], "en").show(Event("announcing", "Tea."))
    showing = Showing(config('show.notify=["timer"]'))
    showing.start()
    showing.tell("speaking", Event("announcing", "Tea."))
    showing.close()
