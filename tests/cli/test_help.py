"""Help, completion, and how little is loaded for them."""

import os
import resource
import subprocess
import sys

import pytest

from assistant import __version__
from assistant.cli import COMMANDS

HEAVY = {
    *("numpy", "onnxruntime", "faster_whisper", "ctranslate2", "llama_cpp", "piper", "av"),
    *("rich", "hassil", "sounddevice", "huggingface_hub", "pymicro_wakeword", "markdown_it"),
}

LOADED = """
import sys
from assistant.cli import main
try:
    main()
except SystemExit as ended:
    sys.stdout = sys.stderr
    print(ended.code, *sorted({name.split(".")[0] for name in sys.modules}))
"""


def loaded_by(*arguments):
    """The exit code, and the modules that were loaded."""
    command = [sys.executable, "-c", LOADED, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    code, *names = done.stderr.split()
    return int(code), set(names), done.stdout


def test_help_loads_nothing_heavy():
    code, names, text = loaded_by("--help")
    assert code == 0
    assert names & HEAVY == set()
    for name, line in COMMANDS.items():
        assert name in text and line.split()[0] in text


def test_help_of_a_command_loads_no_engine():
    code, names, text = loaded_by("hear", "--help")
    assert code == 0
    assert names & HEAVY == set()
    assert "--real-time" in text


def test_help_is_quick():
    """It computes half as much again as an interpreter that only loads click; with numpy it would
    be four times as much. The least of some runs: the machine may be busy."""

    def spent(*arguments):
        least = []
        for _ in range(5):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            command = [sys.executable, *arguments]
            subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            least.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        return min(least)

    assert spent("-m", "assistant", "--help") < 3 * spent("-c", "import click")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(cli, name):
    done = cli(name, "--help")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"Usage: assistant {name} ")
    assert len(done.out.splitlines()) > 4
    assert cli(name, "-h").out == done.out


@pytest.mark.parametrize(
    "path",
    [("models", "pull"), ("config", "set"), ("config", "show"), ("devices", "test")],
    ids="-".join,
)
def test_help_of_sub_commands(cli, path):
    assert cli(*path, "--help").out.startswith(f"Usage: assistant {' '.join(path)} ")


@pytest.mark.parametrize("name", ["power", "models", "docs", "wake", "profile"])
def test_what_sub_commands_are_for_is_not_cut(cli, name):
    assert "..." not in cli(name, "--help").out.partition("Commands:")[2]


def test_version(cli):
    assert cli("--version").out == f"assistant, version {__version__}\n"


def test_without_a_command_it_explains_itself(cli):
    done = cli()
    assert done.code == 2
    assert "assistant run" in done.out + done.err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["hearken"], "No such command 'hearken'. Did you mean 'hear'?"),
        (["statsu"], "No such command 'statsu'. Did you mean 'status'?"),
        (["zzz"], "No such command 'zzz'. To ask it that: assistant ask zzz"),
        (["set", "a timer"], "To ask it that: assistant ask 'set a timer'"),
        (["trace", "--last", "0"], "0 is not in the range x>=1"),
        (["tune", "--rounds", "0"], "0 is not in the range x>=1"),
        (["ask"], "Missing argument 'TEXT...'"),
        (["hear"], "Missing argument 'FILE'"),
        (["ask", "--loud", "x"], "No such option"),
        (["ask", "--language", "fr", "x"], "'fr' is not one of 'en', 'es'"),
        (["completion", "tcsh"], "'tcsh' is not one of"),
        (["trace", "--last", "many"], "'many' is not a valid integer"),
    ],
)
def test_wrong_usage(cli, arguments, sentence):
    done = cli(*arguments)
    assert done.code == 2
    assert sentence in done.err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(cli, shell):
    done = cli("completion", shell)
    assert done.code == 0
    assert "_ASSISTANT_COMPLETE" in done.out
    check = {"bash": ["bash", "-n"]}.get(shell)
    if check:
        subprocess.run(check, input=done.out, text=True, check=True)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["assistant", "mo"], {"models"}),
        (["assistant", "co"], {"config", "completion"}),
        (["assistant", "config", "s"], {"show", "set", "secret"}),
        (["assistant", "ask", "--lang"], {"--language"}),
        (["assistant", "completion", ""], {"bash", "zsh", "fish"}),
        (["assistant", "models", "path", "whisper-tiny.e"], {"whisper-tiny.en"}),
    ],
)
def test_bash_really_completes(words, expected):
    env = {
        **os.environ,
        "_ASSISTANT_COMPLETE": "bash_complete",
        "COMP_WORDS": " ".join(words),
        "COMP_CWORD": str(len(words) - 1),
    }
    done = subprocess.run(
        [sys.executable, "-m", "assistant"], env=env, capture_output=True, text=True, check=True
    )
    assert {line.partition(",")[2] for line in done.stdout.splitlines()} == expected
    assert done.stderr == ""
