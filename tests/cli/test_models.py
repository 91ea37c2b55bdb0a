"""`assistant models` as a person and a script meet it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import tomli_w
from click.testing import CliRunner, Result

from assistant import paths
from assistant.cli.models import command
from assistant.think.table import Measured, write

MINE = {
    "id": "mine",
    "task": "tts",
    "languages": ["es"],
    "licence": "[MIT]",
    "bytes": 3,
    "ram_mb": 1,
    "note": "a [bold] voice",
    "main": "mine.onnx",
    "files": [{"name": "mine.onnx"}, {"name": "mine.onnx.json"}],
}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with a voice of the user's own in the catalog."""
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("ASSISTANT_MODELS", raising=False)
    catalog = paths.private_dir(paths.config_dir()) / "catalog.toml"
    catalog.write_text(tomli_w.dumps({"model": [MINE]}))
    return tmp_path / "home"


@pytest.fixture
def voice(tmp_path: Path) -> Path:
    folder = tmp_path / "voice"
    folder.mkdir()
    (folder / "mine.onnx").write_bytes(b"onnx" * 500)
    (folder / "mine.onnx.json").write_bytes(b"{}")
    return folder


def run(*arguments: object) -> str:
    """What a command prints; it must succeed."""
    result = attempt(*arguments)
    assert result.exit_code == 0, result.output
    return result.output


def attempt(*arguments: object) -> Result:
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


def test_a_model_from_its_arrival_to_its_end(voice):
    assert run("pull", "mine", "--from", voice).startswith("mine: installed (version ")
    first = run("path", "mine").strip()
    assert first.endswith("/mine.onnx") and Path(first).read_bytes() == b"onnx" * 500
    assert run("verify") == "mine: good\n"
    (voice / "mine.onnx").write_bytes(b"newer")
    run("pull", "mine", "--from", voice / "mine.onnx", "--from", voice / "mine.onnx.json")
    assert Path(run("path", "mine").strip()).read_bytes() == b"newer"
    assert "mine: back to version" in run("rollback", "mine")
    assert run("path", "mine").strip() == first
    assert run("pull", "mine").startswith("mine: already here")
    assert run("remove", "mine") == "mine: removed\n"
    assert run("verify") == ""


def test_list_shows_what_matters(voice):
    run("pull", "mine", "--from", voice)
    lines = run("list").splitlines()
    (own,) = [line for line in lines if " mine " in line]
    assert own.split()[:3] == ["+", "mine", "es"]
    assert "[MIT]" in own and "a [bold] voice" in own
    (default,) = [line for line in lines if "smollm2-135m-instruct-q4_1" in line]
    assert default.startswith("*") and "98.4 MB" in default and " no " in default


@pytest.mark.parametrize(
    ("options", "there", "gone"),
    [
        (["--task", "tts"], "mine", "whisper"),
        (["--language", "es"], "whisper-base", "whisper-tiny.en"),
        (["--language", "es", "--task", "tts"], "mine", "en_us"),
        (["--installed"], "No model is like that", "mine"),
    ],
)
def test_list_can_be_narrowed(options, there, gone):
    output = run("list", *options)
    assert there in output and gone not in output


def test_list_for_programs(voice):
    run("pull", "mine", "--from", voice)
    by_id = {model["id"]: model for model in json.loads(run("list", "--json"))}
    assert by_id["mine"]["installed"] and by_id["mine"]["source"] == "file"
    assert Path(by_id["mine"]["path"], "mine.onnx").is_file()
    assert by_id["whisper-base"]["installed"] is None
    assert by_id["smollm2-135m-instruct-q4_1"]["tools"] is False
    assert json.loads(run("list", "--json", "--task", "embedding", "--installed")) == []


THINKS = MINE | {"id": "thinks", "task": "llm", "tools": False, "quality": {"en": [3, 10]}}


@pytest.fixture
def thinks(home, voice):
    """A language model of the user's own, installed: its version."""
    catalog = paths.config_dir() / "catalog.toml"
    catalog.write_text(tomli_w.dumps({"model": [MINE, THINKS]}))
    run("pull", "thinks", "--from", voice)
    run("pull", "mine", "--from", voice)
    return json.loads(run("list", "--json", "--installed", "--task", "llm"))[0]["installed"]


