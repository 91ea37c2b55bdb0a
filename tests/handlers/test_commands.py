"""The user's own commands: what may be run, with which arguments, and what may not."""

import os
import time

import psutil
import pytest

from assistant import config
from assistant.assemble import Engines
from assistant.types import Confirm, Intent
from tests.handlers.conftest import Device

FILE = """
[note]
en = ["write down {what}"]
es = ["escribe {what}"]
run = ["sh", "-c", 'printf "%s|" "$@" >> {place}', "_", "{what}"]
slots.what = "text"
say = { en = "Written: {what}.", es = "Escrito: {what}." }
confirm = false

[tell]
en = ["on {day} tell {n} times level {level} lasting {length} in the {room} at {when}"]
run = ["echo", "{n}", "{level}", "{length}", "{when}", "{day}", "in {room}"]
say.en = "{output}"
confirm = false
[tell.slots]
n = "number"
level = { range = { from = 0, to = 10 } }
length = "duration"
when = "time"
day = "date"
room = { values = ["kitchen", { in = "(bed|sleeping) room", out = "bedroom" }] }

[wipe]
en = ["wipe the disk"]
es = ["limpia el disco"]
run = ["touch", "{place}"]
undo = ["rm", "{place}"]
question.en = "Shall I wipe the disk?"
help.en = "wipe the disk"

[fail]
en = ["fail please"]
run = ["false"]
confirm = false

[hang]
en = ["hang around"]
run = ["sh", "-c", "sleep 51.5 & sleep 51.5"]
time_limit = 0.3
confirm = false

[chatter]
en = ["chatter"]
run = ["yes", "a {b} c"]
say.en = "{output}"
time_limit = 2
confirm = false
"""


@pytest.fixture
def place(tmp_path):
    return tmp_path / "place"


@pytest.fixture
def commands(home, place):
    """Write the allow-list, and load everything."""
    folder = home / "config"

    def make(text=FILE, mode=0o600):
        folder.mkdir(mode=0o700, exist_ok=True)
        file = folder / "commands.toml"
        text = text.replace("{place}", str(place)).replace("a {b} c", "a b c")
        file.write_text(text)
        file.chmod(mode)
        return Device(config.load(["language=auto"]).config)

    return make


def test_what_is_said_is_one_argument(commands, place):
    device = commands()
    assert device.functions.problems == []
    assert device.say("write down eggs; rm -rf $HOME `x`") == "Written: eggs rm rf home x."
    assert place.read_text() == "eggs rm rf home x|"
    assert device.say("escribe dos huevos", "es") == "Escrito: dos huevos."


@pytest.mark.parametrize(
    "what", ["a; touch b", "$(touch b)", "a b", "'", "{what}", "%s\\n", "a\nb"]
)
def test_no_shell_ever_sees_it(commands, place, what):
    """Whatever a router would hand over."""
    device = commands()
    device.functions.act(Intent("commands.note", {"what": what}, "test", 1.0, ""), "", "en")
    assert place.read_text() == f"{what}|"


@pytest.mark.parametrize("what", ["-rf", "--help", "-"])
def test_what_is_said_is_no_option(commands, place, what):
    device = commands()
    reply = device.functions.act(Intent("commands.note", {"what": what}, "test", 1.0, ""), "", "en")
    assert (reply.ok, reply.text) == (False, "That value cannot be used.")
    assert not place.exists()


def test_values_are_given_as_programs_take_them(commands):
    said = commands().say(
        "on christmas tell five times level 7 lasting ten minutes in the sleeping room at half past"
        " seven pm"
    )
    assert said.lower() == "5 7 600 19:30 2025-12-25 in bedroom"


def test_values_of_other_types_do_not_fit(commands):
    cascade = commands().cascade
    route = cascade.route(
        "tell five times level eleven lasting ten minutes at seven on christmas in the kitchen",
        "en",
    )
    assert not isinstance(route, Intent) or route.stage != "templates"


