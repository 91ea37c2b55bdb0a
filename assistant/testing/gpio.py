"""A chip of GPIO lines in memory, held to the same contract as libgpiod's."""

from __future__ import annotations

from assistant.handlers.machine.gpio import GpioError, Line


class FakeChip:
    """The levels of its lines: true is a high voltage. Several programs may use it."""

    def __init__(self, name: str = "gpiochip0", lines: int = 8) -> None:
        self.name = name
        self.levels = [False] * lines
        self.names: dict[str, int] = {}
        self.users: dict[int, FakeGpio] = {}


class FakeGpio:
    """What one program does with the chip."""

    def __init__(self, chip: FakeChip) -> None:
        self.chip = chip

    def read(self, line: Line) -> bool:
        offset = self._offset(line)
        return self.chip.levels[offset] != line.active_low

    def switch(self, line: Line, on: bool) -> None:
        offset = self._offset(line)
        self.chip.users[offset] = self
        self.chip.levels[offset] = on != line.active_low

    def close(self) -> None:
        self.chip.users = {n: user for n, user in self.chip.users.items() if user is not self}

    def _offset(self, line: Line) -> int:
        if line.chip not in ("", self.chip.name, f"/dev/{self.chip.name}"):
            raise GpioError("no chip", f"There is no chip {line.chip}.")
        offset = self.chip.names.get(line.line) if isinstance(line.line, str) else line.line
        if offset is None or not 0 <= offset < len(self.chip.levels):
            raise GpioError("no line", f"{line.chip} has no line {line.line}.")
        if self.chip.users.get(offset, self) is not self:
            raise GpioError("busy", f"Line {line.line} is in use.")
        return offset
