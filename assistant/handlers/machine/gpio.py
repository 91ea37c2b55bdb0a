"""GPIO lines through libgpiod, by its official Python bindings (`pip install assistant[board]`).

https://libgpiod.readthedocs.io: a line belongs to whoever has requested it, so an output that we
have switched stays ours until the program ends; an input is asked for and given back.
"""

from __future__ import annotations

import errno
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal, Protocol

_OURS = "assistant"  # what `gpioinfo` shows as the user of a line

Trouble = Literal["no chip", "no line", "busy", "denied", "failed"]
_TROUBLES: dict[int, Trouble] = {
    errno.EBUSY: "busy",
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.ENOENT: "no chip",
    errno.EINVAL: "no line",
}


class GpioError(Exception):
    """A line that cannot be used; `trouble` says why."""

    def __init__(self, trouble: Trouble, message: str) -> None:
        super().__init__(message)
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class Line:
    """Where a line is, and what it is for.

    chip: "gpiochip0", a path, or the chip's label ("pinctrl-rp1"), which stays the same when the
        numbers change; "" looks for the line's name on all chips.
    line: its offset on the chip, or the name the board gives it ("GPIO17").
    active_low: on is a low voltage.
    """

    chip: str
    line: int | str
    output: bool
    active_low: bool = False


class Gpio(Protocol):
    """On and off are logical: `active_low` is taken care of. All methods raise GpioError."""

    def read(self, line: Line) -> bool:
        """Whether it is on. An output that we have not switched yet is left as it is."""

    def switch(self, line: Line, on: bool) -> None:
        """Turn an output on or off, and keep it so."""

    def close(self) -> None:
        """Give all lines back."""


def installed() -> bool:
    """Whether the bindings are there."""
    return find_spec("gpiod") is not None


def chips() -> list[str]:
    """The chips of this machine."""
    return sorted(str(path) for path in Path("/dev").glob("gpiochip*"))


class Libgpiod:
    """The kernel's character devices."""

    def __init__(self) -> None:
        self._held: dict[Line, tuple[Any, int]] = {}
        self._lock = threading.Lock()  # a pulse ends in a thread of its own

    def read(self, line: Line) -> bool:
        import gpiod

        with self._lock, _clear_errors(line):
            if line in self._held:
                request, offset = self._held[line]
                return bool(request.get_value(offset) is gpiod.line.Value.ACTIVE)
            way = gpiod.line.Direction.AS_IS if line.output else gpiod.line.Direction.INPUT
            request, offset = _request(line, direction=way)
            with request:
                return bool(request.get_value(offset) is gpiod.line.Value.ACTIVE)

    def switch(self, line: Line, on: bool) -> None:
        import gpiod

        value = gpiod.line.Value.ACTIVE if on else gpiod.line.Value.INACTIVE
        with self._lock, _clear_errors(line):
            if line in self._held:
                request, offset = self._held[line]
                request.set_value(offset, value)
            else:
                output = gpiod.line.Direction.OUTPUT
                self._held[line] = _request(line, direction=output, output_value=value)

    def close(self) -> None:
        with self._lock:
            for request, _ in self._held.values():
                request.release()
            self._held.clear()


def _request(line: Line, **settings: Any) -> tuple[Any, int]:
    """A request for one line, and its offset."""
    import gpiod

    for path in _paths(line.chip):
        with gpiod.Chip(path) as chip:
            if line.chip and not path.endswith(line.chip) and chip.get_info().label != line.chip:
                continue
            offset = _offset(chip, line)
        if offset is not None:
            wanted = gpiod.LineSettings(active_low=line.active_low, **settings)
            return gpiod.request_lines(path, consumer=_OURS, config={offset: wanted}), offset
        if line.chip:
            raise GpioError("no line", f"{line.chip} has no line {line.line}.")
    if line.chip:
        raise GpioError("no chip", f"There is no chip {line.chip}.")
    raise GpioError("no line", f"No chip has a line {line.line}.")


def _paths(chip: str) -> list[str]:
    """Where a chip may be: at its path, else any, to be known by its label."""
    path = chip if chip.startswith("/dev/") else f"/dev/{chip}"
    known = chips()
    return [path] if path in known else known


def _offset(chip: Any, line: Line) -> int | None:
    with suppress(OSError, ValueError):
        if isinstance(line.line, str):
            return int(chip.line_offset_from_id(line.line))
        if 0 <= line.line < chip.get_info().num_lines:
            return line.line
    return None


@contextmanager
def _clear_errors(line: Line) -> Iterator[None]:
    """What the system says, as what is wrong with a line."""
    try:
        yield
    except OSError as error:
        trouble = _TROUBLES.get(error.errno or 0, "failed")
        where = f"{line.chip} {line.line}".strip()
        raise GpioError(trouble, f"{where}: {error}.") from error
