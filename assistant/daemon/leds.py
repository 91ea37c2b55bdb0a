"""LEDs that show what the assistant is doing: APA102 on SPI, LEDs of the kernel, a GPIO line.

Written to the data sheet of the APA102, the kernel's documentation of spidev and leds-class, and
libgpiod; tested on files, pipes and a chip in memory, and never yet run on a real board.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from assistant import paths
from assistant.errors import AssistantError, ConfigError
from assistant.handlers.machine.board_lines import read_lines
from assistant.handlers.machine.gpio import Gpio, GpioError, Libgpiod, Line
from assistant.settings import Config, Show

Colour = tuple[int, int, int]
"""Red, green and blue, 0..255."""

DARK: Colour = (0, 0, 0)
COLOURS: Mapping[str, Colour] = {
    "starting": (255, 255, 255),
    "listening": (0, 0, 255),
    "thinking": (160, 0, 255),
    "speaking": (0, 255, 0),
    "ringing": (255, 200, 0),
    "degraded": (255, 80, 0),
    "muted": (255, 0, 0),
}
"""Of each state; dark while it waits for the wake word."""
SPEED_HZ = 1_000_000
"""Of the SPI bus; an APA102 takes up to 20 MHz, and a dozen of them need half a millisecond."""
_WR_MAX_SPEED_HZ = 0x40046B04  # _IOW('k', 4, __u32) of linux/spi/spidev.h


class Leds(Protocol):
    def show(self, colour: Colour) -> None:
        """All of them in one colour. Raises OSError, or GpioError."""

    def close(self) -> None:
        """Dark, and given back."""


class Apa102:
    """A chain of APA102 (or SK9822) on a spidev device."""

    def __init__(self, device: Path, count: int, brightness: float) -> None:
        """brightness: 0..1. Raises OSError."""
        self._count, self._level = count, round(31 * brightness)
        self._file = os.open(device, os.O_WRONLY | os.O_CLOEXEC)
        with contextlib.suppress(OSError):  # then at the speed of the driver
            fcntl.ioctl(self._file, _WR_MAX_SPEED_HZ, struct.pack("=I", SPEED_HZ))

    def show(self, colour: Colour) -> None:
        os.write(self._file, apa102_frame([colour] * self._count, self._level))

    def close(self) -> None:
        try:
            self.show(DARK)
        finally:
            os.close(self._file)


def apa102_frame(colours: Sequence[Colour], level: int) -> bytes:
    """What is sent to a chain; level: 0..31. At its end a clock for every second LED, and the zeros
    that an SK9822 wants before it shows anything."""
    lights = b"".join(
        bytes([0xE0 | level, blue, green, red]) if (red, green, blue) != DARK else b"\xe0\0\0\0"
        for red, green, blue in colours
    )
    return bytes(4) + lights + bytes(4) + bytes((len(colours) + 15) // 16)


class KernelLed:
    """One of /sys/class/leds: on and off, or of a colour where it has `multi_intensity`."""

    def __init__(self, folder: Path, brightness: float) -> None:
        """Raises OSError, and ValueError for a folder that is none of an LED."""
        self._folder = folder
        most = int((folder / "max_brightness").read_text("ascii"))
        self._on = max(1, round(most * brightness))
        index = folder / "multi_index"
        self._order = index.read_text("ascii").split() if index.exists() else []
        with contextlib.suppress(OSError):  # nothing else shall blink it
            self._write("trigger", "none")

    def show(self, colour: Colour) -> None:
        if self._order:
            parts = dict(zip(("red", "green", "blue"), colour, strict=True))
            self._write("multi_intensity", " ".join(str(parts.get(n, 0)) for n in self._order))
        self._write("brightness", str(self._on if colour != DARK else 0))

    def close(self) -> None:
        self.show(DARK)

    def _write(self, name: str, text: str) -> None:
        (self._folder / name).write_text(text, "ascii")


class LineLed:
    """A GPIO line: high while something is shown."""

    def __init__(self, gpio: Gpio, line: Line) -> None:
        self._gpio, self._line = gpio, line

    def show(self, colour: Colour) -> None:
        self._gpio.switch(self._line, colour != DARK)

    def close(self) -> None:
        try:
            self.show(DARK)
        finally:
            self._gpio.close()


def leds(config: Config, root: Path = Path("/"), gpio: Gpio | None = None) -> Leds | None:
    """Those of the settings, opened; None: there are none. Raises AssistantError.

    root: of the file system in which the kernel's LEDs are.
    """
    show = config.show
    if not show.leds:
        return None
    kind, _, name = show.leds.partition(":")
    try:
        return _opened(kind, name, show, config, root, gpio)
    except (OSError, ValueError) as error:
        raise AssistantError(
            f"show.leds: {show.leds} cannot be used: {error}. Is it there, and may you write to it?"
        ) from error


def _opened(
    kind: str, name: str, show: Show, config: Config, root: Path, gpio: Gpio | None
) -> Leds:
    match kind:
        case "apa102" if name.startswith("/dev/"):
            return Apa102(root / name.lstrip("/"), show.count, show.brightness)
        case "led" if name and "/" not in name and not name.startswith("."):
            return KernelLed(root / "sys/class/leds" / name, show.brightness)
        case "line" if name:
            line = _line(name, config)  # before anything is opened for it
            return LineLed(gpio or Libgpiod(), line)
    raise ConfigError(
        f"show.leds: {show.leds!r} is none of apa102:/dev/spidev0.0, led:NAME, line:NAME."
    )


def _line(name: str, config: Config) -> Line:
    """Raises ConfigError."""
    setting = config.board.lines
    file = Path(setting).expanduser() if setting else paths.config_dir() / "board.toml"
    for each in read_lines(file):
        if each.name == name and each.output:
            return each.place
    raise ConfigError(f"show.leds: {file} has no output called {name!r}.")


__all__ = ["COLOURS", "DARK", "Colour", "GpioError", "Leds", "apa102_frame", "leds"]
