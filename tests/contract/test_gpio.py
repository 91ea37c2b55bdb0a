"""Lines of a board: the chip in memory, and a real one where the machine has it.

ASSISTANT_GPIO names a chip of the kernel whose lines 0, 1 and 2 nothing is wired to:

    ASSISTANT_GPIO=gpiochip0 pytest tests/contract/test_gpio.py
"""

import os

import pytest

from assistant.handlers.machine.gpio import GpioError, Libgpiod, Line
from assistant.testing.gpio import FakeChip, FakeGpio

REAL = os.environ.get("ASSISTANT_GPIO", "")


class Board:
    """Programs that use one chip."""

    def __init__(self, kind):
        self.chip = REAL if kind == "real" else "gpiochip0"
        fake = FakeChip()
        self._make = Libgpiod if kind == "real" else lambda: FakeGpio(fake)
        self._programs = []

    def program(self):
        self._programs.append(self._make())
        return self._programs[-1]

    def output(self, n, active_low=False):
        return Line(self.chip, n, output=True, active_low=active_low)

    def input(self, n, active_low=False):
        return Line(self.chip, n, output=False, active_low=active_low)

    def close(self):
        for program in self._programs:
            program.close()


@pytest.fixture(params=["fake", "real"])
def board(request):
    if request.param == "real" and not REAL:
        pytest.skip("no chip of the kernel to try: name one in ASSISTANT_GPIO")
    made = Board(request.param)
    yield made
    made.close()
    for n in (0, 1, 2):  # as they were found
        program = made.program()
        program.switch(made.output(n), False)
        program.close()


def test_an_output_is_switched_and_read_back(board):
    gpio = board.program()
    for on in (True, False, True):
        gpio.switch(board.output(0), on)
        assert gpio.read(board.output(0)) is on
    assert gpio.read(board.output(1)) is False


def test_on_may_be_a_low_voltage(board):
    gpio = board.program()
    gpio.switch(board.output(0, active_low=True), True)
    assert gpio.read(board.output(0, active_low=True)) is True
    gpio.close()
    assert board.program().read(board.output(0)) is False  # the voltage


def test_an_output_that_was_not_switched_is_left_as_it_is(board):
    first = board.program()
    first.switch(board.output(0), True)
    first.close()
    second = board.program()
    assert second.read(board.output(0)) is True
    assert second.read(board.output(0)) is True


def test_an_input_is_read(board):
    gpio = board.program()
    low = gpio.read(board.input(2))
    assert gpio.read(board.input(2, active_low=True)) is not low


def test_a_line_that_another_program_holds(board):
    board.program().switch(board.output(1), True)
    with pytest.raises(GpioError) as raised:
        board.program().switch(board.output(1), False)
    assert raised.value.trouble == "busy"


def test_after_closing_others_may_have_it(board):
    first = board.program()
    first.switch(board.output(1), True)
    first.close()
    board.program().switch(board.output(1), False)


@pytest.mark.parametrize(
    ("chip", "line", "trouble"),
    [
        ("gpiochip99", 0, "no chip"),
        (None, 9999, "no line"),
        (None, -1, "no line"),
        (None, "NO_SUCH_PIN", "no line"),
        ("", "NO_SUCH_PIN", "no line"),
    ],
)
def test_what_is_not_there(board, chip, line, trouble):
    place = Line(board.chip if chip is None else chip, line, output=True)
    for act in (board.program().read, lambda line: board.program().switch(line, True)):
        with pytest.raises(GpioError) as raised:
            act(place)
        assert raised.value.trouble == trouble
