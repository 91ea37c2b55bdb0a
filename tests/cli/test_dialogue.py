"""Questions that are answered by hand, and conversations that are typed."""

import pytest

FUNCTIONS = """
from pathlib import Path
import time
from assistant.handlers import Request, function

DONE = Path(__file__).with_name("_done")

@function(en=["wipe the board"], es=["borra la pizarra"], dangerous=True,
          confirm={"en": "Shall I wipe the board?", "es": "¿Borro la pizarra?"})
def wipe(request: Request):
    DONE.write_text("wiped")
    return request.say("It is clean.", "Está limpia.")

@function(en=["count {n}"])
def count(request: Request, n: int = 0):
    before = DONE.read_text() if DONE.exists() else ""
    DONE.write_text(f"{n}")
    return request.say("Counted {n}.", n=n, undo=lambda: DONE.write_text(before))

@function(en=["sleep for ever"])
def sleep(request: Request):
    time.sleep(3600)

@function(en=["boil [{n} eggs]"])
def boil(request: Request, n: int | None = None):
    if n is None:
        return request.ask("How many?", "¿Cuántos?", "slate.boil", "n")
    return f"Boiling {n}."
"""


@pytest.fixture
def board(home):
    """The user's functions, and what they have done."""
    folder = home / "config" / "functions"
    folder.mkdir(parents=True)
    (folder / "slate.py").write_text(FUNCTIONS)
    return folder / "_done"


@pytest.fixture
def terminal(monkeypatch):
    """Somebody sits at the keyboard, and types these lines."""

    def at(*lines):
        rest = list(lines)

        def read(_prompt=""):
            if not rest:
                raise EOFError
            return rest.pop(0)

        monkeypatch.setattr("builtins.input", read)
        monkeypatch.setattr("assistant.cli.ask.on_terminal", lambda: True, raising=False)
        monkeypatch.setattr("assistant.cli.typed.on_terminal", lambda: True)

    return at


@pytest.mark.parametrize(
    ("answers", "told", "done"),
    [
        (["y"], "It is clean.", True),
        (["yes"], "It is clean.", True),
        (["n"], "All right, I won't.", False),
        (["what", "y"], "It is clean.", True),
        ([""], "Shall I wipe the board?", False),
        ([], "Shall I wipe the board?", False),
    ],
)
def test_ask_is_confirmed_by_hand(cli, board, terminal, answers, told, done):
    terminal(*answers)
    ended = cli("ask", "wipe the board")
    assert ended.out.startswith("Shall I wipe the board?")
    assert told in ended.out
    assert board.exists() == done


def test_without_a_terminal_nothing_is_done(cli, board):
    ended = cli("ask", "wipe the board", stdin="y\n")
    assert ended.out == "Shall I wipe the board? \n"
    assert "Nothing is done without an answer" in ended.err
    assert not board.exists()
    assert not cli("ask", "--json", "wipe the board").err
    assert not board.exists()


def test_a_missing_value_is_typed(cli, board, terminal):
    terminal("six")
    assert "Boiling 6." in cli("ask", "boil").out


def test_chat_is_one_conversation(cli, board):
    lines = ["count five", "no, six", "undo", "wipe the board", "yes", "count one and count two"]
    done = cli("chat", stdin="\n".join(lines))
    said = [line.removeprefix("> ").strip() for line in done.out.splitlines()]
    assert said[:6] == [
        "Counted five.",
        "Counted six.",
        "Undone: counted six.",
        "Shall I wipe the board?",
        "It is clean.",
        "Counted one. Counted two.",
    ]


def test_chat_in_spanish(cli, board):
    done = cli("chat", "--language", "es", stdin="borra la pizarra\nno\nborra la pizarra\nvale")
    assert "De acuerdo, no lo hago." in done.out
    assert "Está limpia." in done.out


def test_a_function_that_sleeps_for_ever_costs_one_apology(cli, board, program):
    """In a process of its own: the thread that sleeps must not keep it from ending."""
    done = program("--set", "functions.time_limit=0.5", "ask", "sleep for ever")
    assert done.out == "Sorry, that takes too long. I gave up waiting for it. \n"
    assert done.code == 1
    chat = program(
        "--set", "functions.time_limit=0.5", "chat", input="sleep for ever\ncount five\n"
    )
    assert "I gave up waiting" in chat.out
    assert "Counted five." in chat.out


# -- what was taught -------------------------------------------------------------------------------


def test_phrases(cli, board, home):
    empty = cli("phrases", "list")
    assert (empty.code, empty.out) == (0, "")
    assert "Nothing yet" in empty.err
    cli("ask", "when I say dinner, count four and count five")
    cli("ask", "--language", "es", "cuando diga pizarra, borra la pizarra")
    folder = home / "config" / "routines"
    folder.mkdir()
    (folder / "late.yaml").write_text("say: it is late\ndo: count nine")
    assert cli("phrases", "list").out.splitlines() == [
        "en  dinner: count four and count five",
        "es  pizarra: borra la pizarra",
        "en  it is late: count nine  (late.yaml)",
    ]
    assert cli("ask", "dinner").out == "Counted four. Counted five. \n"
    assert cli("ask", "it is late").out == "Counted nine. \n"
    exported = cli("phrases", "export").out
    (folder / "late.yaml").unlink()
    assert cli("phrases", "forget", "dinner").out == "Forgotten: dinner.\n"
    assert cli("phrases", "forget", "dinner").code == 1
    assert cli("phrases", "forget", "--all").out == "Forgotten: 1.\n"
    assert cli("phrases", "list").out == ""
    (folder / "all.toml").write_text(exported)
    assert len(cli("phrases", "list").out.splitlines()) == 3
    assert "Give a phrase, or --all" in cli("phrases", "forget").err


def test_a_routine_file_that_cannot_be_used_is_told_by_doctor(cli, home):
    folder = home / "config" / "routines"
    folder.mkdir(parents=True)
    (folder / "bad.yaml").write_text("say: x")
    assert "bad.yaml cannot be used" in cli("phrases", "list").err
    assert "bad.yaml cannot be used" in cli("doctor", "--json").out


@pytest.mark.models
def test_another_language_in_the_middle(cli):
    """The engines are those of the other language from then on."""
    lines = ["speak Spanish", "qué hora es", "habla inglés", "what time is it"]
    done = cli("--set", "think.model=none", "chat", stdin="\n".join(lines))
    said = [line.removeprefix("> ").strip() for line in done.out.splitlines()]
    assert said[0] == "I will speak Spanish. One moment."
    assert said[1].startswith(("Es ", "Son "))
    assert said[2] == "Hablaré inglés. Un momento."
    assert said[3].startswith("It's ")


def test_a_language_whose_models_are_missing(cli, no_models):
    done = cli("--set", "think.model=none", "ask", "speak Spanish")
    assert done.out.startswith("I cannot speak Spanish here: a model is missing.")


def test_recognition_expects_what_was_taught(cli, home):
    from assistant.assemble import Engines
    from assistant.config import load
    from assistant.expected import bias

    cli("ask", "when I say movie time, list my timers")
    with Engines(load().config) as engines:
        examples = bias(engines.config, engines.functions, engines.stages.router)[0]
    assert "Movie time." in examples