def test_it_asks_first_unless_the_file_says_otherwise(commands, place):
    device = commands()
    asked = device.ask("wipe the disk", confirmed=False)
    assert (asked.text, type(asked.asks)) == ("Shall I wipe the disk?", Confirm)
    assert not place.exists()
    done = device.ask("wipe the disk")
    assert (done.text, place.exists()) == ("Done.", True)
    done.undo()
    assert not place.exists()
    assert device.ask("limpia el disco", "es").text == "Hecho."


def test_one_that_fails_is_told(commands):
    reply = commands().ask("fail please")
    assert (reply.ok, reply.text) == (False, "False failed, with code one.")


def test_one_that_takes_too_long_is_ended_with_its_children(commands):
    device = commands()
    started = time.monotonic()
    reply = device.ask("hang around")
    assert (reply.ok, reply.text) == (False, "Sh takes too long. I ended it.")
    assert time.monotonic() - started < 40  # it would have slept for 51
    deadline = time.monotonic() + 30
    while (left := sleeping()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not left


def sleeping():
    return [p for p in psutil.process_iter(["cmdline"]) if p.info["cmdline"] == ["sleep", "51.5"]]


def test_one_that_prints_for_ever_is_cut_off(commands):
    reply = commands().ask("chatter")  # else it would be told that it takes too long
    assert reply.text.startswith("A b c a b c")
    assert len(reply.text) <= 600


@pytest.mark.parametrize("mode", [0o622, 0o620, 0o602, 0o666])
def test_a_file_that_others_may_write_is_refused(commands, mode):
    device = commands(mode=mode)
    [problem] = device.functions.problems
    assert "others may write to" in problem and "chmod go-w" in problem
    assert not any(f.name.startswith("commands.") for f in device.functions)


def test_so_is_one_in_a_folder_that_others_may_write(commands, home):
    commands()
    (home / "config").chmod(0o777)
    device = Device(config.load(["language=auto"]).config)
    assert "others may write to" in device.functions.problems[0]


def test_one_of_somebody_else_is_refused(commands, home):
    if os.getuid() != 0:
        pytest.skip("only root can give a file away")
    commands()
    os.chown(home / "config" / "commands.toml", 65534, -1)
    import assistant.handlers.own.commands as module

    device = Device(config.load(["language=auto"]).config)
    assert "belongs to somebody else" in device.functions.problems[0]
    assert module.Commands.name not in {f.name for f in device.functions.families}


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ('run = ["no-such-program"]\nen = ["x"]', "there is no program no-such-program"),
        ('run = ["echo"]', "has no sentence"),
        ('run = []\nen = ["x"]', "`run` is empty"),
        ('run = ["echo", "{y}"]\nen = ["x"]', "{y} is not one of its slots"),
        ('run = ["{y}"]\nen = ["x {y}"]\nslots.y = "text"', "may not be a slot"),
        ('run = ["sh", "-c", "echo {y}"]\nen = ["x {y}"]\nslots.y = "text"', "become code of sh"),
        ('run = ["sed", "s/{y}//"]\nen = ["x {y}"]\nslots.y = "text"', "become code of sed"),
        ('run = ["echo"]\nen = ["x {y}"]\nslots.y = "colour"', "must be one of number"),
        ('run = ["echo"]\nen = ["x"]\nslots.y = "text"', "lacks {y}"),
        ('run = ["echo"]\nen = ["(x"]', "not well formed"),
    ],
)
def test_a_command_that_cannot_be_used_is_left_out_and_told(commands, table, problem):
    device = commands(f"{FILE}\n[bad]\n{table}\n")
    [told] = device.functions.problems
    assert told.startswith("commands.toml: bad is left out: ") and problem in told
    assert device.say("write down eggs") == "Written: eggs."


@pytest.mark.parametrize("text", ["[x]\nrun = 5", "{{", "[x]\nruns = ['a']", "x = 1"])
def test_a_file_that_is_not_well_formed_is_told(commands, text):
    [told] = commands(text).functions.problems
    assert "commands.toml: it cannot be used: " in told


def test_through_the_whole_program(commands, place):
    commands()
    with Engines(config.load().config) as engines:
        assert engines.functions.problems == []
        assert "wipe the disk" in [f.help.get("en") for f in engines.functions]
