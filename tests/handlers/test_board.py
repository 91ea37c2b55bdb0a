"""Lines by name, on a chip in memory."""

import datetime as dt
import time

import pytest

from assistant import config, paths
from assistant.handlers import Functions
from assistant.handlers.machine.board import Board
from assistant.handlers.machine.board_lines import read_lines
from assistant.testing.gpio import FakeChip, FakeGpio
from assistant.types import Intent
from assistant.understand.route import Cascade
from tests.handlers.conftest import NOW, Device

LINES = """
[[line]]
name = "Desk lamp"
aliases = ["lámpara"]
chip = "gpiochip0"
line = 0

[[line]]
name = "pump (garden)"
chip = "gpiochip0"
line = "PUMP"
active_low = true

[[line]]
name = "garage"
chip = "gpiochip0"
line = 2
careful = true

[[line]]
name = "door sensor"
aliases = ["sensor de la puerta"]
chip = "gpiochip0"
line = 3
output = false
"""


@pytest.fixture
def chip():
    made = FakeChip()
    made.names["PUMP"] = 1
    made.levels[1] = True  # low is on
    return made


@pytest.fixture
def board(chip, tmp_path, settings):
    """The board alone: its sentences, and what they do."""
    (tmp_path / "board.toml").write_text(LINES)
    functions = Functions(lambda: NOW)
    functions.add(Board(read_lines(tmp_path / "board.toml"), FakeGpio(chip)))
    cascade = Cascade(functions, settings.languages, settings.route, now=lambda: NOW)

    def ask(text, language="en"):
        route = cascade.route(text, language)
        assert isinstance(route, Intent), f"{text!r} is not understood"
        return functions.act(route, text, language)

    ask.cascade, ask.functions = cascade, functions
    yield ask
    functions.close()


@pytest.mark.parametrize(
    ("language", "sentence", "answer", "line", "level"),
    [
        ("en", "Turn on the desk lamp.", "Desk lamp is on.", 0, True),
        ("en", "switch my desk lamp on please", "Desk lamp is on.", 0, True),
        ("en", "desk lamp on", "Desk lamp is on.", 0, True),
        ("en", "toggle the desk lamp", "Desk lamp is on.", 0, True),
        ("es", "enciende la lámpara", "Desk lamp, en marcha.", 0, True),
        ("en", "turn on the pump garden", "Pump (garden) is on.", 1, False),
        ("en", "turn off the pump garden", "Pump (garden) is off.", 1, True),
        ("es", "apaga la lámpara", "Desk lamp, apagado.", 0, False),
    ],
)
def test_switching(board, chip, language, sentence, answer, line, level):
    assert board(sentence, language).text == answer
    assert chip.levels[line] is level


def test_it_is_taken_back(board, chip):
    board("turn on the desk lamp")
    reply = board("turn off the desk lamp")
    reply.undo()
    assert chip.levels[0] is True


@pytest.mark.parametrize(
    ("level", "language", "question", "answer"),
    [
        (True, "en", "is the door sensor on", "Yes, door sensor is on."),
        (False, "en", "is the door sensor on", "No, door sensor is off."),
        (False, "en", "is the door sensor off", "Yes, door sensor is off."),
        (True, "en", "what is the state of the door sensor", "Door sensor is on."),
        (True, "es", "está activo el sensor de la puerta", "Sí, door sensor: activo."),
    ],
)
def test_reading(board, chip, level, language, question, answer):
    chip.levels[3] = level
    assert board(question, language).text == answer


def test_a_sensor_is_not_switched(board):
    route = board.cascade.route("turn on the door sensor", "en")
    assert not isinstance(route, Intent)


def test_a_pulse_ends_by_itself(board, chip):
    family = board.functions.families[0]
    family._ends.after(
        dt.timedelta(seconds=0.05), "Desk lamp", lambda: chip.levels.__setitem__(0, False)
    )
    chip.levels[0] = True
    deadline = time.monotonic() + 60
    while chip.levels[0]:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_pressing_is_a_second(board, chip):
    assert board("press the desk lamp").text == "Desk lamp is on for one second."
    assert chip.levels[0] is True
    board.functions.close()  # what waits for its end ends now
    assert chip.levels[0] is False


def test_for_a_while(board, chip):
    assert board("turn on the desk lamp for ten minutes").text == (
        "Desk lamp is on for ten minutes."
    )
    board("turn on the desk lamp")  # and now for good
    board.functions.close()
    assert chip.levels[0] is True


def test_not_for_a_day(board, chip):
    reply = board("turn on the desk lamp for one day")
    assert (reply.ok, reply.text) == (False, "I can do that for at most one hour.")
    assert chip.levels[0] is False


def test_what_is_to_be_asked_about_is_dangerous(board):
    for sentence in ("turn on the garage", "turn off the garage", "press the garage"):
        route = board.cascade.route(sentence, "en")
        named = next(f for f in board.functions if f.name == route.function)
        assert named.dangerous
    assert not isinstance(board.cascade.route("garage on", "en"), Intent)


def test_another_program_has_it(board, chip):
    chip.users[0] = FakeGpio(chip)
    reply = board("turn on the desk lamp")
    assert (reply.ok, reply.text) == (False, "Another program uses Desk lamp.")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[[line]]\nname = 'a'", "missing required field `line`"),
        ("[[line]]\nname = 'a'\nline = 3", "needs its chip"),
        ("[[line]]\nname = '!'\nline = 'X'", "without a word"),
        ("[[line]]\nname = 'a'\nline = 'X'\ncolour = 1", "colour"),
        ("[[line]]\nname = 'a'\nline = 'X'\n[[line]]\nname = 'A'\nline = 'Y'", "called 'a'"),
        ("[[line]]\nname = 'a'\nline = 'X'\n[[line]]\nname = 'b'\nline = 'X'", "two names"),
        ("[[line", "not well formed"),
        (b"\xff", "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_used_is_reported(home, text, problem):
    path = paths.config_dir() / "board.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    device = Device(config.load(["language=en"]).config)
    [told] = device.functions.problems
    assert str(path) in told
    assert problem in told
    device.functions.close()


def test_a_file_that_is_named_must_be_there(home):
    device = Device(config.load(["language=en", 'board.lines="/nowhere/lines.toml"']).config)
    assert "/nowhere/lines.toml cannot be read" in device.functions.problems[0]
    device.functions.close()


def test_without_names_it_says_so(device):
    family = device.family("board")
    assert family.unavailable()["en"] == (
        "No line of this board has a name yet. Name one in board.toml."
    )
    assert "line that you named" not in device.say("what can you do")


def test_without_the_library_it_says_so(chip, tmp_path):
    (tmp_path / "board.toml").write_text(LINES)
    family = Board(read_lines(tmp_path / "board.toml"), FakeGpio(chip), installed=False)
    assert "assistant[board]" in family.unavailable()["en"]
