"""`assistant config` and `assistant setup`."""

import json
import tomllib

import pytest

from assistant.config import load, user_file

# -- config ---------------------------------------------------------------------------------------


def test_show_names_value_and_origin(cli):
    cli("config", "set", "stt.beam", "2")
    done = cli("--set", "timers.rings=3", "--set", "profile=minimal", "config", "show", "--json")
    settings = json.loads(done.out)
    assert settings.keys() == load().origin.keys()
    assert settings["stt.beam"] == {"value": 2, "from": str(user_file())}
    assert settings["timers.rings"] == {"value": 3, "from": "--set"}
    assert settings["think.model"] == {"value": "none", "from": "profile minimal"}
    assert settings["stt.words"] == {"value": [], "from": "base"}


def test_show_as_a_table(cli, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    done = cli("--set", "wake.word=/a/[b]c", "config", "show", "wake")
    assert done.code == 0
    [line] = [line for line in done.out.splitlines() if "wake.word" in line]
    assert '"/a/[b]c"' in line and "--set" in line
    assert "stt.beam" not in done.out
    assert cli("config").out.count("\n") > len(load().origin)


def test_set_check_and_path(cli):
    path = user_file()
    assert cli("config", "path").out == f"{path}\n"
    assert cli("config", "check").out == f"The settings are valid ({path}).\n"
    assert cli("config", "set", "wake.word", "alexa").out == f'wake.word = "alexa" in {path}\n'
    assert cli("config", "set", "stt.words", '["Zoë", "x"]').code == 0
    assert cli("config", "set", "speak.pace", "0.9").code == 0
    assert tomllib.loads(path.read_text("utf-8")) == {
        "wake": {"word": "alexa"},
        "stt": {"words": ["Zoë", "x"]},
        "speak": {"pace": 0.9},
    }


def test_another_file(cli, tmp_path):
    file = tmp_path / "kitchen.toml"
    assert cli("--config", file, "config", "set", "language", "es").code == 0
    assert cli("--config", file, "config", "path").out == f"{file}\n"
    assert cli("--config", file, "config", "check").out == f"The settings are valid ({file}).\n"
    assert not user_file().exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["config", "set", "stt.bean", "2"],
            "there is no setting stt.bean. Did you mean stt.beam?",
        ),
        (["config", "set", "stt.beam", "99"], "stt.beam: it must be a whole number <= 10."),
        (["config", "set", "stt.beam", "two"], "stt.beam: it must be a whole number, not text."),
        (["--set", "stt.bean=2", "ask", "hello"], "Did you mean stt.beam?"),
        (
            ["--set", "speak.pace=fast", "say", "hello"],
            "speak.pace: it must be a number, not text.",
        ),
        (["--set", "profile=boat", "run"], "There is no device profile 'boat'."),
        (["--config", "/no/such.toml", "run"], "There is no configuration file /no/such.toml."),
        (["--set", "wake.word=computer", "run"], "'computer' is not a wake word or a file."),
        (["--set", "wake.word=/etc/passwd", "run"], "is not a .json, .tflite or .onnx model."),
    ],
)
def test_a_wrong_setting(cli, arguments, sentence):
    assert sentence in cli(*arguments).sentence(2)
    assert not user_file().exists()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[stt]\nbean = 2", "there is no setting stt.bean. Did you mean stt.beam?"),
        ("[stt]\nbeam = [2]", "stt.beam: it must be a whole number, not a list."),
        ("beam: 2", "is not valid TOML: Expected '=' after a key"),
    ],
)
@pytest.mark.parametrize("command", [["config", "check"], ["ask", "what time is it"]])
def test_a_wrong_file_stops_every_command(cli, text, sentence, command):
    user_file().parent.mkdir(parents=True)
    user_file().write_text(text)
    told = cli(*command).sentence(2)
    assert told.startswith(str(user_file()))
    assert sentence in told


# -- setup ----------------------------------------------------------------------------------------


def test_setup_may_be_skipped_whole(cli, silent_machine):
    done = cli("setup", "--yes", "--no-sound")
    assert done.code == 0
    assert not user_file().exists()
    assert "microphone: No microphone was found." in done.out
    assert done.out.endswith("assistant run\n")


def test_enter_keeps_everything(cli, silent_machine):
    done = cli("setup", "--no-sound", stdin="\n" * 10)
    assert done.code == 0
    assert not user_file().exists()


def test_what_is_chosen_is_saved(cli, silent_machine):
    answers = ["minimal", "auto", "hey_jarvis", "espeak", "", "y"]
    done = cli("setup", "--no-sound", stdin="\n".join([*answers, ""]))
    assert done.code == 0
    assert f"Saved in {user_file()}." in done.out
    assert tomllib.loads(user_file().read_text("utf-8")) == {
        "profile": "minimal",
        "language": "auto",
        "wake": {"word": "hey_jarvis"},
        "speak": {"voice_en": "espeak"},
        "trace": {"transcripts": True},
    }
    assert load().config.profile == "minimal"


def test_a_wrong_answer_is_asked_again(cli, silent_machine):
    done = cli("setup", "--no-sound", stdin="boat\n" + "\n" * 10)
    assert done.code == 0
    assert "'boat' is not one of 'none', " in done.out + done.err


def test_a_word_that_cannot_be_used_is_said(cli, silent_machine):
    done = cli("setup", "--no-sound", stdin="\n\ncomputer\n\n\n\n")
    assert "wake word: wake.word: 'computer' is not a wake word or a file." in done.out


def test_setup_into_another_file(cli, silent_machine, tmp_path):
    file = tmp_path / "kitchen.toml"
    file.write_text("")
    cli("--config", file, "setup", "--no-sound", stdin="\nes\n" + "\n" * 10)
    assert tomllib.loads(file.read_text()) == {"language": "es"}
    assert not user_file().exists()


def test_leaving_in_the_middle_saves_nothing(cli):
    done = cli("setup", "--no-sound", stdin="minimal\n")
    assert done.code == 130
    assert not user_file().exists()


def test_a_machine_without_sound_is_told_and_goes_on(cli, silent_machine):
    done = cli("setup", "--yes")
    assert done.code == 0
    assert done.out.count("No microphone was found") == 1
    assert done.out.endswith("Now: assistant chat, which works without sound\n")


def test_missing_models_are_named(cli, silent_machine, no_models):
    done = cli("setup", "--yes", "--no-sound")
    assert "`assistant models pull whisper-tiny.en`" in done.out
    assert "`assistant models pull piper-en_us-joe-medium`" in done.out


def test_a_section_that_there_is_not_is_named(cli):
    done = cli("config", "show", "wakee")
    assert done.code == 2
    assert "No setting begins with 'wakee'. Did you mean wake?" in done.err
