import logging

import pytest

from assistant import config, handlers
from assistant.types import Intent
from tests.handlers.conftest import Device
from tests.machines import unpack

COIN = """
from assistant.handlers import Request, function

@function(en=["(flip|toss) a coin"], es=["(lanza|tira) una moneda"],
          help={"en": "flip a coin", "es": "lanza una moneda"})
def flip_coin(request: Request):
    return request.say("Heads.", "Cara.")

@function(en=["double {n}"])
def double(request: Request, n: int) -> str:
    return f"That makes {2 * n}."

@function(en=["break [{what}]"])
def broken(request: Request, what: str = "") -> str:
    raise ValueError(f"secret {request.text}")

@function(en=["say nothing at all"])
def silent(request: Request) -> None: ...
"""


@pytest.fixture
def own(home):
    """Write files of the user's own functions, and load everything."""

    def make(*overrides, **files):
        folder = home / "config" / "functions"
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / f"{name}.py").write_text(text)
        return Device(config.load(["language=auto", *overrides]).config)

    return make


def test_a_file_of_the_user_adds_functions(own):
    device = own(coin=COIN)
    assert device.functions.problems == []
    assert device.say("Toss a coin, please!") == "Heads."
    assert device.say("lanza una moneda", "es") == "Cara."
    assert device.say("double twenty one") == "That makes 42."
    assert device.say("say nothing at all") == ""


def test_its_example_is_in_the_help(own):
    device = own(coin=COIN)
    assert "flip a coin" in device.say("what can you do")
    assert device.say("what can you do with coin") == "You can say, for example: flip a coin."


def test_the_users_own_functions_come_first(own):
    hello = COIN.replace('"(flip|toss) a coin"', '"hello"')
    assert own(coin=hello).say("hello") == "Heads."


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("import nothing_of_that_name", "ModuleNotFoundError"),
        ("def (", "SyntaxError"),
        ("raise SystemExit(3)", "SystemExit"),
        (COIN.replace("{n}", "{m}"), "not a parameter"),
        (COIN.replace("a coin", "(a coin"), "not well formed"),
    ],
)
def test_a_file_that_cannot_be_used_is_reported_and_left_out(own, text, problem):
    device = own(coin=text)
    [told] = device.functions.problems
    assert "coin.py" in told
    assert problem in told
    assert device.say("hello").startswith("Hello")


def test_a_file_may_not_take_a_built_in_name(own):
    device = own(timers=COIN)
    [told] = device.functions.problems
    assert "Rename the file" in told
    assert device.say("list my timers") == "There is no timer."


def test_files_that_begin_with_an_underscore_are_helpers(own):
    assert own(_helper="raise RuntimeError").functions.problems == []


def test_families_can_be_disabled(own):
    device = own('functions.disabled=["timers", "coin", "nonsense"]', coin=COIN)
    names = {f.name for f in device.functions.families}
    assert names >= {"clock", "volume", "battery", "talk"}
    assert not names & {"timers", "coin"}
    assert device.functions.problems == [
        "functions.disabled: there are no functions named 'nonsense'."
    ]


def test_a_folder_that_is_not_there_is_reported(own, tmp_path):
    device = own(f'functions.folder="{tmp_path}/nowhere"')
    assert "there is no folder" in device.functions.problems[0]


def test_a_failing_function_costs_one_apology_and_logs_no_words(own, caplog):
    device = own(coin=COIN)
    with caplog.at_level(logging.DEBUG):
        reply = device.ask("break my heart")
    assert not reply.ok
    assert reply.text == "Sorry, something went wrong."
    assert "coin.broken failed: ValueError" in caplog.text
    assert "heart" not in caplog.text
    assert "secret" not in caplog.text


def test_an_intent_that_does_not_fit_is_an_apology(own):
    functions = own(coin=COIN).functions
    for name, slots in [("nobody.home", {}), ("coin.double", {"x": 1})]:
        reply = functions.act(Intent(name, slots, "test", 1.0, ""), "text", "es")
        assert (reply.ok, reply.text) == (False, "Lo siento, algo ha fallado.")


def test_what_does_not_work_here_says_why_and_is_not_listed(device):
    reply = device.ask("how much battery is left")
    assert (reply.ok, reply.text) == (False, "There is no battery in this machine.")
    assert device.say("cuánta batería queda", "es") == "Esta máquina no tiene batería."
    assert "battery" not in device.say("what can you do")
    assert device.say("help with the battery") == "There is no battery in this machine."


def test_recognition_is_not_biased_to_what_does_not_work_here(settings, tmp_path):
    device = Device(settings, root=tmp_path)
    laptop = Device(settings, root=unpack("thinkpad-power", tmp_path))
    assert "charging" not in device.cascade.vocabulary("en")
    assert "charging" in laptop.cascade.vocabulary("en")
    assert "timer" in device.cascade.vocabulary("en")


def test_a_broken_disk_costs_the_timers_only(settings, cascade, tmp_path):
    (tmp_path / "data").write_text("a file where the folder should be")
    device = Device(settings, cascade, data=tmp_path / "data")
    reply = device.ask("set a timer for ten minutes")
    assert (reply.ok, reply.text) == (False, "Sorry, I cannot save that. The disk may be full.")
    assert device.ask("what time is it").ok


def test_load_needs_no_folder(settings, home):
    assert handlers.load(settings).problems == []
    assert not (home / "data").exists()  # until the first timer