def test_what_was_measured_of_the_language_models(thinks):
    found = attempt("measured")
    (line,) = [line for line in found.output.splitlines() if line.startswith("thinks")]
    assert "en 3 of 10" in line and line.endswith("no")  # the catalog knows, nobody measured
    assert "assistant bench models" in found.output and "mine" not in found.output
    quality = {"en": (7, 10), "en fact": (4, 5)}
    other = Measured("thinks", "another", 9.0, 9.0, 9.0, 9.0, 9.0, 9.0, {}, "2025-11-21")
    row = Measured("thinks", thinks, 0.1, 1.5, 50.0, 0.5, 210.0, 7.25, quality, "2025-11-22T10:00")
    write([other])
    assert json.loads(attempt("measured", "--json").stdout)[0]["answer_seconds"] is None
    write([row])
    found = attempt("measured")
    (line,) = [line for line in found.output.splitlines() if line.startswith("thinks")]
    assert line.split() == (
        "thinks en 7 of 10 1.50 s 0.10 s 50 0.5 s 210 MB 7.2 J 2025-11-22".split()
    )
    assert "bench models" not in found.output
    (known,) = json.loads(attempt("measured", "--json").stdout)
    assert known["quality"] == {"en": [7, 10], "en fact": [4, 5]} and known["joules"] == 7.25


def test_without_a_language_model_it_says_how_to_find_one():
    assert "models list --task llm" in attempt("measured").output


def test_verify_names_the_remedy(voice):
    run("pull", "mine", "--from", voice)
    Path(run("path", "mine").strip()).write_bytes(b"ONNX" * 500)
    result = attempt("verify", "mine")
    assert "mine.onnx of the model mine is damaged" in result.output
    assert "`assistant models pull --force mine`" in str(result.exception)


def test_a_model_that_has_left_the_catalog_keeps_the_others_from_nothing(voice):
    run("pull", "mine", "--from", voice)
    gone = MINE | {"id": "gone"}
    catalog = paths.config_dir() / "catalog.toml"
    catalog.write_text(tomli_w.dumps({"model": [MINE, gone]}))
    run("pull", "gone", "--from", voice)
    catalog.write_text(tomli_w.dumps({"model": [MINE]}))
    assert run("verify") == "gone: good\nmine: good\n"
    stays = "gone: not in the catalog any more, so it stays as it is"
    assert run("update") == f"{stays}\nmine: up to date\n"
    assert "no model 'gone'" in str(attempt("update", "gone").exception)
    file = paths.data_dir() / "models" / "gone"
    next(file.rglob("mine.onnx")).write_bytes(b"ONNX" * 500)
    result = attempt("verify")
    assert "mine.onnx of the model gone is damaged" in result.output
    assert str(result.exception) == "The catalog has gone no more: `assistant models remove`."


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["pull"], "Name a model, or say --embedded"),
        (["pull", "a", "b", "--from", "/"], "name only that one"),
        (["pull", "mine", "--from", "/no/such"], "does not exist"),
        (["list", "--task", "dance"], "'dance' is not one of"),
    ],
)
def test_wrong_usage(arguments, message):
    result = attempt(*arguments)
    assert result.exit_code == 2 and message in result.output


def test_a_wrong_id_stops_before_anything_is_fetched(home):
    result = attempt("pull", "mine", "min")
    assert "Did you mean mine?" in str(result.exception)
    assert not (home / "data").exists()


def test_the_shell_completes_ids(voice):
    (argument,) = command.commands["path"].params
    with command.make_context("models", ["path", "x"]) as ctx:
        values = [item.value for item in argument.shell_complete(ctx, "min")]
    assert set(values) == {"mine", "minilm-l6-v2-int8", "minilm-l6-v2-quantized"}


def program(*arguments: object, limit: str = "") -> subprocess.CompletedProcess[str]:
    """The real program, optionally with a limit of the shell's `ulimit`."""
    run_it = [sys.executable, "-m", "assistant", "models", *map(str, arguments)]
    script = f'ulimit {limit or "-c 0"}; exec "$@"'
    whole = ["sh", "-c", script, "sh", *run_it]
    return subprocess.run(whole, capture_output=True, text=True, check=False)


def test_exit_code_of_a_missing_model():
    done = program("path", "whisper-base")
    assert done.returncode == 4
    assert done.stderr == (
        "assistant: The model whisper-base is not installed. "
        "Get it with `assistant models pull whisper-base`.\n"
    )


def test_exit_code_when_the_disk_takes_no_more(voice):
    """The shell's limit on the size of a file stands for a disk that is full."""
    (voice / "mine.onnx").write_bytes(bytes(3_000_000))
    done = program("pull", "mine", "--from", voice, limit="-f 1000")
    assert done.returncode == 7
    assert "Cannot write" in done.stderr and done.stderr.count("\n") == 1
    assert program("path", "mine").returncode == 4
